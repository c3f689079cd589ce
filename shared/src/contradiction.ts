import { z } from 'zod'
import { Basis } from './basis.js'
import { spanOn, type Span } from './chain.js'
import { Day, Instant } from './day.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import type { PairOf } from './purview.js'
import type { Source } from './source.js'
import { Role } from './permission.js'
import { sortBy } from './sort.js'
import { Standing } from './standing.js'
import { certaintyOf, noState, stateCode, states } from './state.js'
import { StatementRow } from './statement.js'
import { Text } from './text.js'

/*
 * Where kinds of evidence speak against each other. Each is a set of pairs on one day, found pair by pair and never as the
 * difference of two totals; a pair can be in more than one.
 */

/**
 * - `refuted`: the company declares it in stock, and the institution or its province says that it is not (on order, out of
 *   stock, not carried or discontinued). Whose standing is *contradicted* is one of these, where no supply was seen either;
 * - `never_supplied`: the company declares it in stock, and no supply was seen since the day counted from;
 * - `never_declared`: a supply was seen since that day, and the company has never declared it in stock.
 */
export const contradictionSets = ['refuted', 'never_supplied', 'never_declared'] as const
export const ContradictionSet = z.enum(contradictionSets)
export type ContradictionSet = z.infer<typeof ContradictionSet>

const inStock = stateCode('in_stock')
const saysNo = states.map((state) => certaintyOf(state) === 'no')

/** What is said of a pair on a day: states by their codes ({@link noState} for none), the day of the first supply that counts and the first day on which the company declared it in stock, if that was by then. */
export interface PairSaid {
  declared: number
  confirmed: number
  supplied: number | null
  firstDeclared: number | null
}

/** Whether a pair of an open institution is in a set. */
export function isContradicted(set: ContradictionSet, { declared, confirmed, supplied, firstDeclared }: PairSaid): boolean {
  switch (set) {
    case 'refuted': return declared === inStock && isNo(confirmed)
    case 'never_supplied': return declared === inStock && supplied === null
    case 'never_declared': return supplied !== null && firstDeclared === null
  }
}

/** Whether a state says that it is not in stock. */
function isNo(state: number): boolean {
  return state !== noState && saysNo[state]!
}

/** Since when both sides of a refuted pair have said what they say on a day, without a break: the later of the two. By the spans of the pair under each kind, in order of days. */
export function refutedSince(declared: readonly Span[], confirmed: readonly Span[], day: number): number {
  return Math.max(heldSince(declared, day, (state) => state === inStock), heldSince(confirmed, day, isNo))
}

/** Since when a pair has never been supplied, or never been declared: the first declaration (or the day counted from, if that is later), or the first supply. */
export function silentSince(set: Exclude<ContradictionSet, 'refuted'>, { supplied, firstDeclared }: PairSaid, since: number): number {
  return set === 'never_declared' ? supplied! : Math.max(firstDeclared!, since)
}

/** The first day of the unbroken run of spans that holds on a day. */
function heldSince(spans: readonly Span[], day: number, holds: (state: number) => boolean): number {
  let at = spans.indexOf(spanOn(spans, day)!)
  while (at > 0 && spans[at - 1]!.to === spans[at]!.from && holds(spans[at - 1]!.state)) at -= 1
  return spans[at]!.from
}

/** Whose turn it is: the office that can say more. */
export const ownerOffices = ['company', 'institution', 'city', 'province', 'national'] as const
/** Why it is: it may declare what it has supplied; it has said no, and can say so again or otherwise; it can say whether it is there. */
export const ownerReasons = ['may_declare', 'has_refuted', 'can_confirm'] as const

/** A source as far as it says whose it is and of what it speaks. */
export type Asked = Pick<Source, 'code' | 'evidence' | 'company' | 'unit' | 'institution' | 'scope'>

/** A pair as far as it says who can speak of it. */
export type PairSpokenOf = PairOf & { drug: string; kind: Kind }

/** Who can act on a pair of a set. */
export interface OwnerOf {
  source: string
  office: (typeof ownerOffices)[number]
  reason: (typeof ownerReasons)[number]
}

/**
 * Who can act on a pair, by the one table:
 *
 * | set | whose turn | why |
 * | --- | --- | --- |
 * | `refuted` | the source that says no | it has refuted: it knows, and can say so again or otherwise |
 * | `never_supplied` | who confirms nearest: the institution, else its city, else its province, else a national source | it can say whether it is there |
 * | `never_declared` | the company of the drug | it may declare what was supplied |
 *
 * Of several as near, the first by code. Null where no source speaks of the pair. `refuter`: the source whose word of no holds, where there is one.
 */
export function ownerOf(set: ContradictionSet, pair: PairSpokenOf, refuter: string | null, sources: readonly Asked[]): OwnerOf | null {
  if (set === 'refuted') {
    const own = sources.find(({ code }) => code === refuter)
    return own ? { source: own.code, office: officeOfSource(own), reason: 'has_refuted' } : null
  }
  const wanted = set === 'never_declared' ? 'declared' : 'confirmed'
  const can = sources.filter((one) => one.evidence === wanted && speaksOf(one, pair)).map((one) => ({ source: one.code, office: officeOfSource(one) }))
  const [nearest] = can.sort((a, b) => nearness.indexOf(a.office) - nearness.indexOf(b.office) || (a.source < b.source ? -1 : 1))
  return nearest ? { ...nearest, reason: set === 'never_declared' ? 'may_declare' : 'can_confirm' } : null
}

