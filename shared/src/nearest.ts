import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { Institution } from './institution.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { farthestKm, Position } from './position.js'

/** The nearest institutions with a drug: from where, on whose word, as of when, how many. */
export const NearestQuestion = onlyFields({
  drug: z.string().refine((code) => !code.includes('\0'), { message: 'a NUL is no character of a text' }),
  position: Position,
  evidence: Evidence.default('declared'),
  asOf: Day.optional(),
  /** Refused: who asks for the nearest wants to go there, so only what is known now is answered. */
  knownOn: Instant.optional(),
  kind: Kind.optional(),
  count: z.int().min(1).max(100).default(20),
  /** Not farther than this, in kilometres. */
  within: z.number().positive().max(Math.ceil(farthestKm)).optional(),
  format: Format.default('json'),
})
export type NearestQuestion = z.infer<typeof NearestQuestion>

/** An institution that stocks the drug, and how far away it is. */
export const NearestRow = Institution.pick({ code: true, name: true, kind: true, unit: true, city: true, cityName: true, address: true, telephone: true, dualChannel: true }).extend({
  position: z.strictObject({ lat: z.number(), lng: z.number(), datum: z.string() }),
  /** Great-circle distance in kilometres to one decimal: the position asked from is itself rounded to about one. */
  km: z.number().nonnegative(),
  /** What is unknown, stale or not in stock is never listed. */
  state: z.literal('in_stock'),
  /** The day of which the word speaks; of supplies the first that was seen. */
  day: Day,
})
export type NearestRow = z.infer<typeof NearestRow>

/** The nearest first; as many as were asked for, unless no more are known within the distance. */
export const NearestAnswer = z.strictObject({
  basis: Basis,
  drug: z.string(),
  /** The position that was used, rounded. */
  position: Position,
  kind: Kind.nullable(),
  count: z.int(),
  within: z.number().nullable(),
  /** Institutions of that kind that stock it anywhere, those without a position included: these cannot be ranked. */
  stocked: z.int().nonnegative(),
  rows: z.array(NearestRow),
  /** True if more are known within the distance than were asked for. */
  more: z.boolean(),
})
export type NearestAnswer = z.infer<typeof NearestAnswer>
