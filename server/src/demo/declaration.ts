import type { Day } from '@lastmile/shared/day'
import { daysBetween } from '@lastmile/shared/day'
import type { Status } from '@lastmile/shared/status'
import type { Pair, World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** A line of a company's declaration, on its list since a declaration day. A filed day, once given, is restated with the line: an old day stays old. */
export interface Declaration extends Pair { status: Status; since: Day; filedOn: Day | null }

/** The state of all declarations after one of the declaration days: source → pair → line, and when the source spoke last. */
export interface Declared { lines: Map<string, Map<string, Declaration>>; spokeOn: Map<string, Day> }

export function linesOf(state: Declared, source: string): Map<string, Declaration> {
  const lines = state.lines.get(source)
  if (!lines) throw new Error(`no source ${source}`)
  return lines
}

export function put(world: World, state: Declared, row: Declaration): void {
  linesOf(state, world.sourceOf.get(row.drug) ?? '').set(pairKey(row), row)
}

/** The lines that count as stocked on a day: in stock, fresh, at an open institution. */
export function inStock(world: World, state: Declared, day: Day): Declaration[] {
  return [...state.lines].flatMap(([source, lines]) => [...lines.values()].filter((row) => {
    const since = row.filedOn ?? state.spokeOn.get(source)
    const freshness = world.drugs.get(row.drug)?.freshnessDays ?? 0
    return row.status === 'in_stock' && since !== undefined && daysBetween(since, day) <= freshness && isOpen(row.institution, day)
  }))
}
