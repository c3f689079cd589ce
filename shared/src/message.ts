import { z } from 'zod'
import { belongingOf, type Actor } from './account.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { accountRoles, type AccountRole } from './permission.js'
import { nothing, ownOf, purviewKey, purviewOf, type Belonging, type Purview } from './purview.js'
import { sortBy } from './sort.js'
import { Text } from './text.js'

/*
 * Messages: what the people concerned are told in their inbox. (A *notice* is something else: the letter of a supervision
 * case.) A message says which of a few things has happened, to which report or source, and leads to the page where something
 * can be done about it. It holds codes and days alone, and nothing that its reader could not see on that page: no
 * price, no word that somebody typed, and no figure but how many institutions owe a duty, which mail leaves out. What to do is said in the languages of the screen and of the mail, by its kind.
 */

/** How much it presses. `information`: nothing is to be done. `action`: something is. `urgent`: it is late. */
export const severities = ['information', 'action', 'urgent'] as const
export type Severity = (typeof severities)[number]

/** What a message can be about, how much that presses, and where it leads: `report`, the report; `case`, the supervision case; `request`, the company request; `sources`, who reports of the list, at its source; `send`, sending a report of that source; `bulletin`, a bulletin; `editions`, drugs of an edition, those whose windows end on a day where it names one; `duty`, a dated duty, of an institution or of those of a unit that owe it; `ladder`, the ladder of a drug in a unit, or what waits there; `demand`, what is wanted of a drug in a unit. */
const table = {
  /** To the sender: it does not look right, and waits to be released or returned; he can withdraw it. */
  report_quarantined: { severity: 'action', place: 'report' },
  /** To who releases or returns quarantined reports. */
  report_waits_review: { severity: 'action', place: 'report' },
  report_returned: { severity: 'action', place: 'report' },
  report_released: { severity: 'information', place: 'report' },
  /** To the sender: somebody else, or time, made it count. */
  report_accepted: { severity: 'information', place: 'report' },
  /** To who can approve it. */
  report_waits_approval: { severity: 'action', place: 'report' },
  report_approved: { severity: 'information', place: 'report' },
  report_reopened: { severity: 'action', place: 'report' },
  /** To the office of whose source a report was corrected by somebody of it or for it. */
  report_corrected: { severity: 'information', place: 'report' },
  /** Its embargo has ended, and it counts. */
  report_published: { severity: 'information', place: 'report' },
  /** Its embargo has ended, and it could not be accepted. */
  report_not_published: { severity: 'urgent', place: 'report' },
  /** A machine sent it: nobody has seen the answer. */
  draft_has_errors: { severity: 'action', place: 'report' },
  reminder_before_due: { severity: 'action', place: 'send' },
  reminder_overdue: { severity: 'urgent', place: 'send' },
  /** To who looks after a source's reports: it has not sent one. */
  source_overdue: { severity: 'action', place: 'sources' },
  /** A source is asked to confirm pairs of which kinds of evidence say otherwise than each other. */
  confirmation_asked: { severity: 'action', place: 'contradictions' },
  /** To who subscribes: there is too little, or none, of drugs in units. */
  supply_gap_opened: { severity: 'action', place: 'gaps' },
  /** What was to be reported of drugs in a unit is missing, or old. */
  reporting_gap_opened: { severity: 'action', place: 'gaps' },
  /** One kind of evidence alone says that drugs are there. */
  evidence_gap_opened: { severity: 'action', place: 'gaps' },
  gap_closed: { severity: 'information', place: 'gaps' },
  /** Much fewer institutions stock a drug than some weeks before. */
  coverage_fell: { severity: 'action', place: 'drug' },
  subscribed_overdue: { severity: 'information', place: 'sources' },
  subscribed_quarantine: { severity: 'information', place: 'report' },
  subscribed_case_overdue: { severity: 'information', place: 'case' },
  /** To whom a letter is for. */
  notice_sent: { severity: 'action', place: 'case' },
  notice_due_soon: { severity: 'action', place: 'case' },
  notice_overdue: { severity: 'urgent', place: 'case' },
  notice_withdrawn: { severity: 'information', place: 'case' },
  /** To the office that keeps the case. */
  notice_acknowledged: { severity: 'information', place: 'case' },
  notice_answered: { severity: 'action', place: 'case' },
  case_overdue: { severity: 'action', place: 'case' },
  case_step_due: { severity: 'action', place: 'case' },
  /** To both, whoever did it, or the statements themselves. */
  case_escalated: { severity: 'action', place: 'case' },
  case_closed: { severity: 'information', place: 'case' },
  case_reopened: { severity: 'action', place: 'case' },
  case_comment: { severity: 'information', place: 'case' },
  /** To the office that a company asks, or to which its request was forwarded, or (objected to) the national regulator. */
  company_request_opened: { severity: 'action', place: 'request' },
  company_request_forwarded: { severity: 'action', place: 'request' },
  company_request_objected: { severity: 'action', place: 'request' },
  company_request_due_soon: { severity: 'action', place: 'request' },
  company_request_overdue: { severity: 'urgent', place: 'request' },
  company_request_closed: { severity: 'information', place: 'request' },
  company_request_withdrawn: { severity: 'information', place: 'request' },
  /** To the company that asked, and of a province's office that is late to the regulator. */
  company_request_acknowledged: { severity: 'information', place: 'request' },
  company_request_passed_on: { severity: 'information', place: 'request' },
  company_request_deferred: { severity: 'information', place: 'request' },
  company_request_unanswered: { severity: 'information', place: 'request' },
  company_request_answered: { severity: 'action', place: 'request' },
  /** The day has passed by which it was to be resolved. */
  company_request_promised: { severity: 'action', place: 'request' },
  /** To those whom a bulletin names: they can see their lines, and correct or comment, until it is published. */
  bulletin_preview: { severity: 'action', place: 'bulletin' },
  bulletin_published: { severity: 'information', place: 'bulletin' },
  /** To those who were told of it: it does not hold any more; it is not published then; another took its place before it was. */
  bulletin_withdrawn: { severity: 'information', place: 'bulletin' },
  bulletin_held: { severity: 'information', place: 'bulletin' },
  bulletin_replaced: { severity: 'information', place: 'bulletin' },
  /** To its keepers: somebody commented on a line, or says that it is wrong. */
  bulletin_commented: { severity: 'action', place: 'bulletin' },
  bulletin_answered: { severity: 'information', place: 'bulletin' },
  /** To the institution that has a duty, which it has not said is done. */
  duty_due_soon: { severity: 'action', place: 'duty' },
  duty_overdue: { severity: 'urgent', place: 'duty' },
  /** To the officers of a unit: how many of its institutions have not. */
  unit_duty_due_soon: { severity: 'action', place: 'duty' },
  unit_duty_overdue: { severity: 'urgent', place: 'duty' },
  /** To a province: a company says something of a rung there, and it is to be confirmed. */
  ladder_fact_entered: { severity: 'action', place: 'ladder' },
  /** To the company that entered it. */
  ladder_fact_confirmed: { severity: 'information', place: 'ladder' },
  ladder_fact_refused: { severity: 'action', place: 'ladder' },
  window_ends_soon: { severity: 'action', place: 'editions' },
  /** To the company of a drug in the course of an edition: the regulator stated a stage of it, or said one otherwise. */
  candidacy_stated: { severity: 'information', place: 'editions' },
  /** To the officers of a unit and the company of a drug, once a day: it is wanted there; and to a city's, where an institution of it wants it. Settled once nothing of that day is wanted any more. */
  demand_registered: { severity: 'action', place: 'demand' },
} as const satisfies Record<string, { severity: Severity; place: 'editions' | 'report' | 'sources' | 'send' | 'contradictions' | 'gaps' | 'drug' | 'case' | 'request' | 'bulletin' | 'duty' | 'ladder' | 'demand' }>

