import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { isContradicted, Side, type PairSaid } from './contradiction.js'
import { Day, Instant } from './day.js'
import { Kind } from './kind.js'
import { Page } from './page.js'
import { stateCode } from './state.js'

/*
 * Where a company's drugs drop off on their way from its word to the patient. Each step is a set of pairs of drug and
 * institution on one day, within the set before it, and found pair by pair: never the difference of two totals of two
 * kinds of evidence, which count different institutions.
 */

/**
 * - `declared`: the company declares it in stock;
 *   - `confirmed`: of these, the institution or its province says so too;
 *     - `supplied`: of these, a supply was seen since the day counted from; `unsupplied`: none was;
 *   - `refuted`: of the declared, the institution or its province says that it is not in stock;
 *   - `unconfirmed`: of the declared, neither is said: nobody has confirmed it, or that is old or left empty;
 * - `supplied_unconfirmed`: declared and not confirmed, and a supply was seen;
 * - `never_declared`: a supply was seen, and the company has never declared it in stock.
 */
export const dropOffSets = ['declared', 'confirmed', 'supplied', 'unsupplied', 'refuted', 'unconfirmed', 'supplied_unconfirmed', 'never_declared'] as const
export type DropOffSet = (typeof dropOffSets)[number]

/**
 * Of the declared pairs, beside those steps, what is to be mended: `stale_soon`, the declaration grows stale within {@link staleSoonDays};
 * `unconfirmed_long`, it is unconfirmed, and was first declared {@link unconfirmedForDays} ago or earlier.
 */
export const mendSets = ['stale_soon', 'unconfirmed_long'] as const
/** Declarations that grow stale within so many days are told. */
export const staleSoonDays = 14
/** A declaration that was not confirmed for so many days is worth asking about. */
export const unconfirmedForDays = 30

export const pairSets = [...dropOffSets, ...mendSets] as const
export const PairSet = z.enum(pairSets)
export type PairSet = z.infer<typeof PairSet>

const inStock = stateCode('in_stock')

/** All sets that a pair of an open institution is in on a day. `staleOn`: the day on which its declaration will be stale unless it is declared anew; null: it will not. Days since 1970-01-01. */
export function pairSetsOf(pair: { said: PairSaid; staleOn: number | null }, day: number): PairSet[] {
  const sets: PairSet[] = dropOffSetsOf(pair.said)
  if (sets.includes('declared') && pair.staleOn !== null && pair.staleOn <= day + staleSoonDays) sets.push('stale_soon')
  if (sets.includes('unconfirmed') && pair.said.firstDeclared !== null && pair.said.firstDeclared <= day - unconfirmedForDays) sets.push('unconfirmed_long')
  return sets
}

/** The steps and what lies between them that a pair of an open institution is in. */
export function dropOffSetsOf(said: PairSaid): DropOffSet[] {
  const isSupplied = said.supplied !== null
  if (said.declared !== inStock) return isContradicted('never_declared', said) ? ['never_declared'] : []
  if (said.confirmed === inStock) return ['declared', 'confirmed', isSupplied ? 'supplied' : 'unsupplied']
  return ['declared', isContradicted('refuted', said) ? 'refuted' : 'unconfirmed', ...(isSupplied ? ['supplied_unconfirmed' as const] : [])]
}

/** How many pairs are in a set, and of how many distinct institutions they are. */
const SetTotal = z.strictObject({ pairs: z.int(), institutions: z.int() })
const SetTotals = z.record(PairSet, SetTotal)
export type SetTotals = z.infer<typeof SetTotals>

/** Totals in which nothing is counted yet. */
export function noTotals(): SetTotals {
  return Object.fromEntries(pairSets.map((set) => [set, { pairs: 0, institutions: 0 }])) as SetTotals
}

/** Whose drugs, one of them or all, in one unit or city or all; which set's rows. `since`: supplies count from then on. */
export const DropOffQuestion = z.object({
  company: z.string().max(80).optional(), set: PairSet.default('declared'), drug: z.string().max(80).optional(), region: z.string().max(20).optional(), asOf: Day.optional(), knownOn: Instant.optional(), since: Day.optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type DropOffQuestion = z.infer<typeof DropOffQuestion>

/** A pair, with what each kind of evidence says of it. */
export const PairRow = z.strictObject({
  drug: z.string(), institution: z.string(), institutionName: z.string(), kind: Kind, unit: z.string().nullable(), city: z.string().nullable(),
  declared: Side.nullable(), confirmed: Side.nullable(), supplied: Side.nullable(),
})
export type PairRow = z.infer<typeof PairRow>

/** How many pairs are in each set over all drugs, and of each; and a page of the pairs of one set. Of one drug pairs and institutions are as many. */
export const DropOffAnswer = z.strictObject({
  basis: Basis, company: z.string(), set: PairSet, totals: SetTotals, byDrug: z.array(z.strictObject({ drug: z.string(), totals: z.record(PairSet, z.int()) })), rows: z.array(PairRow), page: Page,
})
export type DropOffAnswer = z.infer<typeof DropOffAnswer>
