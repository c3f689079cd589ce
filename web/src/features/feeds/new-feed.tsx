import type { Feed } from '@lastmile/shared/feed'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { useText } from '../../lib/i18n'
import { ProblemError } from '../../lib/problem'
import { beginFeed } from '../../lib/queries/feeds'
import { listsQuery, sourcesQuery } from '../../lib/queries/lists'
import { useDoing } from '../../lib/use-doing'
import { Button, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { emptyDraft, saidIn } from './feed-draft'
import { FeedFields } from './feed-fields'
import { useFeedProblem } from './feed-words'

/** Begins a feed of a source that takes feeds. */
export function NewFeed({ onMade, onClose }: { onMade: (feed: Feed) => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const problem = useFeedProblem()
  const text = useText()
  const actor = useActor()
  const lists = useQuery(listsQuery())
  const offered = (lists.data?.lists ?? []).filter(({ code }) => actor.list === null || code === actor.list)
  const [chosen, setChosen] = useState<string | undefined>(actor.list ?? undefined)
  const list = chosen ?? offered[0]?.code ?? ''
  const sources = useQuery({ ...sourcesQuery(list), enabled: list !== '' })
  const [source, setSource] = useState('')
  const [draft, setDraft] = useState(emptyDraft)
  const begin = useDoing(() => beginFeed({ list, source, ...saidIn(draft) }), ({ feed }) => onMade(feed))
  const wrong = begin.error instanceof ProblemError ? begin.error.field : null
  const options = (sources.data?.sources ?? []).filter(({ accepts }) => accepts.includes('feed')).map((one) => ({ value: one.code, label: `${text(one.name)} · ${one.code}` }))
  return (
    <Panel title={t('feeds.new')} lead={t('feeds.newLead')} tools={<Button onClick={onClose}>{t('feeds.close')}</Button>}>
      <Form label={t('feeds.new')} onSubmit={() => void begin.run()}>
        <FormProblem error={problem(begin.error)} />
        <Fields>
          <SelectField label={t('accounts.list')} value={list} options={offered.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(code) => { setChosen(code); setSource('') }} />
          <SelectField label={t('feeds.source')} value={source || undefined} all={t('accounts.choose')} required options={options} onChange={(code) => setSource(code ?? '')} hint={sources.isSuccess && options.length === 0 ? t('feeds.noSource') : t('feeds.sourceHint')} />
        </Fields>
        <FeedFields draft={draft} onChange={setDraft} wrong={wrong} />
        <Buttons><Button type="submit" primary disabled={begin.busy}>{t('feeds.begin')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
