import type { Role } from './permission.js'
import type { Approval, Approving, ReportState } from './report.js'

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
  /** Whether a correction of it waits under embargo: approved, it would be locked against that. */
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
  if (report.state !== 'accepted') return { refused: 'not_accepted' }
  if (report.correctionWaits) return { refused: 'correction_waits' }
  if (report.sentBy === actor.id) return { refused: 'own' }
  if (actor.role !== 'operator') return { kind: 'own' }
  return report.ofUnit && report.otherOfficers > 0 ? { refused: 'office_approves' } : { kind: 'second' }
}
