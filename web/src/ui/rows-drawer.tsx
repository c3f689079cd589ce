import type { StatementsAnswer } from '@lastmile/shared/statement'
import { states } from '@lastmile/shared/state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { statementsQuery } from '../lib/queries/rows'
import { decodeRows, encodeRows, type ListSearch, type RowsQuestion } from '../lib/search'
import { useAsking, useWorld } from '../lib/world'
import { downloadOf } from '../lib/queries/download'
import { Answered } from './answered'
import { Empty } from './empty'
import { EvidenceBadge } from './evidence-badge'
import { LateNote } from './late-note'
import { Pagination } from './pagination'
import { focusRows, RowsAsked, RowsCount, RowsPanel } from './rows-panel'
import { RowsTable } from './rows-table'
import { ordersOfRows, sortingOf } from './sorting'
import { StateMark } from './state-mark'

const limit = 50

/** What leaves the address with them. */
const closed = { rows: undefined, rowsSort: undefined, rowsFrom: undefined }

/** The rows behind a number, opened by `rows` in the URL. One for the whole product, in the shell. */
export function RowsDrawer() {
  const { t } = useTranslation()
  const search: ListSearch = useSearch({ strict: false })
  const question = search.rows === undefined ? null : decodeRows(search.rows)
  return (
    <RowsPanel isOpen={search.rows !== undefined} title={t('rows.title')} without={closed}>
      {question ? <Rows key={search.rows} question={question} sort={search.rowsSort} offset={search.rowsFrom ?? 0} /> : search.rows !== undefined && <Empty>{t('rows.unreadable')}</Empty>}
    </RowsPanel>
  )
}

function Rows({ question, sort, offset }: { question: RowsQuestion; sort: ListSearch['rowsSort']; offset: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const asking = useAsking()
  const navigate = useNavigate()
  const put = (next: Pick<ListSearch, 'rowsSort' | 'rowsFrom'>) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), replace: true, state: true, resetScroll: false })
  const evidence = question.evidence ?? asking.evidence
  const since = evidence === 'supplied' ? asking.since : undefined
  const params = { ...asking.params, since, ...question, evidence, sort, offset, limit }
  const answer = useQuery({ ...statementsQuery(world.list.code, params), placeholderData: keepPreviousData })
  const knownOn = question.knownOn ?? asking.knownOn
  const asked = states.filter((one) => question.state?.split(',').includes(one))
  return (
    <>
      <RowsAsked>
        <EvidenceBadge evidence={evidence} />
        <span>{t('frame.asOf', { day: format.day(answer.data?.basis.asOf ?? question.asOf ?? asking.asOf) })}</span>
        {knownOn !== undefined && <span>{t('frame.knownOn', { instant: format.zoned(knownOn, world.list.timeZone) })}</span>}
        {question.drug !== undefined && <strong>{world.drugName(question.drug)}</strong>}
        {question.region !== undefined && <strong>{world.unitName(question.region)}</strong>}
        {question.institution !== undefined && <strong>{question.institution}</strong>}
        {question.kind !== undefined && <span>{t(`words.kinds.${question.kind}`)}</span>}
        {asked.map((state) => <StateMark key={state} state={state} />)}
      </RowsAsked>
      {answer.isPlaceholderData && <LateNote why="late" />}
      <Answered query={answer} height={320}>
        {({ rows, page, of }) => (page.total === 0 ? <NoRows question={question} /> : (
          <>
            <RowsCount downloads={(['csv', 'xlsx'] as const).map((one) => <a key={one} href={downloadOf(world.list.code, 'statements', { ...params, offset: undefined, limit: undefined }, one)} download>{one.toUpperCase()}</a>)}>
              {t('rows.count', { count: page.total, formatted: format.number(page.total) })} <AreOf of={of} />
            </RowsCount>
            <RowsTable rows={rows} caption={t('rows.title')} sorting={sortingOf(ordersOfRows(page.total), sort, (rowsSort) => put({ rowsSort, rowsFrom: undefined }))} />
            <Pagination page={{ ...page, offset }} onPage={(next) => put({ rowsFrom: next || undefined })} />
          </>
        ))}
      </Answered>
    </>
  )
}

/** That there are no rows: of a state that nobody is in others may have spoken, and only where none is asked for did nobody. */
function NoRows({ question }: { question: RowsQuestion }) {
  const { t } = useTranslation()
  const { state, ...all } = question
  if (state === undefined) return <Empty>{t('rows.none')}</Empty>
  return <Empty>{t('rows.noneSo')} <Link to="." search={(previous) => ({ ...previous, ...closed, rows: encodeRows(all) })} state={true} replace resetScroll={false} onClick={focusRows}>{t('rows.anyState')}</Link></Empty>
}

/** How many drugs, institutions, cities and units all the rows are of, and which of these nobody counted. The number that was opened is among them, or is that of the rows. */
function AreOf({ of: { drugs, institutions, cities, units } }: Pick<StatementsAnswer, 'of'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places } = useWorld()
  const placed = (count: number, place: string, all: string) => t('rows.ofPlaces', { count, formatted: format.number(count), place: count === 1 ? place : all })
  const things = [
    t('rows.ofDrugs', { count: drugs, formatted: format.number(drugs) }), institutions !== null && t('rows.ofInstitutions', { count: institutions, formatted: format.number(institutions) }),
    cities !== null && placed(cities, places.city, places.cities), placed(units, places.unit, places.units),
  ].filter((one) => one !== false)
  const left = [institutions === null && t('rows.institution'), cities === null && places.city].filter((one) => one !== false)
  return <>{t('rows.of', { things: format.join(things) })}{left.length > 0 && ` ${t('rows.notCounted', { what: format.join(left) })}`}</>
}
