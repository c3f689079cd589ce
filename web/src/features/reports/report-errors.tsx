import type { Report } from '@lastmile/shared/report'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { reportErrorsQuery } from '../../lib/queries/rows'
import { useWorld } from '../../lib/world'
import { Pagination } from '../../ui/pagination'
import { ErrorsFrame } from './errors-frame'

const limit = 100

/** The errors of a draft, a page of them. */
export function ReportErrors({ report, offset, onOffset }: { report: Report; offset: number; onOffset: (offset: number) => void }) {
  const { list } = useWorld()
  const answer = useQuery({ ...reportErrorsQuery(list.code, report.id, { offset, limit }), placeholderData: keepPreviousData })
  return (
    <ErrorsFrame report={report.id} opens={report.fileOpen} errors={answer.data?.errors ?? []} total={report.errorsTotal} query={answer}>
      {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={onOffset} />}
    </ErrorsFrame>
  )
}
