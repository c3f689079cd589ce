import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EnterFact } from '../features/ladder/enter-fact'
import { FactItem } from '../features/ladder/fact-item'
import { FactVerbs } from '../features/ladder/fact-verbs'
import { FactsFrame } from '../features/ladder/facts-frame'
import { ImportFacts } from '../features/ladder/import-facts'
import { useCan } from '../lib/actor'
import { ladderFactQuery } from '../lib/queries/ladder'
import type { LadderFactsSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Button } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'
import { Panel } from '../ui/panel'

const route = getRouteApi('/$list/ladder/facts')

/** Facts of the last mile for who enters or confirms them: a list, entering one or many, and one that is open. */
export function LadderFactsPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [sees, enters] = [useCan('ladder.detail') !== null, useCan('ladder.enter') !== null]
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<LadderFactsSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  return (
    <Stack>
      <PageHead trail={<Link to="/$list/ladder" params={{ list: list.code }} search={{}}>{t('ladder.page')}</Link>} title={t('ladder.factsPage')} lead={<p>{t('ladder.factsLead')}</p>} />
      {sees ? (
        <>
          <PresentNote follows="knownOn" />
          <EnterFact drug={search.drug} unit={search.unit} rung={search.rung} />
          {search.fact !== undefined && <OpenFact key={search.fact} code={search.fact} onClose={() => { document.getElementById(`fact-${search.fact}`)?.focus(); change({ fact: undefined }) }} />}
          <FactsFrame search={search} onChange={change} />
          {enters && <ImportFacts />}
        </>
      ) : <NotYours />}
    </Stack>
  )
}

function OpenFact({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const answer = useQuery(ladderFactQuery(list.code, code))
  const rung = answer.data?.fact.rung
  // It stands above the list from which it was opened: the focus goes there, and the eyes with it.
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Panel place={heading} title={rung === undefined ? t('ladder.fact') : t(`ladder.words.rungs.${rung}`)} tools={<Button onClick={onClose}>{t('plans.close')}</Button>}>
      <Answered query={answer} height={160}>{({ fact }) => <FactItem fact={fact} counts={fact.standing !== 'refused'}><FactVerbs fact={fact} /></FactItem>}</Answered>
    </Panel>
  )
}
