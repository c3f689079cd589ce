import { z } from 'zod'
import { Day } from './day.js'
import { Institution } from './institution.js'
import { onlyFields } from './only-fields.js'
import { Position } from './position.js'
import { Standing } from './standing.js'
import { State } from './state.js'
import { Text } from './text.js'

/* Where a patient finds a drug near a place, on all words together. What is counted keeps its kinds of evidence apart; here each place says all that is known of it. */

/** Which drug is looked for, from where, and how many places are wanted. A question, and asked by POST: a position stands in no address. */
export const FinderQuestion = onlyFields({ drug: z.string().max(80), position: Position, count: z.int().min(1).max(50).default(10) })
export type FinderQuestion = z.infer<typeof FinderQuestion>

/** What one kind of evidence says of the drug there, and of which day that word is. */
const Word = z.strictObject({ state: State, day: Day.nullable() })

/** A place that has the drug by somebody's word that is not old, or to which a supply was seen since the list came into force. */
export const FinderRow = Institution.pick({ code: true, name: true, kind: true, unit: true, city: true, cityName: true, address: true, telephone: true, dualChannel: true }).extend({
  /** Great-circle distance in kilometres to one decimal: the position asked from is itself rounded to about one. */
  km: z.number().nonnegative(),
  declared: Word.nullable(),
  confirmed: Word.nullable(),
  /** The first and the last supply that was seen there since the list came into force. */
  supplied: z.strictObject({ first: Day, last: Day }).nullable(),
  /** What all kinds together say, by the one table. */
  standing: Standing.nullable(),
})
export type FinderRow = z.infer<typeof FinderRow>

/** The nearest first, wherever they are; and how much of what lies around nobody has spoken of. */
export const FinderResult = z.strictObject({
  list: z.string(), drug: z.string(), today: Day, demonstration: z.boolean(),
  position: Position,
  /** Within how many kilometres an institution is near; how many of the rows' list are, is for the reader to see by `km`. */
  nearKm: z.int(),
  rows: z.array(FinderRow),
  more: z.boolean(),
  /** Within `nearKm`: institutions that could have the drug (the eligible, where it is known who is; else all), and those of which nobody said yes or no. Unknown is not zero. `besides`: how many have it that are not among these. */
  around: z.strictObject({ institutions: z.int(), silent: z.int(), of: z.enum(['eligible', 'all']), besides: z.int() }),
  /** The unit and city whose middle is nearest: to ask which insurance plans are sold there. Null where no city's middle is known. */
  place: z.strictObject({ unit: z.string(), unitName: Text, city: z.string(), cityName: Text, km: z.number() }).nullable(),
})
export type FinderResult = z.infer<typeof FinderResult>

/** In which words a place is told of: one sentence for each, from the surest to the least. */
export const finderVerdicts = ['confirmed_and_supplied', 'confirmed', 'supplied', 'supplied_contradicted', 'contradicted', 'declared_only'] as const
export type FinderVerdict = (typeof finderVerdicts)[number]

/** What is said of a place that has the drug by somebody's word: what the institution or its province says goes before what the company says. */
export function verdictOf({ declared, confirmed, supplied }: Pick<FinderRow, 'declared' | 'confirmed' | 'supplied'>): FinderVerdict {
  if (confirmed?.state === 'in_stock') return supplied === null ? 'confirmed' : 'confirmed_and_supplied'
  const denied = confirmed !== null && ['on_order', 'out_of_stock', 'not_carried', 'discontinued'].includes(confirmed.state)
  if (supplied !== null) return denied ? 'supplied_contradicted' : 'supplied'
  return denied && declared?.state === 'in_stock' ? 'contradicted' : 'declared_only'
}
