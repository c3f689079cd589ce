import { z } from 'zod'
import type { Kind } from './kind.js'
import type { StandardRule } from './standard.js'
import { Text } from './text.js'

/*
 * What a rule can ask at most. A rule that nobody can meet makes a gap of every unit that it speaks of, and accuses whoever
 * answers for the drug there: so none such becomes a standard.
 */

/** A unit in which a rule (by its place) asks for more than there can be: `most` of what it asks, by what is known today. */
export const CannotBeMet = z.strictObject({ rule: z.int(), unit: z.string(), what: z.enum(['institutions', 'cities']), asked: z.int(), most: z.int() })
export type CannotBeMet = z.infer<typeof CannotBeMet>

/** The first of these units, as a refusal names them, and how many there are. */
export const UnitsNotMet = z.strictObject({ total: z.int(), first: z.array(CannotBeMet.extend({ name: Text })) })
export type UnitsNotMet = z.infer<typeof UnitsNotMet>

/** How many units a refusal names. */
export const unitsNamedAtMost = 10

/** What there can be at most in a unit. */
export interface UnitLimits {
  code: string
  /** Cities in which its institutions can lie. */
  cities: number
  /** How many institutions of some kinds are eligible there; null where nobody says, or naming one makes it so. */
  eligible: (kinds: readonly Kind[]) => number | null
}

/** Where rules ask for more than there can be. A unit that an institution elsewhere serves asks nothing of those within. */
export function cannotBeMetIn(rules: readonly Pick<StandardRule, 'units' | 'kinds' | 'eligibleOnly' | 'minInstitutions' | 'minCities' | 'servedBy'>[], units: readonly UnitLimits[]): CannotBeMet[] {
  return rules.flatMap((one, rule) => units.flatMap(({ code: unit, cities, eligible }): CannotBeMet[] => {
    if ((one.units !== null && !one.units.includes(unit)) || one.servedBy.some((served) => served.unit === unit)) return []
    const institutions = one.eligibleOnly ? eligible(one.kinds) : null
    if (institutions !== null && one.minInstitutions > institutions) return [{ rule, unit, what: 'institutions', asked: one.minInstitutions, most: institutions }]
    // As many cities as institutions at most.
    const inCities = Math.min(cities, institutions ?? cities)
    return one.minCities > inCities ? [{ rule, unit, what: 'cities', asked: one.minCities, most: inCities }] : []
  }))
}

/** How many cities each unit has: those of its province, or (of one without a polygon, whose institutions lie in others' cities) all. */
export function citiesByUnit(units: readonly { code: string; polygon: boolean }[], regions: readonly { level: string; parent: string | null }[]): Map<string, number> {
  const all = regions.filter(({ level }) => level === 'city')
  return new Map(units.map(({ code, polygon }) => [code, polygon ? all.filter(({ parent }) => parent === code).length : all.length]))
}
