import { z } from 'zod'
import { Alerting } from './alerting.js'
import { Day, TimeZone } from './day.js'
import { Company, Drug } from './drug.js'
import { Kind } from './kind.js'
import { Source } from './source.js'
import { Text } from './text.js'

/** How institutions report of themselves: by which profile their reports read, and how often they are due. */
export const SelfReports = z.strictObject({ profile: z.string(), rhythm: Source.shape.rhythm, graceDays: Source.shape.graceDays })
export type SelfReports = z.infer<typeof SelfReports>

/** `list.json` of an edition folder. Paths are relative to the folder. */
export const EditionFile = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  name: Text,
  document: Text.nullable(),
  /** File of the region set. */
  regions: z.string(),
  /** Files of the profiles that the sources name. */
  profiles: z.array(z.string()).min(1),
  timeZone: TimeZone,
  inForce: Day,
  validTo: Day.nullable(),
  /** `living`: today is the clock's day. `closed`: today is the as-of day of the last report (a historical list). */
  clock: z.enum(['living', 'closed']),
  /** Set where institutions report of themselves on screen: each has a source of its own from the first time that it does. */
  selfReports: SelfReports.optional(),
  /** When a change is worth telling; what it leaves out is as usual (`usualAlerting`). */
  alerting: Alerting.optional(),
})
export type EditionFile = z.infer<typeof EditionFile>

export const CompaniesFile = z.array(Company).min(1)
export const DrugsFile = z.array(Drug).min(1)
export const SourcesFile = z.array(Source)

/** Who is eligible for a drug: any one rule that matches makes an institution eligible. */
export const EligibilityRule = z.discriminatedUnion('by', [
  /** All institutions of a kind, optionally of these levels, with all of these qualifications, dual channel. */
  z.strictObject({ by: z.literal('attributes'), kind: Kind, levels: z.array(z.string()).optional(), qualifications: z.array(z.string()).optional(), dualChannel: z.boolean().optional() }),
  /** A CSV file of institution codes beside this file (`institution_code[,from,to]`). */
  z.strictObject({ by: z.literal('file'), file: z.string() }),
  /** Every institution from the first day on which any source named it for this drug. Its entry has no `to`, and no `from` after the list came into force: a name given outside them would count all the same. */
  z.strictObject({ by: z.literal('reported') }),
])
export type EligibilityRule = z.infer<typeof EligibilityRule>

export const EligibilityFile = z.array(z.strictObject({
  drug: z.string(),
  from: Day,
  to: Day.nullable(),
  source: Text,
  reason: Text,
  rules: z.array(EligibilityRule).min(1),
}))
export type EligibilityFile = z.infer<typeof EligibilityFile>

/** What counts as covered, per drug and unit: at least so many institutions and cities, of these kinds. */
export const StandardsFile = z.array(z.strictObject({
  drug: z.string(),
  from: Day,
  reason: Text,
  author: z.string(),
  minInstitutions: z.int32().nonnegative(),
  minCities: z.int32().nonnegative(),
  kinds: z.array(Kind).min(1),
  eligibleOnly: z.boolean(),
  /** Units the standard holds for; null is all. */
  units: z.array(z.string()).nullable(),
}))
export type StandardsFile = z.infer<typeof StandardsFile>
