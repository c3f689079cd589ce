import type { Feed } from '@lastmile/shared/feed'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { changeFeed, endFeed, fetchFeed } from '../../lib/queries/feeds'
import { useDoing } from '../../lib/use-doing'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { draftOf, saidIn } from './feed-draft'
import { FeedFields } from './feed-fields'
import { FeedRuns } from './feed-runs'
import { useFeedProblem } from './feed-words'

/** A feed: fetched by hand, changed or ended by who keeps feeds; and its runs. `feed`: as it is now; undefined where there is none any more. */
export function OneFeed({ feed, onChanged, onClose }: { feed: Feed | undefined; onChanged: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const problem = useFeedProblem()
  const mayKeep = useCan('feed.manage') !== null
  const close = <Button onClick={onClose}>{t('feeds.close')}</Button>
  const [ended, setEnded] = useState(false)
  if (ended) return <Panel title={t('feeds.one')} tools={close}><Done>{t('feeds.ended')}</Done></Panel>
  if (feed === undefined) return <Panel title={t('feeds.one')} tools={close}><FormProblem error={problem(new ProblemError(404, 'feed.not_found', ''))} /></Panel>
  return (
    <>
      {mayKeep && <Keep feed={feed} onChanged={onChanged} onEnded={() => { setEnded(true); return onChanged() }} close={close} />}
      <FeedRuns feed={feed} onChanged={onChanged} close={mayKeep ? undefined : close} />
    </>
  )
}

function Keep({ feed, onChanged, onEnded, close }: { feed: Feed; onChanged: () => unknown; onEnded: () => unknown; close: ReactNode }) {
  const { t } = useTranslation()
  const problem = useFeedProblem()
  // What is typed is about the feed as it was opened: of two who change it at once, one does.
  const [seen, setSeen] = useState(feed)
  const [draft, setDraft] = useState(() => draftOf(feed))
  const [done, setDone] = useState<'changed' | 'asked' | null>(null)
  const show = (next: Feed) => { setSeen(next); setDraft(draftOf(next)) }
  const change = useDoing(() => changeFeed(seen.code, seen.version, saidIn(draft)), ({ feed: next }) => { setDone('changed'); show(next); return onChanged() })
  const ask = useDoing(() => fetchFeed(seen.code), () => { setDone('asked'); return onChanged() })
  const end = useDoing(() => endFeed(seen.code, seen.version), onEnded)
  const [busy, error] = [change.busy || ask.busy || end.busy, change.error ?? ask.error ?? end.error]
  const begin = (one: { run: () => Promise<void> }) => {
    for (const { clear } of [change, ask, end]) clear()
    setDone(null)
    void one.run()
  }
  return (
    <Panel title={seen.name} lead={<><code>{seen.source}</code> · {t('feeds.version', { version: seen.version })}</>} tools={close}>
      <FormProblem error={problem(error)} />
      {done !== null && <Done>{t(`feeds.${done}`)}</Done>}
      {feed.version > seen.version && !busy && <Buttons><span>{t('feeds.moved')}</span><Button onClick={() => { change.clear(); end.clear(); show(feed) }}>{t('feeds.again')}</Button></Buttons>}
      <Buttons><Button primary onClick={() => begin(ask)} disabled={busy || feed.last?.outcome === 'running'}>{t('feeds.fetch')}</Button><span className="quiet">{t('feeds.fetchMeans')}</span></Buttons>
      <Form label={t('feeds.save')} onSubmit={() => begin(change)}>
        <FeedFields draft={draft} onChange={setDraft} wrong={error instanceof ProblemError ? error.field : null} />
        <Buttons>
          <Button type="submit" primary disabled={busy}>{t('feeds.save')}</Button>
          <ConfirmButton question={t('feeds.endSure', { name: seen.name })} confirm={t('feeds.endYes')} onConfirm={() => begin(end)} disabled={busy}>{t('feeds.end')}</ConfirmButton>
        </Buttons>
      </Form>
    </Panel>
  )
}
