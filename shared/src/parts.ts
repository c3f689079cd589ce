import { z } from 'zod'
import { kinds as allKinds, type Kind } from './kind.js'
import type { Scope } from './source.js'
import { Text } from './text.js'

/** A part of what a source speaks of: a place (city, or unit), a kind of institution, or both; null: not told apart by it. */
export const Part = z.strictObject({ region: z.string().nullable(), name: Text.nullable(), kind: z.enum(allKinds).nullable() })
export type Part = z.infer<typeof Part>

/** A period that is sent in parts: which have come, and which have not. */
export const Parts = z.strictObject({
  /** How many parts have come with this one, and how many there are: "part 12 of 16". */
  number: z.int(),
  total: z.int(),
  /** Read, and waiting. */
  waiting: z.array(Part),
  missing: z.array(Part),
})
export type Parts = z.infer<typeof Parts>

/** A place by its name. */
export interface Place {
  code: string
  name: Text
}

/** A part as far as it matters here: a report's scope, and whether it counts. */
export interface PartReport {
  id: string
  scope: Scope
  counts: boolean
}

/**
 * What a report is a part of, by all reports of its source and period that count or wait, in the order in which they came.
 * `places`: the cities (or units) of all that the source speaks of; `kinds`: its kinds. Null where the report speaks of all of them.
 * @param placesOf the places that a region of a scope covers
 */
export function partsOf(id: string, reports: readonly PartReport[], source: Scope, places: readonly Place[], placesOf: (region: string) => readonly Place[]): Parts | null {
  const kinds = source.kinds ?? allKinds
  const narrows = (of: 'regions' | 'kinds') => (scope: Scope) => {
    const [own, all]: [readonly string[] | null, readonly string[] | null] = [scope[of], source[of]]
    return own !== null && (all === null || all.some((one) => !own.includes(one)))
  }
  const own = reports.find((one) => one.id === id)
  if (!own || !(narrows('regions')(own.scope) || narrows('kinds')(own.scope))) return null
  const parts = reports.filter(({ scope }) => narrows('regions')(scope) || narrows('kinds')(scope))
  const [byRegion, byKind] = [parts.some(({ scope }) => narrows('regions')(scope)), parts.some(({ scope }) => narrows('kinds')(scope))]
  const partsIn = (regions: readonly Place[], of: readonly Kind[]): Part[] =>
    (byRegion ? regions : [null]).flatMap((region) => (byKind ? of : [null]).map((kind) => ({ region: region && region.code, name: region && region.name, kind })))
  const covered = ({ scope }: PartReport) => partsIn(scope.regions && narrows('regions')(scope) ? scope.regions.flatMap(placesOf) : places, scope.kinds ?? kinds)
  const all = partsIn(places, kinds)
  const keyOf = ({ region, kind }: Part) => `${region}/${kind}`
  const come = new Set<string>()
  let number = 0
  for (const one of parts.filter(({ counts, id: other }) => counts || other === id)) {
    for (const part of covered(one)) come.add(keyOf(part))
    if (one.id === id) number = come.size
  }
  const counted = new Set(parts.filter(({ counts }) => counts).flatMap(covered).map(keyOf))
  const waiting = new Set(parts.filter(({ counts }) => !counts).flatMap(covered).map(keyOf))
  return {
    number: Math.min(number, all.length), total: all.length,
    waiting: all.filter((part) => !counted.has(keyOf(part)) && waiting.has(keyOf(part))), missing: all.filter((part) => !counted.has(keyOf(part)) && !waiting.has(keyOf(part))),
  }
}
