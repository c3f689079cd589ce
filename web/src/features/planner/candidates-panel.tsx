import type { Candidate } from '@lastmile/shared/planner'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { candidatesAsked, candidatesQuery, plannerFile, type CandidatesAsked, type PlannerAsked } from '../../lib/queries/planner'
import { saveFile } from '../../lib/save'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { Empty } from '../../ui/empty'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { InstitutionName } from '../../ui/institution-name'
import { LateNote } from '../../ui/late-note'
import { Pagination } from '../../ui/pagination'
import { RowsAsked, RowsCount, RowsPanel } from '../../ui/rows-panel'
import { sortingOf } from '../../ui/sorting'
import { StateMark } from '../../ui/state-mark'
import { noCandidates } from './candidates-figure'
import { useInstitutionWords } from './use-institution-words'

const route = getRouteApi('/$list/planner')
const limit = 50
/** A page of many stands in the order in which a plan takes them. */
const asSent = sortingOf([], undefined, undefined)

/** Among whom a plan chooses now, or who reaches the same as one that was chosen: opened by the numbers of the plan, one row an institution. `isOld`: data came since the plan was made, and it may have counted others. */
export function CandidatesPanel({ asked, isOld }: { asked: PlannerAsked; isOld: boolean }) {
  const { t } = useTranslation()
  const { candidates, alikeTo, candidatesFrom = 0 } = route.useSearch()
  const own = useMemo(() => candidatesAsked(asked, { ...(candidates === undefined || candidates === 'all' ? {} : { spot: candidates }), ...(alikeTo === undefined ? {} : { alikeTo }) }), [asked, candidates, alikeTo])
  const isOpen = candidates !== undefined || alikeTo !== undefined
  const title = t(alikeTo === undefined ? 'planner.candidates' : 'planner.alikes')
  // While it is closed its head stays as it was.
  const [head, setHead] = useState(title)
  if (isOpen && head !== title) setHead(title)
  return (
    <RowsPanel isOpen={isOpen} title={head} without={noCandidates}>
      {isOpen && isOld && <Empty>{t('planner.candidatesNow')}</Empty>}
      {isOpen && <Candidates key={JSON.stringify(own)} asked={own} offset={candidatesFrom} caption={title} />}
    </RowsPanel>
  )
}

function Candidates({ asked, offset, caption }: { asked: CandidatesAsked; offset: number; caption: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, places } = useWorld()
  const navigate = route.useNavigate()
  const answer = useQuery({ ...candidatesQuery(list.code, { ...asked, offset, limit }), placeholderData: keepPreviousData })
  const save = useDoing((wanted: 'csv' | 'xlsx') => plannerFile(list.code, { of: 'planner/candidates', question: asked }, wanted), (file, wanted) => saveFile(`planner-candidates-${asked.drug}.${wanted}`, file))
  const columns = useCandidateColumns()
  return (
    <>
      <RowsAsked>
        {answer.data && <><EvidenceBadge evidence={answer.data.basis.evidence!} /><span>{t('frame.asOf', { day: format.day(answer.data.basis.asOf) })}</span></>}
        <strong>{drugName(asked.drug)}</strong>
        {asked.spot !== undefined && <span>{t(`planner.spots.${asked.spot}`, { cityWord: places.city })}</span>}
        {asked.alikeTo !== undefined && <span>{t('planner.alikeTo', { code: asked.alikeTo, km: format.number(asked.km ?? 0) })}</span>}
      </RowsAsked>
      {answer.isPlaceholderData && <LateNote why="late" />}
      <Answered query={answer} height={320}>
        {({ rows, page, byEligibility }) => (page.total === 0 ? <Empty>{t(asked.alikeTo !== undefined ? 'planner.noneAlike' : asked.spot !== undefined ? 'planner.noneSo' : 'planner.noneThere')}</Empty> : (
          <>
            <RowsCount downloads={<>{(['csv', 'xlsx'] as const).map((one) => <Button key={one} disabled={save.busy} onClick={() => void save.run(one)}>{t(`frame.${one}`)}</Button>)}</>}>
              {t('planner.candidatesCount', { count: page.total, formatted: format.number(page.total) })} {t(byEligibility ? 'planner.areEligible' : 'planner.areAny')}
            </RowsCount>
            <FormProblem error={save.error} />
            <DataTable columns={columns} rows={rows} rowKey={(row) => row.code} caption={caption} sorting={page.total > rows.length ? asSent : undefined} />
            <Pagination page={{ ...page, offset }} onPage={(next) => void navigate({ search: (previous) => ({ ...previous, candidatesFrom: next || undefined }), replace: true, state: true, resetScroll: false })} />
          </>
        ))}
      </Answered>
    </>
  )
}

function useCandidateColumns(): Column<Candidate>[] {
  const { t } = useTranslation()
  const words = useInstitutionWords()
  const { places } = useWorld()
  return useMemo(() => [
    { id: 'name', header: t('rows.institution'), heading: true, value: (row) => row.name, cell: (row) => <InstitutionName institution={row} /> },
    { id: 'kind', header: t('rows.kind'), value: words.kind },
    { id: 'where', header: capital(places.city), value: words.where },
    { id: 'spot', header: t('planner.spot'), value: (row) => t(`planner.spots.${row.spot}`, { cityWord: places.city }) },
    { id: 'state', header: t('planner.stateToday'), value: (row) => t(`words.state.${row.state ?? 'not_reported'}`), cell: (row) => <StateMark state={row.state ?? 'not_reported'} /> },
  ], [t, words, places])
}