const nearness = ['company', 'institution', 'city', 'province', 'national'] as const satisfies typeof ownerOffices

function officeOfSource({ company, unit, institution, scope: { regions } }: Asked): OwnerOf['office'] {
  if (institution !== null) return 'institution'
  if (company !== null) return 'company'
  if (unit === null) return 'national'
  return regions !== null && regions.length > 0 && regions.every((one) => one !== unit) ? 'city' : 'province'
}

function speaksOf({ company, unit, institution, scope: { drugs, regions, kinds } }: Asked, pair: PairSpokenOf): boolean {
  const isOf = (own: string | null, its: string | null) => own === null || own === its
  return isOf(company, pair.company) && isOf(unit, pair.unit) && isOf(institution, pair.institution) && (drugs === null || drugs.includes(pair.drug)) && (kinds === null || kinds.includes(pair.kind))
    && (regions === null || (pair.unit !== null && regions.includes(pair.unit)) || (pair.city !== null && regions.includes(pair.city)))
}

/** `open`: the source was asked and has until a day to answer. `answered`: it has spoken of the pair since. `expired`: that day has passed without a word. */
export const requestStates = ['open', 'answered', 'expired'] as const
export const RequestState = z.enum(requestStates)
export type RequestState = z.infer<typeof RequestState>

/** How a request stands on a day. */
export function requestStateOf({ until, isAnswered }: { until: Day; isAnswered: boolean }, today: Day): RequestState {
  return isAnswered ? 'answered' : until < today ? 'expired' : 'open'
}

/** That a source was asked to confirm a pair, and by whom: his role. */
export const ConfirmationRequest = z.strictObject({ state: RequestState, askedAt: Instant, until: Day, askedBy: Role })
export type ConfirmationRequest = z.infer<typeof ConfirmationRequest>

export const Side = StatementRow.pick({ state: true, status: true, day: true, dayBasis: true, reason: true, source: true, report: true, line: true })
/** What one kind of evidence says of a pair on the day. */
export type Side = z.infer<typeof Side>

export const Contradiction = z.strictObject({
  drug: z.string(), company: z.string(), institution: z.string(), institutionName: z.string(), kind: Kind, unit: z.string().nullable(), city: z.string().nullable(),
  standing: Standing.nullable(),
  /** Since when it is so, and for how many days. */
  began: Day, age: z.int(),
  declared: Side.nullable(), confirmed: Side.nullable(), supplied: Side.nullable(),
  /** Null where no source speaks of the pair. `source` stands there for those who may see it. */
  owner: z.strictObject({ office: z.enum(ownerOffices), reason: z.enum(ownerReasons), source: z.string().optional(), sourceName: Text.optional() }).nullable(),
  /** The last time that a source was asked about it. */
  request: ConfirmationRequest.nullable(),
})
export type Contradiction = z.infer<typeof Contradiction>

/** By what contradictions can be ordered: the longest first unless asked otherwise; units and drugs as the list has them, companies by code. */
export const contradictionOrders = ['age', 'unit', 'drug', 'company'] as const
export type ContradictionOrder = (typeof contradictionOrders)[number]

/** `asked`: those about which a source was asked, by how the last request stands; `never`: about which none was. `since`: supplies count from then on. */
export const ContradictionsQuestion = z.object({
  set: ContradictionSet.default('refuted'), asOf: Day.optional(), knownOn: Instant.optional(), since: Day.optional(),
  drug: z.string().optional(), region: z.string().optional(), institution: z.string().optional(), company: z.string().optional(), kind: Kind.optional(), asked: z.enum(['never', ...requestStates]).optional(),
  sort: sortBy(contradictionOrders).optional(), offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: z.enum(['json', 'csv', 'xlsx']).default('json'),
})
export type ContradictionsQuestion = z.infer<typeof ContradictionsQuestion>

const Total = z.strictObject({ pairs: z.int(), institutions: z.int() })

/** A page of the pairs of one set, and how many pairs and distinct institutions are in each, with whatever else is asked for: a total opens exactly its rows. */
export const ContradictionsAnswer = z.strictObject({
  basis: Basis, set: ContradictionSet, totals: z.strictObject({ refuted: Total, never_supplied: Total, never_declared: Total }), rows: z.array(Contradiction), page: Page,
})
export type ContradictionsAnswer = z.infer<typeof ContradictionsAnswer>

/** How many days a source has to answer, unless the asker says until when; and at most. */
export const answerWithinDays = 14
export const answerWithinDaysAtMost = 90

/** Asks the sources of some pairs of a set to confirm them. */
export const NewRequests = onlyFields({
  set: ContradictionSet, until: Day.optional(), pairs: z.array(onlyFields({ drug: z.string().max(80), institution: z.string().max(80) })).min(1).max(500),
})
export type NewRequests = z.infer<typeof NewRequests>

/** What became of it. `asked`: its source is asked. `open`: it was asked already. `gone`: the pair is in the set no more, or is none of the asker's. `nobody`: no source speaks of it. */
export const RequestsAnswer = z.strictObject({
  until: Day, results: z.array(z.strictObject({ drug: z.string(), institution: z.string(), became: z.enum(['asked', 'open', 'gone', 'nobody']) })),
})
export type RequestsAnswer = z.infer<typeof RequestsAnswer>
