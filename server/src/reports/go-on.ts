import type { ReportRow } from '@lastmile/db/query/reports'
import type { ReportState } from '@lastmile/shared/report'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { resubmission, type Decided } from './resubmission.js'
import type { Submission } from './submission.js'
import { submitReport } from './submit-report.js'

/**
 * Lets a waiting report go on, of which somebody decided: it counts now, or waits for the next thing. Answers what it is.
 * @throws Refusal 409 where somebody was quicker, its place was taken meanwhile, or its file is gone; 412 where the version that it corrects is not the last any more
 */
export async function goOn(services: Services, list: string, report: ReportRow, changes: Decided): Promise<ReportState> {
  const { receipt } = await submitReport(services, await submissionOf(services, list, report, changes))
  // The masters may have changed since it came: then it has errors now.
  return receipt.outcome === 'row_errors' || receipt.outcome === 'rejected' ? 'draft' : receipt.outcome
}

async function submissionOf(services: Services, list: string, report: ReportRow, changes: Decided): Promise<Submission> {
  try {
    return await resubmission(services, list, report, null, changes)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    services.log.error({ report: report.id, err: error }, 'the file of a waiting report is gone')
    throw new Refusal(409, 'report.file_gone', 'Its file is not there any more. Return it, and have it sent again.', { report: report.id })
  }
}
