import { dutyStates, outcomes, type DutyAnswer, type DutyState, type Outcome } from '@lastmile/shared/duty'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import type { DutiesSearch } from '../../lib/searches'
import { dutyDownload } from '../../lib/queries/download'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { DrugLink, RegionLink } from '../../ui/names'

type UnitRow = DutyAnswer['byUnit'][number]
type DrugRow = DutyAnswer['byDrug'][number]

interface Shown {
  answer: DutyAnswer
  query: { error: unknown; isPending: boolean; isPlaceholderData: boolean; refetch: () => unknown }
  knownOn: string | undefined
}

/** How a duty stands in each unit: every number opens the institutions behind it. */
export function DutyByUnit({ answer: { basis, duty, byUnit }, query, knownOn }: Shown) {
  const { t } = useTranslation()
  const { list, places, unitName } = useWorld()
  const name = ({ unit }: UnitRow) => (unit === null ? t('duties.noUnit') : unitName(unit))
  const columns: Column<UnitRow>[] = [
    { id: 'unit', header: capital(places.unit), heading: true, value: name, cell: ({ unit }) => (unit === null ? t('duties.noUnit') : <RegionLink code={unit} />) },
    { id: 'owed', header: t('duties.owed'), numeric: true, value: ({ owed }) => owed, cell: (row) => <Opens value={row.owed} search={{ region: row.unit ?? undefined }} label={name(row)} /> },
    ...dutyStates.map((state): Column<UnitRow> => ({ id: state, header: t(`duties.state.${state}`), numeric: true, value: (row) => row[state], cell: (row) => <Opens value={row[state]} search={{ region: row.unit ?? undefined, state }} label={`${name(row)} · ${t(`duties.state.${state}`)}`} /> })),
  ]
  const rowKey = ({ unit }: UnitRow) => unit ?? ''
  return (
    <Frame<UnitRow>
      id="duty-units" title={t('duties.byUnit')} unit={t('duties.byUnitUnit')} basis={basis} query={query} picture={false} twin={{ columns, rows: byUnit, rowKey }}
      downloads={{ csv: dutyDownload(list.code, duty.code, '', { knownOn }, 'csv'), xlsx: dutyDownload(list.code, duty.code, '', { knownOn }, 'xlsx') }} empty={byUnit.length === 0 ? t('duties.nobody') : undefined}
    >
      <DataTable columns={columns} rows={byUnit} rowKey={rowKey} caption={t('duties.byUnit')} maxHeight={520} />
    </Frame>
  )
}

/** What was decided of each drug where the committee has convened. */
export function DutyByDrug({ answer: { basis, duty, byDrug, total }, query, knownOn }: Shown) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const why = (row: DrugRow) => row.reasons.map(({ reason, count }) => t('duties.reasonCount', { reason: t(`words.reason.${reason}`), formatted: format.number(count) }))
  const columns: Column<DrugRow>[] = [
    { id: 'drug', header: t('duties.drug'), heading: true, value: ({ drug }) => drugName(drug), cell: ({ drug }) => <DrugLink code={drug} /> },
    ...outcomes.map((outcome): Column<DrugRow> => ({ id: outcome, header: t(`duties.outcome.${outcome}`), numeric: true, value: (row) => row[outcome], cell: (row) => <Opens value={row[outcome]} search={{ drug: row.drug, outcome }} label={`${drugName(row.drug)} · ${t(`duties.outcome.${outcome}`)}`} /> })),
    { id: 'undecided', header: t('duties.undecided'), numeric: true, value: ({ undecided }) => undecided },
    { id: 'reasons', header: t('duties.reasons'), sortable: false, value: (row) => (row.refused === 0 ? null : format.join(why(row))), cell: (row) => <span style={{ display: 'inline-block', minWidth: 180, maxWidth: 620, whiteSpace: 'normal' }}>{row.refused === 0 ? '' : format.join(why(row))}</span> },
  ]
  const rowKey = ({ drug }: DrugRow) => drug
  return (
    <Frame<DrugRow>
      id="duty-drugs" title={t('duties.byDrug')} unit={t('duties.byDrugUnit')} basis={basis} query={query} picture={false} twin={{ columns, rows: byDrug, rowKey }}
      downloads={{ csv: dutyDownload(list.code, duty.code, '', { knownOn }, 'csv'), xlsx: dutyDownload(list.code, duty.code, '', { knownOn }, 'xlsx') }} empty={total.in_time + total.late === 0 ? t('duties.noDrugs') : undefined}
    >
      <DataTable columns={columns} rows={byDrug} rowKey={rowKey} caption={t('duties.byDrug')} maxHeight={520} />
    </Frame>
  )
}

/** A number that opens the institutions behind it, in the list below. */
function Opens({ value, search, label }: { value: number; search: { region?: string | undefined; state?: DutyState; drug?: string; outcome?: Outcome }; label: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const none = { region: undefined, state: undefined, drug: undefined, outcome: undefined, search: undefined, offset: undefined, institution: undefined } satisfies DutiesSearch
  return <Link to="/$list/duties" params={{ list: list.code }} search={(previous) => ({ ...previous, ...none, ...search })} hash="duty-rows" aria-label={t('parts.labelled', { label, value: format.number(value) })}>{format.number(value)}</Link>
}
