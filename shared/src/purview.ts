import { can, type Acting, type Action } from './permission.js'

/**
 * What an actor's own is: everything, nothing, or what is of one unit, city, company, insurer, institution or source. Queries take
 * it and answer nothing beyond it (`db/src/query/within-purview.ts`).
 */
export type Purview =
  | { of: 'all' }
  | { of: 'nothing' }
  | { of: 'unit'; unit: string }
  | { of: 'city'; unit: string; city: string }
  | { of: 'company'; company: string }
  | { of: 'insurer'; insurer: string }
  | { of: 'institution'; institution: string }
  | { of: 'source'; source: string }

export const everything: Purview = { of: 'all' }
export const nothing: Purview = { of: 'nothing' }

/** Who acts, with what he is of. */
export interface Belonging extends Acting {
  /** The one list he is concerned with; null: any. */
  list: string | null
  unit: string | null
  city: string | null
  company: string | null
  insurer: string | null
  institution: string | null
  source: string | null
}

/** What an actor may see or do of an action in a list. */
export function purviewOf(actor: Belonging, action: Action, list: string): Purview {
  const reach = can(actor, action)
  if (reach === null || (actor.list !== null && actor.list !== list)) return nothing
  return reach === 'all' ? everything : ownOf(actor)
}

/** What an actor is of. */
export function ownOf({ unit, city, company, insurer, institution, source }: Belonging): Purview {
  if (source !== null) return { of: 'source', source }
  if (institution !== null) return { of: 'institution', institution }
  if (company !== null) return { of: 'company', company }
  if (insurer !== null) return { of: 'insurer', insurer }
  // A city lies in a unit: whose is not said is nobody's.
  if (city !== null) return unit === null ? nothing : { of: 'city', unit, city }
  if (unit !== null) return { of: 'unit', unit }
  return nothing
}

/** A pair of drug and institution, by what it is of. */
export interface PairOf {
  unit: string | null
  city: string | null
  institution: string
  /** Of the drug. */
  company: string
}

/** Whether a pair is within a purview: the institution is of the unit or city, or is the one; or the drug is the company's. */
export function holdsPair(purview: Purview, pair: PairOf): boolean {
  switch (purview.of) {
    case 'all': return true
    case 'unit': return pair.unit === purview.unit
    case 'city': return pair.city === purview.city && pair.unit === purview.unit
    case 'company': return pair.company === purview.company
    case 'institution': return pair.institution === purview.institution
    default: return false
  }
}

/** A report or its source, by what it is of. */
export interface SentBy {
  source: string
  company: string | null
  unit: string | null
  institution: string | null
  /** Of which regions it speaks at most; null: all. */
  regions: readonly string[] | null
}

/** Whether a report (or source) is within a purview: its sender's office is the actor's. Of a city is what an office of its own unit says of that city alone: a city sees no more than its province. */
export function holdsSender(purview: Purview, { source, company, unit, institution, regions }: SentBy): boolean {
  switch (purview.of) {
    case 'all': return true
    case 'unit': return unit === purview.unit
    case 'city': return unit === purview.unit && regions !== null && regions.length > 0 && regions.every((one) => one === purview.city)
    case 'company': return company === purview.company
    case 'institution': return institution === purview.institution
    case 'source': return source === purview.source
    default: return false
  }
}

/** Names a purview, for keys and logs. */
export function purviewKey(purview: Purview): string {
  return Object.values(purview).join(':')
}
