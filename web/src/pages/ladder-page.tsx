import { rungs, standsAs } from '@lastmile/shared/rung'
import { companyAloneWords } from '@lastmile/shared/rung-words'
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LadderCounts } from '../features/ladder/ladder-counts'
import { LadderGrid } from '../features/ladder/ladder-grid'
import { useLadderWords } from '../features/ladder/ladder-words'
import { RungLegend } from '../features/ladder/rung-mark'
import { useActor, useCan } from '../lib/actor'
import { capital, useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import { useNamedOptions } from '../lib/named-options'
import { downloadOf } from '../lib/queries/download'
import { laddersQuery } from '../lib/queries/ladder'
import type { LadderSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import type { Column } from '../ui/data-table'
import { SelectField, Toolbar } from '../ui/field'
import { Frame } from '../ui/frame'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/ladder')

/** The ladder of the last mile as a matrix: of a drug in all units, or of all drugs in a unit. */
export function LadderPage() {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const text = useText()
  const { list, drugs, regions, places, drugName, unitName } = useWorld()
  const { asOf, knownOn } = useAsking()
  const { company, unit: ownUnit } = useActor()
  const sees = useCan('ladder.detail') !== null
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<LadderSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const own = drugs.filter((one) => company === null || one.company === company)
  // A province begins with itself, everybody else with a drug.
  const unit = search.unit ?? (search.drug === undefined && ownUnit !== null ? ownUnit : undefined)
  const drug = unit === undefined ? search.drug ?? own[0]?.code ?? drugs[0]!.code : undefined
  const asked = { ...(unit === undefined ? { drug } : { unit }), asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery({ ...laddersQuery(list.code, asked), placeholderData: keepPreviousData })
  const all = answer.data?.ladders ?? []
  const { rung, state, word } = search
  const only = rung === undefined || state === undefined ? null : { rung, state, word }
  const rows = only === null ? all : all.filter((row) => standsAs(row.rungs, only))
  // What is not known stands on nobody's word.
  const words = word === undefined || state === 'not_known' ? null : text(companyAloneWords[word === 'company' ? 'short' : 'without'])
  const by = unit === undefined ? 'unit' : 'drug'
  const title = by === 'unit' ? t('ladder.titleDrug', { name: drugName(drug!) }) : regions.units.some(({ code }) => code === unit) ? t('ladder.titleUnit', { name: unitName(unit!) }) : t('ladder.page')
  const columns = useColumns(by)
  return (
    <Stack>
      <PageHead title={t('ladder.page')} lead={<p>{t('ladder.lead')}</p>} tags={sees ? <Link to="/$list/ladder/facts" params={{ list: list.code }} search={{}}>{t('ladder.toFacts')}</Link> : undefined} />
      <Toolbar label={t('ladder.choose')}>
        <SelectField label={t('ladder.byDrug')} value={drug} all={t('ladder.notChosen')} options={named(own)} onChange={(next) => change({ drug: next, unit: undefined, rung: undefined, state: undefined, word: undefined })} />
        <SelectField label={t('ladder.byUnit', { unit: places.unit })} value={unit} all={t('ladder.notChosen')} options={named(regions.units)} onChange={(next) => change({ unit: next, drug: next === undefined ? own[0]?.code : undefined, rung: undefined, state: undefined, word: undefined })} />
      </Toolbar>
      <TimeBar />
      <Frame<LadderRow>
        id="ladder" title={title} unit={t('ladder.matrixUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false} height={600} empty={answer.data && all.length === 0 ? t('ladder.none') : undefined}
        twin={{ columns, rows, rowKey: (row) => `${row.drug} ${row.unit}` }} downloads={{ csv: downloadOf(list.code, 'ladders', { ...asked, ...only }, 'csv'), xlsx: downloadOf(list.code, 'ladders', { ...asked, ...only }, 'xlsx') }}
      >
        {rung !== undefined && state !== undefined && <p role="status">{t('ladder.filtered', { rung: t(`ladder.words.rungs.${rung}`), state: words === null ? t(`ladder.words.asked.${state}`) : t('ladder.filteredWord', { state: t(`ladder.words.asked.${state}`), word: words }) })} <Link to="/$list/ladder" params={{ list: list.code }} search={(previous) => ({ ...previous, rung: undefined, state: undefined, word: undefined })} resetScroll={false} replace>{t('ladder.all')}</Link></p>}
        <LadderGrid rows={rows} by={by} caption={title} />
        <RungLegend />
        <p className="quiet">{t('ladder.unknownMeans')}</p>
      </Frame>
      {all.length > 0 && <LadderCounts all={all} of={by === 'unit' ? places.units : t('ladder.drugsOf')} chosen={{ rung, state, word }} />}
    </Stack>
  )
}

/** The columns of the table twin: a rung each, in words. */
function useColumns(by: 'unit' | 'drug'): Column<LadderRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useLadderWords()
  const { drugName, unitName, places } = useWorld()
  return [
    { id: by, header: by === 'unit' ? capital(places.unit) : t('ladder.drug'), heading: true, value: (row) => (by === 'unit' ? unitName(row.unit) : drugName(row.drug)) },
    ...rungs.map((rung, i): Column<LadderRow> => ({ id: rung, header: t(`ladder.words.rungs.${rung}`), value: (row) => words.line(row.rungs[i]!) })),
    { id: 'far', header: t('ladder.howFar'), sortable: false, value: (row) => format.apart(words.reach(row.reach)) },
  ]
}