export const messageKinds = Object.keys(table) as (keyof typeof table)[]
export const MessageKind = z.enum(messageKinds)
export type MessageKind = z.infer<typeof MessageKind>

/** How much a kind of message presses. */
export function severityOf(kind: MessageKind): Severity {
  return table[kind].severity
}

/** The kind of page to which a kind of message leads. */
export function placeKindOf(kind: MessageKind): (typeof table)[MessageKind]['place'] {
  return table[kind].place
}

/** What a message is about: codes and days, as far as its kind has them. */
export const MessageSubject = z.strictObject({
  /** Code of a report. */
  report: z.string().optional(),
  /** A month, week (`2026-W07`) or day. */
  period: z.string().max(20).optional(),
  /** Earlier periods of the source that are missing too. */
  alsoMissing: z.array(z.string().max(20)).optional(),
  asOf: Day.optional(),
  /** The day on which something is, or was, due. */
  dueOn: Day.optional(),
  drug: z.string().optional(),
  region: z.string().optional(),
  institution: z.string().optional(),
  /** Of which contradictions. */
  set: z.string().max(40).optional(),
  /** Of which drugs and units, under which kind of evidence. */
  drugs: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
  evidence: Evidence.optional(),
  /** Code of a supervision case, and of a letter of it. */
  case: z.string().max(40).optional(), notice: z.string().max(40).optional(),
  /** Code of a company request. */
  request: z.string().max(40).optional(),
  /** Code of a bulletin; and of an edition that stands beside others, whose windows end on `dueOn`. */
  bulletin: z.string().max(40).optional(), edition: z.string().max(80).optional(),
  /** Code of a dated duty; and of the institutions of a unit that have it, how many owed it when this was told. */
  duty: z.string().max(100).optional(),
  owed: z.strictObject({ all: z.int(), not_reported: z.int(), not_convened: z.int() }).optional(),
})
export type MessageSubject = z.infer<typeof MessageSubject>

