import type { StandingsAnswer } from '@lastmile/shared/coverage'
import { noUnit } from '@lastmile/shared/region'
import { standings, type Standing } from '@lastmile/shared/standing'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { standingsQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { ContradictionsLink } from '../../ui/contradictions-link'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { standingLooks } from '../../ui/marks'
import { RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { StandingMark } from '../../ui/state-mark'
import css from './standings.module.css'
import { StandingBar } from './standing-bar'

type Cell = StandingsAnswer['cells'][number]

const nothing = Object.fromEntries(standings.map((one) => [one, 0])) as Record<Standing, number>

/** The cells of the units and, where some of the whole lies in none, the rest. */
function withRest(answer: StandingsAnswer | undefined, drug: string): Cell[] {
  const cells = answer?.cells ?? []
  const total = answer?.totals[0]?.standings ?? nothing
  const rest = Object.fromEntries(standings.map((one) => [one, cells.reduce((left, cell) => left - cell.standings[one], total[one])])) as Record<Standing, number>
  return standings.some((one) => rest[one] > 0) ? [...cells, { drug, region: noUnit, standings: rest }] : cells
}

/** What all kinds of evidence together say of the drug, institution by institution: a breakdown, each standing by its own mark. */
export function StandingsFrame({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName, places } = useWorld()
  const { params } = useAsking()
  const question = { drug: code, by: 'province' as const, ...(params.asOf ? { asOf: params.asOf } : {}), ...(params.knownOn ? { knownOn: params.knownOn } : {}) }
  const answer = useQuery({ ...standingsQuery(list.code, question), placeholderData: keepPreviousData })
  const totals = answer.data?.totals[0]?.standings ?? nothing
  const rows = useMemo(() => withRest(answer.data, code), [answer.data, code])
  const all = standings.reduce((sum, one) => sum + totals[one], 0)
  const columns: Column<Cell>[] = [
    { id: 'region', header: capital(places.unit), heading: true, value: (cell) => unitName(cell.region), cell: (cell) => <RegionLink code={cell.region} /> },
    ...standings.map((one): Column<Cell> => ({ id: one, header: t(`words.standing.${one}`), numeric: true, value: (cell) => cell.standings[one] ?? 0 })),
  ]
  return (
    <Frame<Cell>
      id="standings" title={t('drug.standings')} unit={t('drug.pairs')} basis={answer.data?.basis ?? null} query={answer} height={220} empty={answer.data && all === 0 ? t('rows.none') : undefined}
      actions={<ContradictionsLink search={{ drug: code }} />}
      twin={{ columns, rows, rowKey: (cell) => cell.region }}
      downloads={{ csv: downloadOf(list.code, 'standings', question, 'csv'), xlsx: downloadOf(list.code, 'standings', question, 'xlsx') }}
    >
      <StandingBar totals={totals} label={t('drug.standingsLabel')} />
      <dl className={css.list}>
        {standings.map((one) => (
          <div key={one}>
            <dt style={{ color: standingLooks[one].color }}><StandingMark standing={one} /></dt>
            <dd>
              <strong>{one === 'confirmed' ? <NumberLink value={totals[one]} rows={{ drug: code, evidence: 'confirmed', state: 'in_stock' }} label={t('words.standing.confirmed')} /> : format.number(totals[one])}</strong>
              <span>{all > 0 && format.percent(totals[one] / all)}</span>
            </dd>
            <dd className={css.means}>{t(`drug.standingMeans.${one}`)}</dd>
          </div>
        ))}
      </dl>
    </Frame>
  )
}
