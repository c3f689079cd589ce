import { z } from 'zod'

/**
 * Who may do what. The one table: the server asks it at every route, the screens offer what it allows, and the document
 * of the API names the action of each operation.
 */

/** `public` is whoever has not said who he is, `unproven` who has and must set up his second factor first, `machine` a key of one source, `command` who knows the secret of the data folder. */
export const roles = [
  'public', 'unproven', 'reader', 'operator', 'system_administrator', 'security_administrator', 'auditor',
  'province_officer', 'city_officer', 'company', 'insurer', 'institution', 'machine', 'command',
] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** The roles an account can have. An account has one: so the three duties of administrators stay apart. */
export const accountRoles = ['reader', 'operator', 'system_administrator', 'security_administrator', 'auditor', 'province_officer', 'city_officer', 'company', 'insurer', 'institution'] as const
export const AccountRole = z.enum(accountRoles)
export type AccountRole = z.infer<typeof AccountRole>

/** Who works for the regulator or a province: their accounts need a second factor. */
export const staffRoles: readonly Role[] = ['reader', 'operator', 'system_administrator', 'security_administrator', 'auditor', 'province_officer', 'city_officer']

/** `all`: everything of it. `own`: what is of the actor's unit, city, company, institution or source. */
export type Reach = 'all' | 'own'

type Permissions = Partial<Record<Role, Reach>>

const everybody: Permissions = Object.fromEntries(roles.map((role) => [role, 'all'])) as Permissions
const accounts: Permissions = Object.fromEntries(accountRoles.map((role) => [role, 'own'])) as Permissions