/** Whom a message is for: everybody of a role and of what it is of (a unit's officers, a company), or one account, whatever it is (or as long as it is what it is now). */
export type Address = { account: string; as?: Belonging } | ({ role: AccountRole } & Partial<Record<'unit' | 'city' | 'company' | 'insurer' | 'institution', string | null>>)

/** An address as it is kept, and compared with {@link addressesOf} whoever reads. @throws Error where a role is of something that is not said */
export function addressKey(address: Address): string {
  if ('account' in address) return address.as ? asKey(address.account, address.as) : `account:${address.account}`
  const lacking = belongingOf(address.role).find((one) => !address[one])
  if (lacking !== undefined) throw new Error(`a message to a ${address.role} names its ${lacking}`)
  return roleKey({ ...noBelonging, ...ofRole(address) })
}

/** The addresses at which somebody is found now: his account, and his role with what he is of. Who looks as another, or through a key, has none. */
export function addressesOf(actor: Pick<Actor, 'kind' | 'id' | 'role' | 'preview'> & Belonging): string[] {
  if (actor.kind !== 'account' || actor.preview || !isAccountRole(actor.role)) return []
  return [`account:${actor.id}`, roleKey(actor), asKey(actor.id, actor)]
}

function asKey(account: string, as: Belonging): string {
  return `account:${account} as ${roleKey(as)}`
}

const noBelonging = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, source: null }

function ofRole(address: Exclude<Address, { account: string }>) {
  return { role: address.role, ...Object.fromEntries(belongingOf(address.role).map((one) => [one, address[one]!])) }
}

function roleKey(one: Belonging): string {
  const own = ownOf(one)
  return own.of === 'nothing' ? one.role : `${one.role}:${purviewKey(own)}`
}

function isAccountRole(role: string): role is AccountRole {
  return (accountRoles as readonly string[]).includes(role)
}

/** Who reads messages: where they find him, and what he may see of those about a source. */
export interface MessageReader {
  account: string
  addresses: readonly string[]
  /** The one list he is concerned with; null: any. */
  list: string | null
  /** Of whose sources he may hear. */
  sources: Purview
}

