import type { Evidence } from '@lastmile/shared/evidence'
import type { StatementRow, StatementsAnswer } from '@lastmile/shared/statement'
import { queryOptions } from '@tanstack/react-query'
import { getAnswer } from './answer'

const [page, most] = [500, 10_000]

/** What is asked: a line of a report, among the rows that counted on one of these days (with what was known then). */
export interface LineQuestion { report: string; line: number; evidence: Evidence; days: readonly { asOf: string; knownOn?: string | undefined }[] }

/** The row of a report that stands on a line of its file, and where it lies among the report's rows; null where no such row counts. */
export const lineQuery = (list: string, question: LineQuestion) =>
  queryOptions({
    queryKey: [list, 'statements', { findLine: question }] as const,
    queryFn: async ({ signal }): Promise<{ row: StatementRow; asOf: string } | null> => {
      for (const day of question.days) {
        for (let offset = 0; offset < most; offset += page) {
          const answer = await getAnswer<StatementsAnswer>(`/api/lists/${list}/statements`, { report: question.report, evidence: question.evidence, ...day, offset, limit: page }, { signal })
          const row = answer.rows.find((one) => one.line === question.line)
          if (row) return { row, asOf: day.asOf }
          if (offset + page >= answer.page.total) break
        }
      }
      return null
    },
  })
