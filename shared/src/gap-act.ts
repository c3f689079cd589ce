import { z } from 'zod'
import type { Evidence } from './evidence.js'
import type { GapReason } from './gap.js'

/*
 * What kind of gap it is, and who can do something about it. A report that does not come opens a gap in reporting, never
 * one in supply: nobody is urged to deliver what may long be there.
 */

/**
 * - `supply`: it was said that there is too little, or none;
 * - `reporting`: what was to be said was not, is old, or was left empty;
 * - `evidence`: one kind of evidence alone says that it is there, or (of supplied evidence) no sale has been seen.
 */
export const gapClasses = ['supply', 'reporting', 'evidence'] as const
export const GapClass = z.enum(gapClasses)
export type GapClass = z.infer<typeof GapClass>

/** A gap, as far as its class depends on it. */
export interface Classed {
  reason: GapReason
  evidence: Evidence
  /** Whether the standard could be met if all stocked it whom it counts and of whom nothing that counts is said. */
  couldBeMet: boolean
}

/** The class of a gap. Where too few stock it and those who are silent could make up for the rest, it is their silence that opened it. */
export function gapClassOf({ reason, evidence, couldBeMet }: Classed): GapClass {
  if (reason === 'nobody_stocks' || (reason === 'too_few' && !couldBeMet)) return 'supply'
  // A sale is an event: that none was seen is nobody's report that is missing.
  return reason === 'declared_only' || evidence === 'supplied' ? 'evidence' : 'reporting'
}

/** Who can do something about a gap. */
export const gapActors = ['company', 'province', 'hospital'] as const
export const GapActor = z.enum(gapActors)
export type GapActor = z.infer<typeof GapActor>

/**
 * What can be done. The company: `supply` those who carry it, `apply` for its listing on the province's platform and its
 * admission, `declare` anew. The province: `list` it on its platform, `report`, `confirm` what is declared. The
 * hospital: `admit` it, by its committee.
 */
const actors = { supply: 'company', apply: 'company', declare: 'company', list: 'province', report: 'province', confirm: 'province', admit: 'hospital' } as const satisfies Record<string, GapActor>
export const gapActs = Object.keys(actors) as (keyof typeof actors)[]
export const GapAct = z.enum(gapActs)
export type GapAct = z.infer<typeof GapAct>

/** Who does it. */
export function actorOf(act: GapAct): GapActor {
  return actors[act]
}

/** Who can do something about a gap, each once. */
export function actorsOf(acts: readonly GapAct[]): GapActor[] {
  return gapActors.filter((one) => acts.some((act) => actors[act] === one))
}

/** What the institutions whom a standard asks say, as far as it tells what can be done: how many are in each state. */
export interface SaidInGap {
  class: GapClass
  reason: GapReason
  evidence: Evidence
  inStock: number
  onOrder: number
  outOfStock: number
  notCarried: number
}

/** What can be done about a gap, in the order of {@link gapActs}. Out of stock is for supply to mend, never admitted for the committee; where nobody carries it, the platform comes first. */
export function actsOn({ class: is, reason, evidence, inStock, onOrder, outOfStock, notCarried }: SaidInGap): GapAct[] {
  if (is === 'reporting') return evidence === 'declared' ? ['declare'] : ['report']
  if (is === 'evidence') return evidence === 'supplied' && reason !== 'declared_only' ? ['supply'] : ['confirm']
  const isCarried = inStock + onOrder + outOfStock > 0
  const can: Partial<Record<GapAct, boolean>> = { supply: isCarried, apply: notCarried > 0 || outOfStock + onOrder === 0, list: !isCarried, admit: notCarried > 0 }
  return gapActs.filter((act) => can[act] === true)
}
