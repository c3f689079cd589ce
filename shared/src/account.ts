import { z } from 'zod'
import { Instant } from './day.js'
import { onlyFields } from './only-fields.js'
import { AccountRole, Role } from './permission.js'
import { words } from './words.js'

/** What an account is of. Which of them a role needs says {@link belongingOf}. */
const code = words(80).nullable().default(null)
const belonging = {
  list: code, unit: code, city: code, company: code,
  /** The code under which it keeps its plans: no list of insurers says which there are. */
  insurer: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters and digits, with hyphens between them').max(80).nullable().default(null),
  institution: code,
  /** The firm that acts for the company, where it is not the company itself. */
  agent: words(200).nullable().default(null),
}

/** Who acts: what a session, a key or a command stands for. */
export const Actor = z.strictObject({
  kind: z.enum(['public', 'account', 'key', 'command']),
  /** Of an account or a key; else the kind again. The audit names it so. */
  id: z.string(),
  name: z.string(),
  role: Role,
  list: z.string().nullable(),
  unit: z.string().nullable(),
  city: z.string().nullable(),
  company: z.string().nullable(),
  insurer: z.string().nullable(),
  institution: z.string().nullable(),
  source: z.string().nullable(),
  /** Set while an administrator looks as another: who he is. */
  preview: z.strictObject({ by: z.string() }).nullable(),
})
export type Actor = z.infer<typeof Actor>

/** Whoever has not said who he is. */
export const thePublic: Actor = { kind: 'public', id: 'public', name: 'public', role: 'public', list: null, unit: null, city: null, company: null, insurer: null, institution: null, source: null, preview: null }

/** A command on the server's machine. */
export const theCommand: Actor = { ...thePublic, kind: 'command', id: 'command', name: 'command', role: 'command' }

/** Which of an account's belongings a role must have; the others must be empty. */
export function belongingOf(role: AccountRole): readonly ('unit' | 'city' | 'company' | 'insurer' | 'institution')[] {
  switch (role) {
    case 'province_officer': return ['unit']
    case 'city_officer': return ['unit', 'city']
    case 'company': return ['company']
    case 'insurer': return ['insurer']
    case 'institution': return ['institution']
    default: return []
  }
}

/** As whom an administrator looks. */
export const SeenAs = onlyFields({ role: AccountRole, ...belonging })
export type SeenAs = z.infer<typeof SeenAs>

/** Long enough that guessing is hopeless; what it must be made of is not prescribed. */
export const Password = z.string().min(12, 'at least 12 characters').max(128, 'at most 128 characters')
const Email = z.email('an e-mail address').max(254).transform((text) => text.toLowerCase())
const Name = words(200)

export const SignIn = onlyFields({ email: z.string().max(254), password: z.string().max(128) })
export type SignIn = z.infer<typeof SignIn>
/** A code of the authenticator application, or one of the codes for the day it is lost. */
export const SecondFactorCode = onlyFields({ code: z.string().trim().min(6).max(40), kind: z.enum(['application', 'backup']).default('application') })
export type SecondFactorCode = z.infer<typeof SecondFactorCode>
export const SetUp = onlyFields({ code: z.string().trim().max(200), name: Name, email: Email, password: Password })
export type SetUp = z.infer<typeof SetUp>
export const TakeUp = onlyFields({ code: z.string().trim().max(200), password: Password })
export type TakeUp = z.infer<typeof TakeUp>
export const PasswordChange = onlyFields({ current: z.string().max(128), next: Password })
export type PasswordChange = z.infer<typeof PasswordChange>
export const WithPassword = onlyFields({ password: z.string().max(128) })
export type WithPassword = z.infer<typeof WithPassword>

/** An account as its office sees it. */
export const Account = z.strictObject({
  id: z.string(), version: z.int(), name: z.string(), email: z.string(), role: AccountRole, ...belonging,
  /** `on`: asked at every sign-in. `missing`: it must be set up before anything else. `not_needed`: this role may do without. */
  secondFactor: z.enum(['on', 'missing', 'not_needed']),
  /** `invited`: it has no password yet. `locked`: too many wrong passwords, for a while. */
  state: z.enum(['active', 'invited', 'locked', 'disabled']),
  demonstration: z.boolean(),
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
})
export type Account = z.infer<typeof Account>

export const NewAccount = onlyFields({ name: Name, email: Email, role: AccountRole, ...belonging })
export type NewAccount = z.infer<typeof NewAccount>
export const AccountChange = onlyFields({ name: Name, role: AccountRole, ...belonging, disabled: z.boolean() })
export type AccountChange = z.infer<typeof AccountChange>

export const AccountsAnswer = z.strictObject({ accounts: z.array(Account) })
export type AccountsAnswer = z.infer<typeof AccountsAnswer>
/** An account and the code with which its owner sets a password. The code is shown this once and holds until then. */
export const InvitationAnswer = z.strictObject({ account: Account, invitation: z.strictObject({ code: z.string(), expiresAt: Instant }) })
export type InvitationAnswer = z.infer<typeof InvitationAnswer>

/** Who one is, and how one can sign in. */
export const SessionAnswer = z.strictObject({
  actor: Actor,
  account: Account.nullable(),
  /** What is still to be done before anything else: give the second factor, or set one up. */
  next: z.enum(['second_factor', 'set_up_second_factor']).nullable(),
  /** True where whoever comes may look at what is public. */
  publicMayLook: z.boolean(),
  /** True until there is a first administrator. */
  needsSetUp: z.boolean(),
  /** What the button of the single sign-on says; null where there is none. */
  singleSignOn: z.string().nullable(),
  /** The accounts of the demonstration; none anywhere else. */
  demonstrationAccounts: z.array(z.strictObject({ id: z.string(), name: z.string(), role: AccountRole, unit: z.string().nullable(), city: z.string().nullable(), company: z.string().nullable(), institution: z.string().nullable() })),
})
export type SessionAnswer = z.infer<typeof SessionAnswer>

/** One's own account, and where it is signed in. */
export const OwnAccountAnswer = z.strictObject({
  account: Account,
  hasPassword: z.boolean(),
  sessions: z.array(z.strictObject({ id: z.string(), current: z.boolean(), createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant, agent: z.string() })),
})
export type OwnAccountAnswer = z.infer<typeof OwnAccountAnswer>

/** The secret of a second factor, shown this once: as the address that an application reads, and as codes for the day it is lost. */
export const SecondFactorAnswer = z.strictObject({ uri: z.string(), secret: z.string(), backupCodes: z.array(z.string()) })
export type SecondFactorAnswer = z.infer<typeof SecondFactorAnswer>

/** A machine's key to one source. */
export const ApiKey = z.strictObject({
  code: z.string(), name: z.string(), list: z.string(), source: z.string(), createdAt: Instant, createdBy: z.string(),
  expiresAt: Instant, revokedAt: Instant.nullable(), lastUsedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>
export const NewApiKey = onlyFields({ name: Name, list: z.string(), source: z.string(), expiresAt: Instant })
export type NewApiKey = z.infer<typeof NewApiKey>
export const ApiKeysAnswer = z.strictObject({ keys: z.array(ApiKey) })
export type ApiKeysAnswer = z.infer<typeof ApiKeysAnswer>
/** A new key, shown this once. */
export const ApiKeyAnswer = z.strictObject({ key: ApiKey, secret: z.string() })
export type ApiKeyAnswer = z.infer<typeof ApiKeyAnswer>
