import { delimiter, isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { CannotStart } from './lib/cannot-start.js'

const port = z.coerce.number('a whole number from 0 to 65535').int('a whole number').min(0, 'from 0 on').max(65_535, 'at most 65535')
const auditDays = z.coerce.number('0, or a whole number of days from 180 on').int('a whole number of days').max(36_500, 'at most 36500').refine((days) => days === 0 || days >= 180, '0, or 180 or more: entries of the audit are kept for six months at least')
const seconds = z.coerce.number('a number of seconds from 0 to 86400').min(0, 'from 0 on').max(86_400, 'at most 86400')

const minutes = z.coerce.number('a whole number of minutes from 1 to 1440').int('a whole number').min(1, 'from 1 on').max(1_440, 'at most 1440')
const hours = z.coerce.number('a whole number of hours from 1 to 720').int('a whole number').min(1, 'from 1 on').max(720, 'at most 720')

/** Several in one: cut at a mark, without blanks around each. */
const listed = (mark: string) => (text: string) => text.split(mark).map((one) => one.trim()).filter((one) => one !== '')

/** Everything that can be set from outside, by environment variable, each with its meaning. */
const fields = z.object({
  PORT: port.default(8787).describe('Port to listen on; 0 picks a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. Anything but loopback opens the product to the network.'),
  DATA_DIR: z.string().default('data').describe('Folder of the embedded database and of the kept files of accepted reports.'),
  DATABASE_URL: z.string().regex(/^(?:postgres(?:ql)?:\/\/|$)/, 'an address that begins with postgres://').optional().describe('postgres://… puts the data in a PostgreSQL server (15 or newer) instead of the embedded folder.'),
  DATABASE_OWNER_URL: z.string().regex(/^(?:postgres(?:ql)?:\/\/|$)/, 'an address that begins with postgres://').optional().describe('The same database as another user, who owns the tables: they are made and migrated as him, and the user of DATABASE_URL owns nothing.'),
  LASTMILE_DEMO: z.enum(['on', 'off'], '"on" or "off"').default('on').describe('"off" starts empty; "on" loads the demonstration into an empty database.'),
  PUBLIC_MAY_LOOK: z.enum(['on', 'off'], '"on" or "off"').default('on').describe('"off" shows nothing to who is not signed in.'),
  PUBLIC_ADDRESS: z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' }).optional().describe('Where browsers find the server (https://…), for the single sign-on and for links in mail.'),
  SESSION_SECRET: z.string().min(32, '32 characters or more').optional().describe('Signs the cookies of sessions. Without it, one is made in DATA_DIR; several servers of one database need the same.'),
  SESSION_IDLE_MINUTES: minutes.default(30).describe('A session that was not used for so long has ended. What a page that was left open asks of itself is no use of it.'),
  SESSION_HOURS: hours.default(12).describe('A session ends so long after its sign-in, however much it is used.'),
  TRUST_PROXY: z.enum(['on', 'off'], '"on" or "off"').default('off').describe('"on" takes the last address of X-Forwarded-For for where a request comes from. Only behind a proxy that writes it.'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).optional().describe('Single sign-on by OpenID Connect: the address of its provider.'),
  OIDC_CLIENT_ID: z.string().optional().describe('The name under which the provider knows this server.'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('The secret between the two.'),
  OIDC_NAME: z.string().default('Single sign-on').describe('What the button of the single sign-on says.'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'an address that begins with smtps:// or smtp://' }).optional().describe('Mail server (smtps://user:password@host:465, or smtp://… with STARTTLS), for mail about new messages. A password goes over TLS, or to this machine, alone.'),
  MAIL_FROM: z.string().regex(/^(?:[^\s<>@]+@[^\s<>@]+|[^\r\n<>@]* <[^\s<>@]+@[^\s<>@]+>)$/, 'an address of e-mail, or a name and one: Lastmile <lastmile@example.org>').optional().describe('Who mail is from: an address, or a name and one in <>. Asked for beside SMTP_URL, as is PUBLIC_ADDRESS.'),
  MAIL_HOUR: z.coerce.number('a whole number from 0 to 23').int('a whole number').min(0, 'from 0 on').max(23, 'at most 23').default(8).describe('From which hour on, in the time zone of the list, the mail of a day is sent to who wants one a day.'),
  AUDIT_DAYS: auditDays.default(0).describe('For how many days entries of the audit are kept: 180 or more; 0 is for ever.'),
  FEED_FOLDERS: z.string().default('').transform(listed(delimiter)).refine((folders) => folders.every((one) => isAbsolute(one)), `whole paths of folders, with "${delimiter}" between them`).describe('Folders beneath which feeds may read files: whole paths, with : between them (; on Windows).'),
  FEED_HOSTS: z.string().default('').transform(listed(',')).refine((hosts) => hosts.every((one) => /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(one)), 'names of hosts, with commas between them').describe('Hosts from which feeds may fetch, with commas between them, and with their port where it is not the usual one.'),
  FEED_TOKENS_FILE: z.string().optional().describe('A file of the bearer tokens of feeds, one a line: NAME HOST TOKEN. A feed names one; it is sent to that host alone.'),
  FEED_RUN_DAYS: z.coerce.number('a whole number of days from 7 to 3650').int('a whole number of days').min(7, 'from 7 on').max(3_650, 'at most 3650').default(90).describe('For how many days the runs of feeds are kept. What they took stays known.'),
  LASTMILE_CLOCK: z.iso.datetime({ offset: true, error: 'an instant with its offset, as 2026-02-14T12:00:00+08:00' }).optional().describe('Holds the clock at an instant. For tests alone.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'one of debug, info, warn, error and silent').default('info').describe('What is logged, as JSON lines on standard error.'),
  QUESTION_SECONDS: seconds.default(60).describe('A question is given up where one of its statements takes a PostgreSQL server longer; 0 is never. Changes take as long as they take.'),
  STOP_SECONDS: seconds.default(30).describe('How long a server that is told to stop waits for what is running.'),
  METRICS_TOKEN: z.string().min(16, '16 letters or more').optional().describe('Whoever sends it as a bearer token may read /metrics. Without it, programs on this machine may.'),
})

/** The settings of a process, parsed once, at start. */
export const Settings = fields.refine(({ DATABASE_URL, DATABASE_OWNER_URL }) => !DATABASE_OWNER_URL || DATABASE_URL, { path: ['DATABASE_OWNER_URL'], error: 'given beside DATABASE_URL, or not at all' }).transform((settings) => ({ ...settings, DATA_DIR: resolve(settings.DATA_DIR) }))
export type Settings = z.infer<typeof Settings>

/** The settings of a process. @throws CannotStart naming each that is wrong and what it must be; what was given is not repeated, it may be a secret */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = Settings.safeParse(environment)
  if (parsed.success) return parsed.data
  throw new CannotStart(`${parsed.error.issues.map((issue) => `The environment variable ${issue.path.join('.')} must be ${issue.message}.`).join(' ')} The README, under "Settings", has them all.`)
}

/** Every setting with its default ('' where there is none) and its meaning, in the order in which they are documented. */
export function describeSettings(): { name: string; default: string; meaning: string }[] {
  return Object.entries(fields.shape).map(([name, field]) => {
    const fallback = field.safeParse(undefined).data
    return { name, default: fallback === undefined ? '' : String(fallback), meaning: field.description ?? '' }
  })
}
