import type { Address } from './message.js'

/* To whom messages about a source go. */

/** A source, as far as it says whose it is. */
export interface SourceOf {
  company: string | null
  unit: string | null
  institution: string | null
  scope: { regions: readonly string[] | null }
}

/** The office that sends the reports of a source: its institution, its company, its unit's officers and, of a source of one city alone, that city's. Of a national feed, the regulator's operators. */
export function officeOf({ company, unit, institution, scope: { regions } }: SourceOf): Address[] {
  if (institution !== null) return [{ role: 'institution', institution }]
  if (company !== null) return [{ role: 'company', company }]
  if (unit === null) return [{ role: 'operator' }]
  const city = regions !== null && regions.length > 0 && regions.every((one) => one === regions[0] && one !== unit) ? regions[0]! : null
  return [{ role: 'province_officer', unit }, ...(city === null ? [] : [{ role: 'city_officer' as const, unit, city }])]
}

/** Who looks after the reports of a source: the officers of its unit, where it has one, and the regulator's operators. */
export function reviewersOf({ unit }: SourceOf): Address[] {
  return [{ role: 'operator' }, ...(unit === null ? [] : [{ role: 'province_officer' as const, unit }])]
}
