import { getRouteApi } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ReportApproval } from '../features/reports/report-approval'
import { ReportDifference } from '../features/reports/report-difference'
import { ReportErrors } from '../features/reports/report-errors'
import { ReportHead } from '../features/reports/report-head'
import { ReportReview } from '../features/reports/report-review'
import { ReportLine, ReportRows } from '../features/reports/report-rows'
import { Suspicions } from '../features/reports/suspicions'
import { Warnings } from '../features/reports/warnings'
import { reportQuery } from '../lib/queries/rows'
import { useWorld } from '../lib/world'
import { waitingStates, type Report } from '@lastmile/shared/report'
import { Answered } from '../ui/answered'
import { Stack } from '../ui/page-head'
import type { ReportSearch } from '../lib/searches'

const isWaiting = ({ state }: Report) => (waitingStates as readonly string[]).includes(state)

const route = getRouteApi('/$list/reports/$id')

/** One report: its facts, the line a number came from, its versions, warnings, errors and rows. */
export function ReportPage() {
  const { list } = useWorld()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery({ ...reportQuery(list.code, id), placeholderData: keepPreviousData })
  const change = (next: Partial<ReportSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {({ report, warnings, approving, reviewing, parts }) => (
          <>
            <ReportHead report={report} parts={parts} />
            {/* What was just done, and what is typed, is of this report alone. */}
            <Suspicions suspicions={report.suspicions} />
            <ReportReview key={`review ${report.id}`} report={report} reviewing={reviewing} />
            <ReportApproval key={report.id} report={report} approving={approving} />
            {search.line !== undefined && report.state !== 'draft' && <ReportLine report={report} line={Number(search.line)} />}
            <Warnings warnings={warnings} />
            {(report.corrects !== null || isWaiting(report) && report.suspicions.every(({ code }) => code !== 'shifted_columns')) && <ReportDifference report={report} offset={search.difference ?? 0} onOffset={(difference) => change({ difference: difference || undefined })} />}
            {report.errorsTotal > 0 && <ReportErrors report={report} offset={search.errors ?? 0} onOffset={(errors) => change({ errors: errors || undefined })} />}
            {report.state !== 'draft' && <ReportRows report={report} sort={search.sort} onSort={(sort) => change({ sort, offset: undefined })} offset={search.offset ?? 0} onOffset={(offset) => change({ offset: offset || undefined })} />}
          </>
        )}
      </Answered>
    </Stack>
  )
}
