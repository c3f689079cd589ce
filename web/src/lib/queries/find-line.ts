import type { Evidence } from '@lastmile/shared/evidence'
import type { StatementRow } from '@lastmile/shared/statement'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'

/** What is asked: a line of a report, as it counted on one of these days (with what was known then). */
export interface LineQuestion { report: string; line: number; evidence: Evidence; days: readonly { asOf: string; knownOn?: string | undefined }[] }

/** The row of a report that stands on a line of its file; null where no such row counts on any of the days. */
export const lineQuery = (list: string, question: LineQuestion) =>
  queryOptions({
    queryKey: [list, 'statements', { findLine: question }] as const,
    queryFn: async ({ signal }): Promise<{ row: StatementRow; asOf: string } | null> => {
      const { report, line, evidence, days } = question
      for (const day of days) {
        const answer = await answerTo(lists[':list'].statements.$get({ param: { list }, query: asQuery({ report, line, evidence, ...day }) }, { init: { signal } }))
        const [row] = answer.rows
        if (row) return { row, asOf: day.asOf }
      }
      return null
    },
  })
