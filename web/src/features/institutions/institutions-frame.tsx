import type { InstitutionsQuestion } from '@lastmile/shared/basis'
import type { InstitutionsAnswer } from '@lastmile/shared/institution'
import { institutionOrders, type InstitutionOrder, type SortText } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { Asked } from '../../lib/queries/coverage'
import { institutionsQuery } from '../../lib/queries/rows'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { RegionLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { useQualificationWord } from '../../ui/qualification'
import { sortingOf } from '../../ui/sorting'
import { StateMark } from '../../ui/state-mark'

type Row = InstitutionsAnswer['rows'][number]
const limit = 50

/** Which institutions are shown. */
export type InstitutionsFilter = Asked<Pick<InstitutionsQuestion, 'search' | 'region' | 'bbox' | 'placed' | 'kind' | 'drug' | 'state' | 'eligible'>>

/** Institutions, searched and filtered, a page of them; with a drug, its state and eligibility at each. `sort` and `offset` stand in the page's URL. */
export function InstitutionsFrame({ filter, sort, onSort, offset, onOffset, actions, title, children }: {
  filter: InstitutionsFilter
  sort: SortText<InstitutionOrder> | undefined
  onSort: (sort: SortText<InstitutionOrder>) => void
  offset: number
  onOffset: (offset: number) => void
  actions?: ReactNode
  title?: string
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugName, places } = useWorld()
  const { evidence, params, asOf } = useAsking()
  const question = { ...filter, ...params, sort }
  const answer = useQuery({ ...institutionsQuery(list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const { drug } = filter
  const qualificationWord = useQualificationWord()
  const columns = useMemo<Column<Row>[]>(() => [
    { id: 'name', header: t('rows.institution'), heading: true, value: (row) => row.name, cell: (row) => <InstitutionName institution={row} /> },
    { id: 'kind', header: t('rows.kind'), value: (row) => t(`words.kind.${row.kind}`), cell: (row) => <>{t(`words.kind.${row.kind}`)}{row.level !== null && <div className="quiet" style={{ whiteSpace: 'nowrap' }}>{row.level}</div>}</> },
    { id: 'unit', header: capital(places.unit), value: (row) => row.unit, cell: (row) => <>{row.unit === null ? <span className="quiet">{t('institution.noUnit')}</span> : <RegionLink code={row.unit} />}{row.city !== null && row.cityName && <div><RegionLink code={row.city} name={text(row.cityName)} /></div>}</> },
    { id: 'address', header: t('institution.address'), value: (row) => row.address, cell: (row) => row.address ?? <span className="quiet">–</span> },
    {
      id: 'state', header: drug === undefined ? t('institution.stateAny') : t('institution.stateOf', { drug: drugName(drug) }), value: (row) => t(`words.state.${row.state ?? 'not_reported'}`),
      cell: (row) => <StateMark state={row.state ?? 'not_reported'} />,
    },
    ...(drug === undefined ? [] : [{ id: 'eligible', header: t('parts.eligible'), value: (row: Row) => (row.eligible === null ? null : t(row.eligible ? 'parts.yes' : 'parts.no')), cell: (row: Row) => (row.eligible === null ? <span className="quiet">{t('parts.notLoaded')}</span> : t(row.eligible ? 'parts.yes' : 'parts.no')) }]),
    {
      id: 'notes', header: t('institution.notes'), value: (row) => [row.dualChannel ? t('institution.dualChannel') : null, ...row.qualifications.map(qualificationWord)].filter(Boolean).join('; ') || null,
      cell: (row) => <span className="quiet" style={{ display: 'inline-block', minWidth: 200 }}>{[row.dualChannel ? t('institution.dualChannel') : null, row.closedOn === null ? null : t('institution.closedOn', { day: format.shortDay(row.closedOn, true) }), ...row.qualifications.map(qualificationWord)].filter(Boolean).join(' · ') || '–'}</span>,
    },
  ], [t, format, text, places, drug, drugName, qualificationWord])
  const rows = answer.data?.rows ?? []
  const basis = { list: list.code, evidence, asOf, today: list.today, knownOn: params.knownOn ?? null, since: evidence === 'supplied' ? params.since ?? list.inForce : null, demonstration: list.demonstration }
  const total = answer.data?.page.total ?? 0
  return (
    <Frame<Row>
      id="institutions" title={title ?? (answer.data === undefined ? t('institution.page') : t('institution.found', { count: total, formatted: format.number(total) }))} unit={t('parts.institutions')} basis={basis} query={answer} picture={false} actions={actions}
      twin={{ columns, rows, rowKey: (row) => row.code }}
      downloads={{ csv: downloadOf(list.code, 'institutions', question, 'csv'), xlsx: downloadOf(list.code, 'institutions', question, 'xlsx') }}
    >
      {children}
      <DataTable columns={columns} rows={rows} rowKey={(row) => row.code} caption={t('institution.caption')} sorting={sortingOf(institutionOrders, sort, onSort)} maxHeight={760} empty={t('institution.noneFound')} />
      {answer.data && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}
