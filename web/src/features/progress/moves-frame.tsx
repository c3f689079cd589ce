import { moveSets, type MoveRow, type MovesAnswer, type MoveSet } from '@lastmile/shared/company-moves'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useCan } from '../../lib/actor'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { movesQuery, noteVisit, visitQuery } from '../../lib/queries/progress'
import { useDoing } from '../../lib/use-doing'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Loading } from '../../ui/empty'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { StateMark } from '../../ui/state-mark'
import { CellLink } from './cell-link'
import { placeColumns } from './pair-columns'
import css from './progress.module.css'

const limit = 25
/** Lines of a list that are shown; the rest is said as a number. */
const linesAtMost = 8

/** What moved since the last visit, with the pairs of one set below; and that it was seen. */
export function MovesFrame({ company, set, offset, onOffset }: { company: string; set: MoveSet | undefined; offset: number; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const client = useQueryClient()
  const { list } = world
  const { evidence } = useAsking()
  // The look is noted first: what moved is told since what that answers.
  const notes = useCan('progress.visit') !== null
  const visit = useQuery({ ...visitQuery(list.code, company), enabled: notes })
  const params = { company, evidence, set: set ?? 'gained' }
  const answer = useQuery({ ...movesQuery(list.code, { ...params, ...(visit.data ? { since: visit.data.since } : {}), offset, limit }), placeholderData: keepPreviousData, enabled: !notes || !visit.isPending })
  const mark = useDoing((seen: string) => noteVisit(list.code, company, seen), (after) => client.setQueryData(visitQuery(list.code, company).queryKey, after))
  const state = (one: MoveRow['declared']['before']) => (one === null ? <span className="quiet">–</span> : <StateMark state={one} />)
  const columns: Column<MoveRow>[] = [
    ...placeColumns<MoveRow>(t, world),
    ...(['declared', 'confirmed'] as const).map((word): Column<MoveRow> => ({ id: word, header: t(`words.evidence.${word}.short`), sortable: false, value: (row) => `${row[word].before ?? '–'} → ${row[word].after ?? '–'}`, cell: (row) => (row[word].before === row[word].after ? state(row[word].after) : <div className={css.pair}>{state(row[word].before)}<span aria-label={t('progress.moves.to')}>↓</span>{state(row[word].after)}</div>) })),
    { id: 'supplied', header: t('words.evidence.supplied.short'), sortable: false, value: (row) => row.supplied.after, cell: (row) => (row.supplied.after === null ? <span className="quiet">–</span> : <span className="number">{format.shortDay(row.supplied.after, true)}</span>) },
  ]
  const { data } = answer
  const since = data ? format.zoned(data.since, list.timeZone) : ''
  return (
    <Frame<MoveRow>
      id="moves" title={t('progress.moves.title')} unit={t('progress.moves.unit')} basis={data?.basis ?? null} query={answer} height={320} paintable={false}
      actions={notes && <Button disabled={mark.busy || !data} onClick={() => void mark.run(data!.at)}>{t('progress.moves.seen')}</Button>}
      twin={{ columns, rows: data?.rows ?? [], rowKey, note: data && t('progress.rowsOf', { title: t(`progress.moves.sets.${set ?? 'gained'}`), formatted: format.number(data.page.total) }) }} downloads={{ csv: downloadOf(list.code, 'progress/moves', { ...params, since: data?.since }, 'csv'), xlsx: downloadOf(list.code, 'progress/moves', { ...params, since: data?.since }, 'xlsx') }}
    >
      <FormProblem error={mark.error} />
      {data && (
        <>
          <p className="quiet">{notes ? <>{t(visit.data?.isFirst ?? data.isFirst ? 'progress.moves.first' : 'progress.moves.since', { since })} {t('progress.moves.rule')}</> : t('progress.moves.preview', { since })}</p>
          <div className={css.sets}>
            {moveSets.map((one) => {
              const total = one === 'gained' || one === 'lost' ? data.totals[one][evidence] : data.totals[one]
              return (
                <Link key={one} to="." search={(previous: object) => ({ ...previous, moved: one, moves: undefined })} replace resetScroll={false} className={css.set} activeProps={{}} aria-current={set === one} data-tone={one !== 'gained' && one !== 'settled' && total.pairs > 0 ? 'alarm' : undefined}>
                  <span>{t(`progress.moves.sets.${one}`)}</span><b>{format.number(total.pairs)}</b><small>{t(`progress.moves.means.${one}`)}</small>
                </Link>
              )
            })}
          </div>
          {set !== undefined && (
            <>
              {/* Totals of before may stand while they are asked anew; rows of another set do not stand under the name of this one. */}
              <h3 className={css.rows}>{answer.isPlaceholderData ? t(`progress.moves.sets.${set}`) : t('progress.rowsOf', { title: t(`progress.moves.sets.${set}`), formatted: format.number(data.page.total) })}</h3>
              {answer.isPlaceholderData ? <Loading height={240} /> : data.rows.length === 0 ? <p className="quiet">{t('progress.noRows')}</p> : <DataTable columns={columns} rows={data.rows} rowKey={rowKey} caption={t(`progress.moves.sets.${set}`)} maxHeight={420} />}
              {!answer.isPlaceholderData && data.page.total > limit && <Pagination page={data.page} onPage={onOffset} />}
            </>
          )}
          <Lists moved={data} />
        </>
      )}
    </Frame>
  )
}

const rowKey = ({ drug, institution }: MoveRow) => `${drug} ${institution}`

/** What moved beside pairs: gaps, steps of the ladder, letters, answers. What did not move is said, too. */
function Lists({ moved: { gaps, rungs, letters, requests } }: { moved: MovesAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugName, unitName } = useWorld()
  const params = { list: list.code }
  const gap = (one: (typeof gaps.opened)[number]) => <Link to="/$list/gaps" params={params} search={{ drug: one.drug, gap: `${one.drug}.${one.region}` }}>{t('progress.inUnit', { drug: drugName(one.drug), unit: unitName(one.region) })}</Link>
  const step = (one: (typeof rungs)[number]) => <><CellLink drug={one.drug} unit={one.unit}>{t('progress.inUnit', { drug: drugName(one.drug), unit: unitName(one.unit) })}</CellLink> <span className="quiet">{t('progress.moves.step', { rung: t(`ladder.words.shorts.${one.rung}`), from: t(`ladder.words.states.${one.from}`), to: t(`ladder.words.states.${one.to}`) })}</span></>
  const [reached, lost] = [rungs.filter((one) => one.reached), rungs.filter((one) => !one.reached)]
  const parts: [title: string, items: ReactNode[]][] = [
    [t('progress.moves.up', { formatted: format.number(reached.length) }), reached.map(step)],
    [t('progress.moves.down', { formatted: format.number(lost.length) }), lost.map(step)],
    [t('progress.moves.opened', { formatted: format.number(gaps.opened.length) }), gaps.opened.map(gap)],
    [t('progress.moves.closed', { formatted: format.number(gaps.closed.length) }), gaps.closed.map(gap)],
    ...(letters === null ? [] : [[t('progress.moves.letters', { formatted: format.number(letters.length) }), letters.map((one) => <><Link to="/$list/cases/$code/notices/$notice" params={{ ...params, code: one.case, notice: one.notice }}>{one.number ? text(one.number) : one.case}</Link> <span className="quiet">{t(`progress.moves.letter.${one.what}`, { day: format.shortDay(one.on) })}</span></>)] as [string, ReactNode[]]]),
    ...(requests === null ? [] : [[t('progress.moves.requests', { formatted: format.number(requests.length) }), requests.map((one) => <><Link to="/$list/company-requests/$code" params={{ ...params, code: one.request }}>{one.request} · {drugName(one.drug)}</Link> <span className="quiet">{t(`progress.moves.request.${one.what}`)} · <span className={css.day}>{format.shortDay(one.on)}</span></span></>)] as [string, ReactNode[]]]),
  ]
  return (
    <div className={css.lists}>
      {parts.map(([title, items]) => (
        <section key={title}>
          <h3>{title}</h3>
          {items.length > 0 && <ul>{items.slice(0, linesAtMost).map((item, i) => <li key={i}>{item}</li>)}{items.length > linesAtMost && <li><details><summary>{t('progress.moves.more', { formatted: format.number(items.length - linesAtMost) })}</summary><ul>{items.slice(linesAtMost).map((item, i) => <li key={i}>{item}</li>)}</ul></details></li>}</ul>}
        </section>
      ))}
    </div>
  )
}
