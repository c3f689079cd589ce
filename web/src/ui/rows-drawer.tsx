import type { StatementsAnswer } from '@lastmile/shared/statement'
import { states } from '@lastmile/shared/state'
import { Drawer } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { statementsQuery } from '../lib/queries/rows'
import { decodeRows, type ListSearch, type RowsQuestion } from '../lib/search'
import { useAsking, useWorld } from '../lib/world'
import { downloadOf } from '../lib/queries/download'
import { Answered } from './answered'
import { Empty } from './empty'
import { EvidenceBadge } from './evidence-badge'
import { Pagination } from './pagination'
import css from './rows-drawer.module.css'
import { RowsTable } from './rows-table'
import { ordersOfRows, sortingOf } from './sorting'
import { StateMark } from './state-mark'

const limit = 50

/** The rows behind a number, opened by `rows` in the URL. One for the whole product, in the shell. */
export function RowsDrawer() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search: ListSearch = useSearch({ strict: false })
  const question = search.rows === undefined ? null : decodeRows(search.rows)
  const { history } = useRouter()
  const opened = useLocation({ select: ({ state }) => state.rowsOpened === true })
  // Closing is the way back from opening; who came by an address with rows in it has no way back, and stays on the page.
  const close = () => (opened ? history.back() : void navigate({ to: '.', search: (previous) => ({ ...previous, rows: undefined, rowsSort: undefined, rowsFrom: undefined }), replace: true, resetScroll: false }))
  return (
    <Drawer.Root opened={question !== null} onClose={close} position="right" size="min(1080px, 100vw)" classNames={{ content: css.content ?? '' }}>
      <Drawer.Overlay backgroundOpacity={0.45} />
      <Drawer.Content>
        <div className={css.head}>
          <Drawer.Title className={css.title ?? ''}>{t('rows.title')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('rows.close')} size={36} />
        </div>
        <Drawer.Body className={css.body ?? ''}>{question && <Rows key={search.rows} question={question} sort={search.rowsSort} offset={search.rowsFrom ?? 0} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
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
      <p className={css.asked}>
        <span className="sr-only">{t('rows.filters')}: </span>
        <EvidenceBadge evidence={evidence} />
        <span>{t('frame.asOf', { day: format.day(answer.data?.basis.asOf ?? question.asOf ?? asking.asOf) })}</span>
        {knownOn !== undefined && <span>{t('frame.knownOn', { instant: format.zoned(knownOn, world.list.timeZone) })}</span>}
        {question.drug !== undefined && <strong>{world.drugName(question.drug)}</strong>}
        {question.region !== undefined && <strong>{world.unitName(question.region)}</strong>}
        {question.institution !== undefined && <strong>{question.institution}</strong>}
        {question.kind !== undefined && <span>{t(`words.kinds.${question.kind}`)}</span>}
        {asked.map((state) => <StateMark key={state} state={state} />)}
      </p>
      <Answered query={answer} height={320}>
        {({ rows, page, of }) => (rows.length === 0 ? <Empty>{t('rows.none')}</Empty> : (
          <>
            <p className={css.count}>
              <span>{t('rows.count', { count: page.total, formatted: format.number(page.total) })} <AreOf of={of} /></span>
              <span className={css.downloads}>
                <a href={downloadOf(world.list.code, 'statements', { ...params, offset: undefined, limit: undefined }, 'csv')} download>CSV</a>
                <a href={downloadOf(world.list.code, 'statements', { ...params, offset: undefined, limit: undefined }, 'xlsx')} download>XLSX</a>
              </span>
            </p>
            <RowsTable rows={rows} caption={t('rows.title')} sorting={sortingOf(ordersOfRows(page.total), sort, (rowsSort) => put({ rowsSort, rowsFrom: undefined }))} />
            <Pagination page={page} onPage={(next) => put({ rowsFrom: next || undefined })} />
          </>
        ))}
      </Answered>
    </>
  )
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
