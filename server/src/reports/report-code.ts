import { createHash } from 'node:crypto'
import type { Database } from '@lastmile/db/database'
import { isReport } from '@lastmile/db/query/reports'
import type { Instant } from '@lastmile/shared/day'

/** What makes a report the report it is. */
export interface ReportIdentity {
  list: string
  source: string
  slot: string
  sha256: string
  at: Instant
  draft: boolean
}

/**
 * A report's public code: sixteen hexadecimal digits of what it is. The same submission accepted at the same instant
 * has the same code, so that a kept file accepted again at start is the same report.
 */
export async function reportCode(db: Database, identity: ReportIdentity): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const { list, source, slot, sha256, at, draft } = identity
    const code = createHash('sha256').update([list, source, slot, sha256, at, draft ? `draft ${attempt}` : ''].join('\n')).digest('hex').slice(0, 16)
    // Two drafts of one file at one held instant differ by their attempt.
    if (!draft || !(await isReport(db, code))) return code
  }
}

