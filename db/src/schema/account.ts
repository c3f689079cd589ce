import { boolean, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Role } from '@lastmile/shared/permission'
import type { SeenAs } from '@lastmile/shared/account'

/*
 * Accounts, as better-auth keeps them (`authStore` in `accounts/auth-store.ts` says which of its tables is which): it
 * names the columns and writes most of them, with dates that are `Date`s. What is ours stands at the end of each.
 */

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Somebody who may sign in, and what belongs to him: his role, and the unit, city, company, insurer or institution he is of. */
export const account = pgTable('account', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  twoFactorEnabled: boolean('two_factor_enabled').default(false),
  role: text('role').$type<Role>().notNull(),
  /** The one list he is concerned with; null: every list that has what he is of. */
  list: text('list'),
  unit: text('unit'),
  city: text('city'),
  company: text('company'),
  insurer: text('insurer'),
  institution: text('institution'),
  /** The firm that acts for the company, where it is not the company itself. */
  agent: text('agent'),
  disabledAt: moment('disabled_at'),
  lastSeenAt: moment('last_seen_at'),
  /** Moves with what an administrator changes of it. */
  version: integer('version').notNull().default(1),
  /** Wrong passwords in a row, and until when no other is tried. */
  failedSignIns: integer('failed_sign_ins').notNull().default(0),
  lockedUntil: moment('locked_until'),
  /** Of the demonstration: whoever comes may sign in as this account without a password. */
  demonstration: boolean('demonstration').notNull().default(false),
})

export const accountSession = pgTable('account_session', {
  id: text('id').primaryKey(),
  token: text('token').notNull().unique(),
  userId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  signedInBy: text('signed_in_by').$type<'password' | 'single_sign_on' | 'demonstration'>(),
  /** As whom an administrator looks for now. */
  seenAs: jsonb('seen_as').$type<SeenAs>(),
}, (table) => [index('account_session_account').on(table.userId)])

/** How an account proves who it is: a password (hashed by scrypt), or an identity of the single sign-on. */
export const accountCredential = pgTable('account_credential', {
  id: text('id').primaryKey(),
  userId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  providerId: text('provider_id').notNull(),
  /** Who it is at that provider. */
  accountId: text('subject').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: moment('access_token_expires_at'),
  refreshTokenExpiresAt: moment('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
}, (table) => [index('account_credential_account').on(table.userId)])

/** What was given out and is waited for, for a while: the second step of a sign-in, an invitation, the set-up code. */
export const accountVerification = pgTable('account_verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
}, (table) => [index('account_verification_identifier').on(table.identifier)])

/** The secret of an authenticator application, encrypted, and the codes for the day it is lost. */
export const accountSecondFactor = pgTable('account_second_factor', {
  id: text('id').primaryKey(),
  userId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').default(true),
  failedVerificationCount: integer('failed_verification_count').default(0),
  lockedUntil: moment('locked_until'),
}, (table) => [index('account_second_factor_account').on(table.userId)])
