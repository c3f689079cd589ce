import { z } from 'zod'
import { Evidence } from './evidence.js'
import { Reason, Status } from './status.js'
import { Day } from './day.js'
import { Kind } from './kind.js'
import { Suspecting } from './suspicion.js'
import { Text } from './text.js'

/** The fields a column of a report can hold. */
export const fields = [
  'institution_code', 'drug_code', 'status', 'observed_on', 'reported_on', 'price', 'reason', 'lead_days', 'quantity',
  'provider_name', 'address1', 'address2', 'city', 'county', 'state_code', 'zip', 'position',
] as const
export const Field = z.enum(fields)
export type Field = z.infer<typeof Field>

/** How a date may be written. Month and day are never guessed: `us_slash` is month first and must be named. */
export const dateForms = ['iso', 'slash', 'chinese', 'compact', 'us_slash', 'iso_time'] as const
export const DateForm = z.enum(dateForms)
export type DateForm = z.infer<typeof DateForm>

/** What a report of a source may be at most; a larger one is refused before it is read. */
export const Limits = z.strictObject({
  maxUploadBytes: z.int().positive(),
  maxRows: z.int().positive(),
  maxColumns: z.int().positive(),
  maxCellChars: z.int().positive(),
  headerSearchRows: z.int().positive(),
  zipMaxEntries: z.int().positive(),
  zipMaxEntryBytes: z.int().positive(),
  zipMaxTotalBytes: z.int().positive(),
  zipMaxRatio: z.int().positive(),
  maxErrorsListed: z.int().positive(),
})
export type Limits = z.infer<typeof Limits>

/** How files of a source read. Several sources may share a profile. */
export const Profile = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  /** Accepted headings per field, compared after trimming, NFKC and ASCII case. */
  columns: z.partialRecord(Field, z.array(z.string().min(1)).min(1)),
  /** Fields that must have a column. */
  required: z.array(Field).min(1),
  /** Fields whose cells must not be empty. */
  filled: z.array(Field),
  /** `words`: the status column holds one of the listed words. `quantity`: a count in the `quantity` column (> 0 in stock, 0 out of stock, empty not known). `event`: every row is a supply. */
  statusFrom: z.enum(['words', 'quantity', 'event']),
  statusWords: z.partialRecord(Status, z.array(z.string().min(1))),
  reasonWords: z.partialRecord(Reason, z.array(z.string().min(1))),
  dateForms: z.array(DateForm).min(1),
  /** `code`: rows name institutions of the master. `address`: rows bring their institutions along (name, address and five-digit zip are the identity). */
  institutionFrom: z.enum(['code', 'address']),
  /** The shape of an institution code; a code of another shape is BAD, not UNKNOWN. */
  institutionCodePattern: z.string().refine(isPattern, { message: 'not a regular expression' }).optional(),
  /** Refuse days outside the report's period (an observed day may be earlier: an old day restated stays old). A day in the future is refused either way. */
  checkDays: z.boolean(),
  /** Only without `checkDays`: keep days in the future, for feeds whose clock is not ours. */
  acceptFutureDays: z.boolean().optional(),
  /** Rows alike in (institution, drug): `refuse` (DUPLICATE_ROW / CONFLICTING_ROW) or `collapse` to one statement (in stock if any row is, else zero if any row says zero, else not known; of two figures the later day wins). */
  sameRows: z.enum(['refuse', 'collapse']),
})
export type Profile = z.infer<typeof Profile>

/** Whether rows of such files can be listed before anybody fills them in: what happened cannot, nor institutions that the rows bring along. */
export function hasTemplate({ statusFrom, institutionFrom }: Pick<Profile, 'statusFrom' | 'institutionFrom'>): boolean {
  return statusFrom === 'words' && institutionFrom === 'code'
}

/** What a report speaks of at most: null is "all". Regions are codes of units or cities. */
export const Scope = z.strictObject({
  drugs: z.array(z.string()).nullable().default(null),
  regions: z.array(z.string()).nullable().default(null),
  kinds: z.array(Kind).nullable().default(null),
})
export type Scope = z.infer<typeof Scope>

/** `changes`: only what changed. `snapshot`: all that holds in the scope; what is missing becomes not reported. */
export const ReportMode = z.enum(['changes', 'snapshot'])
export type ReportMode = z.infer<typeof ReportMode>

/** Through which door reports of a source come, and with which limits. `form`: stated line by line on screen; the server writes the file. */
export const Channel = z.enum(['upload', 'command', 'feed', 'form'])
export type Channel = z.infer<typeof Channel>

/** On which days a source is reminded of a report that it owes: so many days before it is due, on that day, so many days after it, and then every so many days until it came. Null: not. */
export const RemindDays = z.strictObject({ before: z.int().positive().nullable(), after: z.int().positive().nullable(), every: z.int().positive().nullable() })
export type RemindDays = z.infer<typeof RemindDays>

/** One reporter: a company, a province, a settlement feed. */
export const Source = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  name: Text,
  evidence: Evidence,
  profile: z.string(),
  mode: ReportMode,
  scope: Scope,
  /** Company that reports, for a company's declarations; unit that reports, for a province's confirmations. */
  company: z.string().nullable().default(null),
  unit: z.string().nullable().default(null),
  /** Institution that reports of itself alone, by its code. */
  institution: z.string().nullable().default(null),
  /** How often a report is due, and how many days after its period it is late. */
  rhythm: z.enum(['monthly', 'weekly', 'daily', 'irregular']),
  graceDays: z.int().nonnegative(),
  /** The first day of which it owes anything; none: as long as the list is in force. */
  owesFrom: Day.nullable().optional(),
  /** When it is reminded of what it owes; none: `usualRemindDays`. */
  remindDays: RemindDays.optional(),
  /** A second file of one day: `conflict` asks for a correction, `supersede` lets the later snapshot replace the earlier (a feed). */
  sameDay: z.enum(['conflict', 'supersede']),
  /** What a snapshot that names no scope speaks of: all of the source's scope, or only the drugs that its rows name (a locator publishes a file a drug). */
  snapshotOf: z.enum(['scope', 'drugs_named']).default('scope'),
  /** Limits per channel; a channel not named takes no reports. Missing limits are those of a person's upload, or, by `feed`, of a machine's. */
  channels: z.partialRecord(Channel, Limits.partial()),
  /** Whether its reports move numbers only once somebody has approved them. */
  approveFirst: z.boolean().default(false),
  /** From where on its reports look suspicious; what is not said is as usual. */
  suspicion: Suspecting.prefault({}),
})
export type Source = z.infer<typeof Source>

/** When a source is reminded that says nothing else. */
export const usualRemindDays: RemindDays = { before: 3, after: 1, every: 7 }

function isPattern(text: string): boolean {
  try {
    return RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

/** Limits of a report that a person sends. */
export const uploadLimits: Limits = {
  maxUploadBytes: 10 * 1024 * 1024, maxRows: 200_000, maxColumns: 64, maxCellChars: 2_000, headerSearchRows: 10,
  zipMaxEntries: 200, zipMaxEntryBytes: 200 * 1024 * 1024, zipMaxTotalBytes: 300 * 1024 * 1024, zipMaxRatio: 200, maxErrorsListed: 500,
}

/** Limits of a report that a machine sends: it is a text of any length, read as it comes. */
export const feedLimits: Limits = { ...uploadLimits, maxUploadBytes: 4 * 1024 ** 3, maxRows: 20_000_000 }
