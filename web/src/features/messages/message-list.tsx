import type { Message, Mute } from '@lastmile/shared/message'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { acknowledge, messagesQuery, mute } from '../../lib/queries/messages'
import type { InboxSearch } from '../../lib/searches'
import { useDoing } from '../../lib/use-doing'
import { Answered } from '../../ui/answered'
import { Empty } from '../../ui/empty'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { LateNote } from '../../ui/late-note'
import { Pagination } from '../../ui/pagination'
import { Panel } from '../../ui/panel'
import css from './messages.module.css'
import { OneMessage } from './one-message'

const limit = 30

/** One's messages, a page of them, with the ways to acknowledge one, those that are chosen, or all that are on the page. */
export function MessageList({ search, onOffset }: { search: InboxSearch; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const answer = useQuery({ ...messagesQuery({ ...search, limit }), placeholderData: keepPreviousData })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const box = useRef<HTMLUListElement>(null)
  const head = useRef<HTMLHeadingElement>(null)
  /** Where the focus goes once what had it (`from`) is gone: the message at this place of the list. Whoever went on meanwhile stays where he is. */
  const next = useRef<number | null>(null)
  const from = useRef<Element | null>(null)
  const shown = answer.data?.messages
  useEffect(() => {
    if (next.current === null) return
    const left = box.current?.querySelectorAll<HTMLButtonElement>('[data-acknowledge] button') ?? []
    const one = left[Math.min(next.current, left.length - 1)] ?? head.current
    next.current = null
    if (document.activeElement === document.body || document.activeElement === from.current) one?.focus()
  }, [shown])
  const again = () => client.invalidateQueries({ queryKey: ['*', 'messages'] })
  const begin = () => { from.current = document.activeElement }
  const seen = useDoing(async (ids: readonly string[], _place: number) => {
    begin()
    return acknowledge({ messages: [...ids] })
  }, async ({ acknowledged }, ids, place) => {
    setChosen(new Set([...chosen].filter((id) => !ids.includes(id))))
    setSaid(t('messages.acknowledgedNow', { count: acknowledged, formatted: format.number(acknowledged) }))
    next.current = place
    await again()
  })
  const silence = useDoing(async (what: Mute) => {
    begin()
    return mute(what)
  }, async () => {
    setSaid(t('messages.mutedNow'))
    next.current = 0
    await again()
  })
  const busy = seen.busy || silence.busy
  const choose = (id: string, isChosen: boolean) => setChosen(new Set(isChosen ? [...chosen, id] : [...chosen].filter((one) => one !== id)))
  return (
    <Answered query={answer} height={320}>
      {({ messages, page, open }) => {
        const acknowledgeable = messages.filter(isNew)
        const picked = acknowledgeable.filter((one) => chosen.has(one.id))
        return (
          <Panel
            title={t('messages.found', { count: page.total, formatted: format.number(page.total) })} place={head}
            lead={open === page.total && search.state === undefined ? undefined : t('account.openMessages', { count: open, formatted: format.number(open) })}
          >
            <FormProblem error={seen.error ?? silence.error} />
            <p role="status" className="sr-only">{said}</p>
            {answer.isPlaceholderData && <LateNote why="late" />}
            {acknowledgeable.length > 0 && (
              <div className={css.bulk}>
                <label><input type="checkbox" checked={picked.length === acknowledgeable.length} onChange={(event) => setChosen(new Set(event.target.checked ? acknowledgeable.map(({ id }) => id) : []))} />{t('messages.all')}</label>
                <Button primary disabled={busy || picked.length === 0} onClick={() => void seen.run(picked.map(({ id }) => id), 0)}>{t('messages.acknowledgeChosen', { count: picked.length, formatted: format.number(picked.length) })}</Button>
              </div>
            )}
            {messages.length === 0 ? <Empty>{t(search.state === undefined ? 'messages.noneOpen' : 'messages.none')}</Empty> : (
              <ul ref={box} className={css.list} aria-busy={answer.isPlaceholderData}>
                {messages.map((one, i) => (
                  <OneMessage
                    key={one.id} message={one} busy={busy} chosen={chosen.has(one.id)} onChoose={(isChosen) => choose(one.id, isChosen)}
                    onAcknowledge={() => void seen.run([one.id], placeOfOpen(messages, i))} onMute={(what: Mute) => void silence.run(what)}
                  />
                ))}
              </ul>
            )}
            <Pagination page={page} onPage={onOffset} />
          </Panel>
        )
      }}
    </Answered>
  )
}

const isNew = ({ acknowledgedAt, settledAt }: Message) => acknowledgedAt === null && settledAt === null

/** Of those that can be acknowledged, how many stand before a place. */
function placeOfOpen(messages: readonly Message[], at: number): number {
  return messages.slice(0, at).filter(isNew).length
}
