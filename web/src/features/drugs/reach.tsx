import type { Coverage, CoverageCell, HeadlineAnswer } from '@lastmile/shared/coverage'
import { unknownStates } from '@lastmile/shared/state'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RankBars } from '../../charts/lazy'
import { capital, useFormat } from '../../lib/format'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { Frame, type FrameQuery } from '../../ui/frame'

/** At most so many bars; the table twin has all. */
const most = 24

/** Drugs ranked by reach: units with at least one institution, and on to what it would be if every unknown unit stocked it. */
export function Reach({ headline, coverage, query }: { headline: HeadlineAnswer | undefined; coverage: Coverage | undefined; query: readonly FrameQuery[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, regions, drugName, places } = useWorld()
  const { params } = useAsking()
  const router = useRouter()
  const navigate = useNavigate()
  const rows = useMemo(() => {
    const open = possible(coverage?.cells ?? [], regions.units.map((unit) => unit.code))
    return (headline?.drugs ?? []).map((one) => ({ ...one, name: drugName(one.drug), most: Math.max(one.units, one.units + (open.get(one.drug) ?? regions.units.length)) })).sort((a, b) => b.units - a.units || b.institutions - a.institutions)
  }, [headline, coverage, regions.units, drugName])
  return (
    <Frame
      id="reach" title={t('overview.reach.title')} unit={t('overview.reach.unit', { unitWord: places.units, all: format.number(regions.units.length) })} basis={headline?.basis ?? null} query={query} height={520}
      downloads={{ csv: downloadOf(list.code, 'headline', params, 'csv'), xlsx: downloadOf(list.code, 'headline', params, 'xlsx') }}
      twin={{
        rows, rowKey: (row) => row.drug,
        columns: [
          { id: 'drug', header: t('overview.reach.drug'), heading: true, value: (row) => row.name },
          { id: 'low', header: t('overview.reach.atLeast'), numeric: true, value: (row) => row.units },
          { id: 'high', header: t('overview.reach.atMost'), numeric: true, value: (row) => row.most },
          { id: 'institutions', header: t('overview.reach.institutions'), numeric: true, value: (row) => (row.said === 'unknown' || row.said === 'nothing' ? null : row.institutions) },
          { id: 'cities', header: capital(places.cities), numeric: true, value: (row) => row.cities },
        ],
      }}
    >
      <RankBars
        label={t('overview.reach.title')} max={regions.units.length} onOpen={(drug) => void navigate({ to: '/$list/drugs/$drug', params: { list: list.code, drug } })}
        rows={rows.slice(0, most).map((row) => ({
          key: row.drug, label: row.name, low: row.units, high: row.most, alarm: row.said === 'no',
          note: t('overview.reach.note', { institutions: format.number(row.institutions), n: format.number(row.cities), cities: places.cities }),
          href: router.buildLocation({ to: '/$list/drugs/$drug', params: { list: list.code, drug: row.drug } }).href,
        }))}
      />
    </Frame>
  )
}

/** For each drug: in how many units nobody is known to stock it, and it is unknown whether somebody does. */
function possible(cells: readonly CoverageCell[], units: readonly string[]): ReadonlyMap<string, number> {
  const certain = new Map<string, number>()
  const drugs = new Set<string>()
  for (const cell of cells) {
    drugs.add(cell.drug)
    const silent = !Object.values(cell.states).some((n) => n > 0)
    const unknown = silent || unknownStates.some((state) => (cell.states[state] ?? 0) > 0) || (cell.eligible?.unknown ?? 0) > 0
    if (cell.stocked.institutions > 0 || !unknown) certain.set(cell.drug, (certain.get(cell.drug) ?? 0) + 1)
  }
  return new Map([...drugs].map((drug) => [drug, units.length - (certain.get(drug) ?? 0)]))
}