/** Somebody as a reader of messages, by what he is now: one who has become of another office hears no more of the former. */
export function messageReader(actor: Pick<Actor, 'kind' | 'id' | 'preview'> & Belonging): MessageReader {
  const addresses = addressesOf(actor)
  return { account: actor.id, addresses, list: actor.list, sources: addresses.length === 0 ? nothing : purviewOf(actor, 'source.read', actor.list ?? '') }
}

/** A message as its reader sees it. */
export const Message = z.strictObject({
  id: z.string(),
  kind: MessageKind,
  list: z.string(),
  /** The source that it is about, where it is about one. */
  source: z.string().nullable(),
  sourceName: Text.nullable(),
  subject: MessageSubject,
  /** What the drugs and units of the subject are called, in its order, its duty, and its edition; the number of its bulletin. */
  names: z.strictObject({ drugs: z.array(Text), regions: z.array(Text), duty: Text.nullable(), edition: Text.nullable(), bulletin: Text.nullable() }),
  at: Instant,
  /** When this reader said that he has seen it; null: not yet. */
  acknowledgedAt: Instant.nullable(),
  /** When what it asked for was done, by whomever; null: it was not, or it asks for nothing. */
  settledAt: Instant.nullable(),
  /** Whether he has muted its kind or source: it is not counted, and not mailed. */
  muted: z.boolean(),
})
export type Message = z.infer<typeof Message>

export const messageStates = ['open', 'acknowledged', 'muted'] as const

/** By what messages can be ordered: kinds as {@link messageKinds} has them, sources by code. */
export const messageOrders = ['at', 'kind', 'source'] as const
export type MessageOrder = (typeof messageOrders)[number]

/** Which messages: `open`, neither acknowledged, settled nor muted; `acknowledged`, acknowledged or settled; `muted`, muted, and else open. */
export const MessagesQuestion = z.object({
  state: z.enum(messageStates).optional(), kind: MessageKind.optional(), list: z.string().max(200).optional(), source: z.string().max(200).optional(), sort: sortBy(messageOrders).optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type MessagesQuestion = z.infer<typeof MessagesQuestion>

/** Messages, a page of them, and how many of all are open. */
export const MessagesAnswer = z.strictObject({ messages: z.array(Message), page: Page, open: z.int() })
export type MessagesAnswer = z.infer<typeof MessagesAnswer>

/** How many messages are open: neither acknowledged, settled nor muted; and how many of those are urgent. */
export const OpenMessagesAnswer = z.strictObject({ open: z.int(), urgent: z.int() })
export type OpenMessagesAnswer = z.infer<typeof OpenMessagesAnswer>

/** Which messages are acknowledged: those named, or (`all`) every open one, of a kind or of any. */
export const Acknowledging = z.union([
  onlyFields({ messages: z.array(z.string().max(40)).min(1).max(500) }),
  onlyFields({ all: z.literal(true), kind: MessageKind.optional(), upTo: Instant }),
])
export type Acknowledging = z.infer<typeof Acknowledging>

/** What is muted: a kind of message, or all about a source. */
export const Mute = z.union([onlyFields({ kind: MessageKind }), onlyFields({ list: z.string().max(200), source: z.string().max(200) })])
export type Mute = z.infer<typeof Mute>

/** When mail is sent of messages: never, once a day of all that are new, or as they come. */
export const mailings = ['off', 'daily', 'at_once'] as const
export const Mailing = z.enum(mailings)
export type Mailing = z.infer<typeof Mailing>

/** In which language mail is written; null: in both, Chinese first. */
export const MessageSettings = onlyFields({ mail: Mailing, language: z.enum(['zh', 'en']).nullable() })
export type MessageSettings = z.infer<typeof MessageSettings>

/** One's own settings of messages. `mailTo`: where mail goes; null where this server sends none, or none to this account. */
export const MessageSettingsAnswer = z.strictObject({ mail: Mailing, language: z.enum(['zh', 'en']).nullable(), mailTo: z.string().nullable(), mutes: z.array(z.union([z.strictObject({ kind: MessageKind }), z.strictObject({ list: z.string(), source: z.string(), sourceName: Text })])) })
export type MessageSettingsAnswer = z.infer<typeof MessageSettingsAnswer>
