import type { Database } from '@lastmile/db/database'
import { otherOfficers } from '@lastmile/db/query/accounts'
import type { ListRow } from '@lastmile/db/query/lists'
import { findReport, type ReportRow } from '@lastmile/db/query/reports'
import type { Actor } from '@lastmile/shared/account'
import { approvalOf } from '@lastmile/shared/approval'
import { waitingStates } from '@lastmile/shared/report'
import { everything } from '@lastmile/shared/purview'

/** By what an actor approves a report now, or why he cannot. That approving is his at all is looked at before. */
export async function decideApproval(db: Database, list: ListRow, { state, approval, sentBy, unit, sourceId, slot }: ReportRow, actor: Actor): Promise<ReturnType<typeof approvalOf>> {
  const others = unit === null ? 0 : await otherOfficers(db, list.code, unit, sentBy)
  const correctionWaits = state === 'accepted' && (await findReport(db, { listId: list.id, purview: everything, sourceId, slot, state: waitingStates })) !== null
  return approvalOf({ correctionWaits, state, approved: approval !== null, sentBy, ofUnit: unit !== null, otherOfficers: others }, actor)
}
