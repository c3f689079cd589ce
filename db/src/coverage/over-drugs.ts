import { likelier, type Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { noState, stateCode, states } from '@lastmile/shared/state'

/** What an institution counts as over its drugs: the likeliest of their states, and whether anything that counts is said. */
export interface OverAll {
  state: number
  speaks: boolean
}

/** Told of a day on which what an institution counts as may change, before and after. */
export type Moved = (day: number, before: OverAll, after: OverAll) => void

const byLikelihood = states.map((_, code) => code).sort((a, b) => (a === b ? 0 : likelier(a, b) === a ? -1 : 1))
const silent = [stateCode('stale'), stateCode('not_reported')]
const speaking = byLikelihood.filter((code) => !silent.includes(code))

/** Sides on which a span holds, as bits. */
const beforeBit = 1
const afterBit = 2

/**
 * Goes over the days of an institution's drugs once: `same` holds before and after. Beginnings and ends of spans are
 * sorted as numbers and counted by state, so that it costs what the spans are, not their days times the drugs.
 */
export function overDrugs(same: readonly (readonly Span[])[], before: readonly (readonly Span[])[], after: readonly (readonly Span[])[], moved: Moved): void {
  const edges: number[] = []
  addEdges(edges, same, beforeBit | afterBit)
  addEdges(edges, before, beforeBit)
  addEdges(edges, after, afterBit)
  const was = states.map(() => 0)
  const is = states.map(() => 0)
  const sorted = Float64Array.from(edges).sort()
  for (let at = 0; at < sorted.length; ) {
    const day = Math.floor(sorted[at]! / edgesADay)
    for (; at < sorted.length && Math.floor(sorted[at]! / edgesADay) === day; at++) {
      const edge = sorted[at]! - day * edgesADay
      const n = edge & 1 ? 1 : -1
      const state = edge >> 3
      if (edge & (beforeBit << 1)) was[state]! += n
      if (edge & (afterBit << 1)) is[state]! += n
    }
    moved(day, overAll(was), overAll(is))
  }
}

/** An edge is one number: its day, state, sides, and whether a span begins or ends. */
const edgesADay = 8 * states.length

function addEdges(edges: number[], drugs: readonly (readonly Span[])[], sides: number): void {
  for (const spans of drugs) {
    for (const { from, to, state } of spans) {
      edges.push(from * edgesADay + (state << 3) + (sides << 1) + 1)
      if (to !== endOfDays) edges.push(to * edgesADay + (state << 3) + (sides << 1))
    }
  }
}

function overAll(counts: readonly number[]): OverAll {
  const said = (code: number) => counts[code]! > 0
  return { state: byLikelihood.find(said) ?? noState, speaks: speaking.some(said) }
}
