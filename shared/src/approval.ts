import type { Role } from './permission.js'
import type { Approval, Approving, ReportState, Reviewing } from './report.js'
import { holdsBack, type Suspicion } from './suspicion.js'

/** What an approval is decided by. */
export interface ToApprove {
  state: ReportState
  approved: boolean
  /** Who sent it, as the audit names him; null for a command. */
  sentBy: string | null
  /** Whether a province's (or the Corps') office sends it. */
  ofUnit: boolean
  /** Officers of that office, other than the sender, who could approve. */
  otherOfficers: number
  /** Whether a correction of it waits: approved, it would be locked against that. */
  correctionWaits: boolean
}

/** Why a report cannot be approved by somebody. */
export type ApprovalRefusal = Exclude<Approving, 'yes'>

/**
 * By what an actor approves a report, or why he cannot. Nobody approves his own. A province's report is approved by
 * another of its officers; where it has none, and for everybody else's reports, a national operator gives the second signature.
 */
export function approvalOf(report: ToApprove, actor: { id: string; role: Role }): { kind: Approval } | { refused: ApprovalRefusal } {
  if (report.approved) return { refused: 'approved' }
  if (report.state !== 'accepted' && report.state !== 'submitted') return { refused: 'not_accepted' }
  if (report.correctionWaits) return { refused: 'correction_waits' }
  if (report.sentBy === actor.id) return { refused: 'own' }
  if (actor.role !== 'operator') return { kind: 'own' }
  return report.ofUnit && report.otherOfficers > 0 ? { refused: 'office_approves' } : { kind: 'second' }
}

/**
 * What an actor may decide of a report that waits, or null where nothing is to be decided. Nobody decides of his own: he may
 * take it back. What stands in the wrong columns can only be returned: released, it would count what it does not say.
 */
export function reviewOf({ state, sentBy, suspicions }: { state: ReportState; sentBy: string | null; suspicions: readonly Suspicion[] }, actor: { id: string }): Reviewing | null {
  if (state !== 'quarantined' && state !== 'submitted') return null
  if (sentBy === actor.id) return 'own'
  return state === 'submitted' || suspicions.some((one) => one.code === 'shifted_columns' && holdsBack(one)) ? 'return' : 'release_or_return'
}