const table = {
  /** Health, readiness, the document of the API, the front end. Also where the public is shut out. */
  'system.read': everybody,
  /** Signing in and out, setting up, taking up an invitation, asking who one is. Also where the public is shut out. */
  'session.use': everybody,

  /** Lists, drugs, companies, regions. */
  'list.read': everybody,
  /** All that is counted. */
  'coverage.read': everybody,
  'institution.read': everybody,
  /** The rows behind a number: drug, institution, state, kind of evidence, day. */
  'statement.read': everybody,
  /** Customised insurance plans, and the drugs that they name. */
  'plan.read': everybody,
  'plan.keep': { insurer: 'own' },
  /** Editions of lists side by side, and the drugs in the course of each that were published. */
  'candidacy.read': everybody,
  /** Those too that were not: a company its own. */
  'candidacy.follow': { reader: 'all', operator: 'all', company: 'own', command: 'all' },
  /** Stating what is known of them: a company that it applied, the regulator every stage. */
  'candidacy.keep': { operator: 'all', company: 'own' },
  /** Bulletins that were published; before that, those that one keeps, and one's own lines of those that name one. */
  'bulletin.read': everybody,
  /** Drafting, keeping, publishing and withdrawing bulletins: national ones, or a province's own. */
  'bulletin.keep': { operator: 'all', province_officer: 'own' },
  /** Seeing one's own lines of a bulletin before it is published, and commenting on them; its keeper answers. */
  'bulletin.comment': { operator: 'all', province_officer: 'own', company: 'own' },
  /** What a row says beside: reason, days to get it, quantity. */
  'statement.detail': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', command: 'all' },

  /** Who reports, and who is late. */
  'source.read': { reader: 'all', operator: 'all', system_administrator: 'all', security_administrator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', machine: 'own', command: 'all' },
  'report.read': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', machine: 'own', command: 'all' },
  /** The file as it was sent; it may carry prices. */
  'report.file': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', machine: 'own', command: 'all' },
  'report.send': { operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', machine: 'own', command: 'all' },
  'report.approve': { operator: 'all', province_officer: 'own' },
  /** Releasing or returning what waits in quarantine or for approval. */
  'report.review': { operator: 'all', province_officer: 'own' },
  'report.reopen': { operator: 'all' },

  /** Where kinds of evidence speak against each other, as a list to work through: whose turn it is, and who was asked. What each kind says of a pair is everybody's. */
  'contradiction.read': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', command: 'all' },
  /** Asking a source to confirm. */
  'contradiction.ask': { operator: 'all', province_officer: 'own', city_officer: 'own' },

  /** Planning where else a drug should be had: of one's own drugs, or of one's own unit or city. What it rests on is everybody's; a plan takes a processor for seconds, and is for who can act on it. */
  'planner.ask': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', command: 'all' },

  /** What a province has done of what is asked of it: its own, beside the bands of others. */
  'scorecard.read': { reader: 'all', operator: 'all', province_officer: 'own', command: 'all' },

  /** Deciding what counts as covered. What it is, since when and why, is everybody's. */
  'standard.keep': { operator: 'all' },
  /** Dated duties of institutions: who has convened the committee, and what it decided of each drug. */
  'duty.read': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', institution: 'own', command: 'all' },
  'duty.answer': { operator: 'all', province_officer: 'own', institution: 'own' },

  /** Supervision cases: an office its own, whoever a letter is for that letter. */
  'case.read': { reader: 'all', operator: 'all', province_officer: 'own', company: 'own', command: 'all' },
  /** Opening, sending, closing, escalating, and commenting as the office. */
  'case.keep': { operator: 'all', province_officer: 'own' },
  /** Acknowledging and answering a letter: its addressee, or for him the office that keeps the case. */
  'notice.answer': { operator: 'all', province_officer: 'own', company: 'own' },

  /** What companies ask of offices: a company its own, a province what was asked of its office. */
  'company_request.read': { reader: 'all', operator: 'all', province_officer: 'own', company: 'own', command: 'all' },
  /** Opening and withdrawing a request, and closing or objecting to what was answered. */
  'company_request.open': { company: 'own' },
  /** Acknowledging, answering, forwarding and putting off, as the office that has it. */
  'company_request.answer': { operator: 'all', province_officer: 'own' },
  /** Sending a file that goes with such a step. */
  'company_request.attach': { operator: 'all', province_officer: 'own', company: 'own' },

  /** How a company's drugs stand and what it does best next: a company its own, whoever works for the national regulator each. What is another company's is in none of it. */
  'progress.read': { reader: 'all', operator: 'all', company: 'own', command: 'all' },
  /** Having it remembered that one has looked. */
  'progress.visit': { reader: 'all', operator: 'all', company: 'own' },

  /** The ladder of the last mile: what is known of each rung of a drug in a unit. */
  'ladder.read': everybody,
  /** Of what companies entered: notes, what was refused, and why. A company its own, a province what names it. */
  'ladder.detail': { reader: 'all', operator: 'all', province_officer: 'own', company: 'own', command: 'all' },
  /** Entering, changing and withdrawing facts: a company of its own drugs, a province of itself. */
  'ladder.enter': { operator: 'all', province_officer: 'own', company: 'own' },
  /** Confirming or refusing what a company entered. */
  'ladder.confirm': { operator: 'all', province_officer: 'own' },

  /** That a drug is wanted: an institution what it registered itself, a province its own unit's, a city what its institutions registered, a company its drugs'. */
  'demand.read': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own', command: 'all' },
  /** Registering it, and withdrawing it: an institution for itself, a patient's doctor without an account. */
  'demand.register': { public: 'all', institution: 'own' },

  'price.retail': { reader: 'all', operator: 'all', province_officer: 'own', institution: 'own' },
  'price.settlement': { reader: 'all', operator: 'all', company: 'own' },
  'price.enter': { operator: 'all' },
  /** Spread between kinds of institutions, and what stands out. */
  'price.monitor': { reader: 'all', operator: 'all' },

  /** One's own account: password, second factor, sessions. */
  'account.own': { ...accounts, unproven: 'own' },
  /** What one is told in one's inbox, and how. */
  'message.own': accounts,
  /** Of which changes one wants to hear without looking. One is told of one's own alone. */
  'subscription.own': { reader: 'all', operator: 'all', province_officer: 'own', city_officer: 'own', company: 'own', institution: 'own' },
  /** Who subscribes to what. */
  'subscription.read': { operator: 'all' },
  'account.manage': { security_administrator: 'all' },
  'key.manage': { security_administrator: 'all' },
  /** Reports that the server fetches itself: from where, when, and what became of them. */
  'feed.read': { reader: 'all', operator: 'all', system_administrator: 'all' },
  'feed.manage': { system_administrator: 'all' },
  /** Looking at the screens as another role, without its prices. */
  'account.see_as': { system_administrator: 'all', security_administrator: 'all' },
  'audit.read': { auditor: 'all' },

  /** What commands on the server's machine do: load, verify, recount, copy. */
  'command.run': { command: 'all' },
} satisfies Record<string, Permissions>

export type Action = keyof typeof table
export const actions = Object.keys(table) as Action[]

/** Who acts, as far as permissions ask. */
export interface Acting {
  role: Role
  /** Set while an administrator looks as another: he sees no prices and no files, and changes nothing. */
  preview?: { by: string } | null
}

/** What a preview shows. */
const shownInPreview: readonly Action[] = ['system.read', 'session.use', 'list.read', 'coverage.read', 'institution.read', 'statement.read', 'plan.read', 'ladder.read', 'candidacy.read', 'candidacy.follow', 'bulletin.read', 'statement.detail', 'source.read', 'progress.read', 'report.read', 'contradiction.read', 'duty.read']

/** What an actor may do of an action: everything, his own, or (null) nothing: for him it does not exist. */
export function can(actor: Acting, action: Action): Reach | null {
  if (actor.preview && !shownInPreview.includes(action)) return null
  return (table[action] as Permissions)[actor.role] ?? null
}

/** What the public may do where it is shut out: find the door. */
export const openToEverybody: readonly Action[] = ['system.read', 'session.use']
