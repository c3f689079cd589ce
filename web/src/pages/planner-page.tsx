import type { Kind } from '@lastmile/shared/kind'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CandidatesPanel } from '../features/planner/candidates-panel'
import css from '../features/planner/planner.module.css'
import { levelsIn, PlannerForm, usualPlan } from '../features/planner/planner-form'
import { PlannerResult } from '../features/planner/planner-result'
import { PlannerWaiting } from '../features/planner/planner-waiting'
import { useCan } from '../lib/actor'
import { useFormat } from '../lib/format'
import { newName } from '../lib/new-name'
import { plannerQuery, type PlannerAsked } from '../lib/queries/planner'
import type { PlannerSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import { Empty } from '../ui/empty'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Button } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'
import { Problem } from '../ui/problem'
import { SeeAlso } from '../ui/see-also'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/planner')

/** Where else a drug should be had: what to plan, and the plan. */
export function PlannerPage() {
  const { t } = useTranslation()
  const may = useCan('planner.ask')
  return (
    <Stack>
      <PageHead title={t('planner.page')} lead={<p>{t('planner.lead')}</p>} />
      {may === null ? <NotYours /> : <Planner />}
    </Stack>
  )
}

function Planner() {
  const { t } = useTranslation()
  const { knownOn, params: { evidence, asOf, since } } = useAsking()
  const { list, regions } = useWorld()
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { drug, region, goal = usualPlan.goal, count = usualPlan.count, km = usualPlan.km, places, kinds, levels } = search
  const asked = useMemo<PlannerAsked | null>(() => (drug === undefined ? null : {
    drug, evidence, goal, count, km, ...(region === undefined ? {} : { region }), ...(asOf === undefined ? {} : { asOf }), ...(since === undefined ? {} : { since }), ...(places === undefined ? {} : { places }),
    ...(kinds === undefined ? {} : { kinds: kinds.split(',') as Kind[] }), ...(levelsIn(levels).length === 0 ? {} : { levels: levelsIn(levels) }),
  }), [drug, region, goal, count, km, places, kinds, levels, evidence, asOf, since])
  const plan = (next: PlannerSearch) => void navigate({ search: (previous) => ({ ...previous, ...next, at: undefined }), resetScroll: false })
  return (
    <>
      {drug !== undefined && <SeeAlso drug={drug} unit={regions.units.some(({ code }) => code === region) ? region : undefined} here={['planner']} />}
      <div className={css.unprinted}><Stack><TimeBar /><EvidenceSwitch /></Stack></div>
      {knownOn !== undefined ? <Empty>{t('planner.knownNow')}</Empty> : asOf !== undefined && asOf < list.inForce ? <Empty>{t('planner.beforeList', { day: format.day(list.inForce) })}</Empty> : (
        <>
          <PlannerForm search={search} onPlan={plan} />
          {asked === null ? <Empty>{t('planner.notYet')}</Empty> : <Plan key={JSON.stringify(asked)} asked={asked} search={search} />}
        </>
      )}
    </>
  )
}

function Plan({ asked, search }: { asked: PlannerAsked; search: PlannerSearch }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const client = useQueryClient()
  const navigate = route.useNavigate()
  const [progress] = useState(newName)
  const options = plannerQuery(list.code, asked, progress)
  const [isStopped, setStopped] = useState(false)
  const answer = useQuery({ ...options, enabled: !isStopped })
  const isOld = answer.isStale
  // Whoever reads the candidates reads on while the plan is made anew.
  const panel = answer.data && <CandidatesPanel key="candidates" asked={asked} isOld={isOld} />
  if (answer.data && !(isOld && answer.isFetching)) return (
    <>
      <div role="status"><span className="sr-only">{t('planner.ready')}</span>{isOld && <><Empty>{t('planner.old')}</Empty><Button onClick={() => void answer.refetch()}>{t('planner.again')}</Button></>}</div>
      <PlannerResult answer={answer.data} asked={asked} isOld={isOld} query={answer} at={search.at} onAt={(at) => void navigate({ search: (previous) => ({ ...previous, at }), replace: true, resetScroll: false })} />
      {panel}
    </>
  )
  if (answer.error && !answer.isFetching) return <Problem error={answer.error} onRetry={() => void answer.refetch()} />
  if (isStopped) return <div role="status"><Empty>{t('planner.stopped')}</Empty><Button onClick={() => setStopped(false)}>{t('planner.again')}</Button></div>
  return <><PlannerWaiting progress={progress} onStop={() => { if (!answer.data) setStopped(true); void client.cancelQueries({ queryKey: options.queryKey }) }} />{panel}</>
}
