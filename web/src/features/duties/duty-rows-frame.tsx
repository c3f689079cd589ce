import { dutySets, outcomes, type Duty, type DutyRow } from '@lastmile/shared/duty'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useNamedOptions } from '../../lib/named-options'
import { dutyDownload } from '../../lib/queries/download'
import { dutyRowsQuery } from '../../lib/queries/duties'
import type { DutiesSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Button, SelectField, Toolbar } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { TextField } from '../../ui/text-field'
import css from './duties.module.css'
import { DutyStateMark } from './duty-head'

const limit = 50

/** The institutions that have a duty, a page of them, each with how it stands and the way to answer. */
export function DutyRowsFrame({ duty, search, knownOn, onChange }: { duty: Duty; search: DutiesSearch; knownOn: string | undefined; onChange: (next: Partial<DutiesSearch>) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const named = useNamedOptions()
  const { list, regions, places, drugs, drugName, unitName } = useWorld()
  const may = useCan('duty.answer') !== null && knownOn === undefined
  const { region, state, drug, outcome, offset = 0 } = search
  const asked = { region, state, drug, outcome, search: search.search, knownOn }
  const answer = useQuery({ ...dutyRowsQuery(list.code, duty.code, { ...asked, offset, limit }), placeholderData: keepPreviousData })
  const filter = (next: Partial<DutiesSearch>) => onChange({ ...next, offset: undefined })
  const decided = ({ entry }: DutyRow) => (entry?.outcomes ?? []).filter((one) => drug === undefined || one.drug === drug)
  const columns: Column<DutyRow>[] = [
    { id: 'institution', header: t('duties.institution'), heading: true, sortable: false, value: ({ name }) => name, cell: ({ institution, name }) => <InstitutionName institution={{ code: institution, name }} /> },
    { id: 'region', header: t('duties.region'), value: ({ unit }) => (unit === null ? t('duties.noUnit') : unitName(unit)), cell: ({ unit, cityName }) => <>{unit === null ? t('duties.noUnit') : unitName(unit)}{cityName && <div className="quiet">{text(cityName)}</div>}</> },
    { id: 'state', header: t('duties.status'), value: ({ state: own }) => t(`duties.state.${own}`), cell: (row) => <><DutyStateMark state={row.state} />{row.daysLate !== null && <div className="quiet">{t('duties.late', { formatted: format.number(row.daysLate) })}</div>}</> },
    { id: 'on', header: t('duties.on'), value: ({ entry }) => entry?.on ?? null, cell: ({ entry }) => (entry?.on ? format.shortDay(entry.on, true) : <span className="quiet">–</span>) },
    {
      id: 'decided', header: t('duties.decided'), value: (row) => format.join(decided(row).map((one) => `${drugName(one.drug)} ${t(`duties.outcome.${one.outcome}`)}`)),
      cell: (row) => <Decided row={row} only={drug} />,
    },
    { id: 'saidBy', header: t('duties.saidBy'), value: ({ entry }) => (entry ? t(`account.roles.${entry.role}`) : null), cell: ({ entry }) => entry && <>{t(`account.roles.${entry.role}`)}<div className="quiet">{format.instant(entry.knownFrom, list.timeZone)}</div></> },
    { id: 'answer', header: t('duties.act'), sortable: false, value: () => null, cell: ({ institution, name, entry }) => <Link from="/$list/duties" to="/$list/duties" params={{ list: list.code }} search={(previous) => ({ ...previous, institution })} resetScroll={false} aria-label={t('duties.actAt', { act: t(!may ? 'duties.look' : entry ? 'duties.correct' : 'duties.answer'), name })}>{t(!may ? 'duties.look' : entry ? 'duties.correct' : 'duties.answer')}</Link> },
  ]
  const rows = answer.data?.rows ?? []
  return (
    <div id="duty-rows" style={{ scrollMarginTop: 12 }}>
      <Frame<DutyRow>
        id="duty-institutions" title={t('duties.rows')} unit={t('duties.rowsUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns: columns.slice(0, -1), rows, rowKey }}
        downloads={{ csv: dutyDownload(list.code, duty.code, '/institutions', asked, 'csv'), xlsx: dutyDownload(list.code, duty.code, '/institutions', asked, 'xlsx') }} empty={answer.data?.page.total === 0 ? t('duties.nobody') : undefined}
        asks={
          <Toolbar label={t('rows.filters')}>
            <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={[...named(regions.units), ...(region === undefined || regions.units.some(({ code }) => code === region) ? [] : [{ value: region, label: region }])]} onChange={(next) => filter({ region: next })} />
            <SelectField label={t('duties.status')} value={state} all={t('parts.all')} options={dutySets.map((one) => ({ value: one, label: t(`duties.state.${one}`) }))} onChange={(next) => filter({ state: next as DutiesSearch['state'] })} />
            <SelectField label={t('duties.drug')} value={drug} all={t('parts.all')} options={named(drugs)} onChange={(next) => filter({ drug: next })} />
            <SelectField label={t('duties.decided')} value={outcome} all={t('parts.all')} options={outcomes.map((one) => ({ value: one, label: t(`duties.outcome.${one}`) }))} onChange={(next) => filter({ outcome: next as DutiesSearch['outcome'] })} />
            <Find key={search.search ?? ''} value={search.search ?? ''} onFind={(next) => filter({ search: next || undefined })} />
          </Toolbar>
        }
      >
        <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('duties.rows')} sorting={sortingOf([], undefined, undefined)} maxHeight={720} />
        {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={(next) => onChange({ offset: next || undefined })} />}
      </Frame>
    </div>
  )
}

/** Part of a name or code, looked for when it is sent. */
function Find({ value, onFind }: { value: string; onFind: (text: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFind(typed.trim()) }} style={{ display: 'flex', gap: 8, alignItems: 'end' }}>
      <TextField label={t('duties.search')} value={typed} onChange={setTyped} required={false} maxLength={80} />
      <Button type="submit">{t('duties.show')}</Button>
    </form>
  )
}

/** What was decided, by outcome: how many drugs, or of the one asked for, what. */
function Decided({ row: { entry }, only }: { row: DutyRow; only: string | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!entry || entry.outcomes.length === 0) return <span className="quiet">{entry?.note ?? '–'}</span>
  const own = only === undefined ? undefined : entry.outcomes.find(({ drug }) => drug === only)
  if (own) return <span>{t(`duties.outcome.${own.outcome}`)}{own.reason !== null && <span className="quiet"> · {t(`words.reason.${own.reason}`)}</span>}</span>
  return <span className={css.decided}>{outcomes.map((outcome) => ({ outcome, n: entry.outcomes.filter((one) => one.outcome === outcome).length })).filter(({ n }) => n > 0).map(({ outcome, n }) => <span key={outcome}>{t(`duties.outcome.${outcome}`)} {format.number(n)}</span>)}</span>
}

function rowKey({ institution }: DutyRow): string {
  return institution
}
