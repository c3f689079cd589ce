import { z } from 'zod'
import { Actor } from './account.js'
import { Format } from './basis.js'
import { Instant } from './day.js'
import { Page } from './page.js'

/** What is noted: every change, sign-in, refusal, look at a price, and export. */
export const auditActions = [
  'session.sign_in', 'session.sign_out', 'session.second_factor', 'session.set_up', 'session.take_up', 'session.see_as', 'session.see_as_end',
  'account.create', 'account.change', 'account.invite', 'account.password', 'account.second_factor', 'account.sessions_revoke',
  'key.create', 'key.revoke',
  'feed.create', 'feed.change', 'feed.end', 'feed.run', 'feed.stop',
  'report.accept', 'report.nil', 'report.draft', 'report.embargo', 'report.quarantine', 'report.submit', 'report.release', 'report.return', 'report.approve', 'report.reopen', 'report.withdraw', 'report.file',
  'price.retail_view', 'price.settlement_view', 'price.monitor_view', 'price.settlement_enter',
  'contradiction.ask',
  'subscription.create', 'subscription.change', 'subscription.end',
  'case.open', 'case.draft', 'case.escalate', 'case.check', 'case.close', 'case.reopen', 'case.comment', 'case.file',
  'notice.change', 'notice.send', 'notice.acknowledge', 'notice.answer', 'notice.withdraw', 'notice.attach',
  'company_request.open', 'company_request.attach', 'company_request.file', 'company_request.acknowledge', 'company_request.answer', 'company_request.forward', 'company_request.defer', 'company_request.withdraw', 'company_request.close', 'company_request.object',
  'ladder_fact.enter', 'ladder_fact.change', 'ladder_fact.withdraw', 'ladder_fact.confirm', 'ladder_fact.refuse', 'ladder_fact.import',
  'plan.create', 'plan.change', 'plan.end',
  'standard.change', 'standard.release', 'duty.answer', 'duty.withdraw',
  'bulletin.keep', 'bulletin.embargo', 'bulletin.hold', 'bulletin.publish', 'bulletin.withdraw', 'bulletin.comment',
  'export', 'request.refused',
  'command.load_edition', 'command.load_master', 'command.rebuild', 'command.backup', 'command.restore', 'audit.retention', 'audit.read',
] as const
export const AuditAction = z.enum(auditActions)
export type AuditAction = z.infer<typeof AuditAction>

/** Something that was done or refused, as it is noted. `before` and `after` are what changed; never a price, a password or a key. */
export const AuditEvent = z.strictObject({
  action: AuditAction,
  outcome: z.enum(['done', 'refused']),
  actor: Actor.shape.id,
  actorName: z.string(),
  role: Actor.shape.role,
  /** What the actor is of, as `purviewKey` names it. */
  purview: z.string(),
  /** Who looks, where an administrator looks as another. */
  previewedBy: z.string().nullable(),
  requestId: z.string().nullable(),
  list: z.string().nullable(),
  /** What it was done to: a report, account, key, drug; or the route that was refused. */
  object: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/** Who did it, as an event says. Plain data: it goes with a report into other threads. */
export type AuditBy = Pick<AuditEvent, 'actor' | 'actorName' | 'role' | 'purview' | 'previewedBy' | 'requestId'>

/** An entry: an event with its number, instant and the hash that ties it to the one before. */
export const AuditEntry = AuditEvent.extend({ seq: z.int(), at: Instant, hash: z.string() })
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuestion = z.object({
  from: Instant.optional(), to: Instant.optional(), actor: z.string().max(200).optional(), action: AuditAction.optional(), outcome: z.enum(['done', 'refused']).optional(),
  list: z.string().max(200).optional(), requestId: z.string().max(64).optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type AuditQuestion = z.infer<typeof AuditQuestion>

/** Entries, the latest first. `firstSeq`: older ones were let go after the time for which they are kept. */
export const AuditAnswer = z.strictObject({ entries: z.array(AuditEntry), page: Page, firstSeq: z.int() })
export type AuditAnswer = z.infer<typeof AuditAnswer>
