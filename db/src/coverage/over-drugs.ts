import { likelier, type Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { noState, stateCode, states } from '@lastmile/shared/state'

/**
 * Told of a day on which what an institution counts as over its drugs may change, before and after: the likeliest of
 * their states (`noState` where there is none), and whether anything that counts is said.
 */
export type Moved = (day: number, stateBefore: number, speaksBefore: boolean, stateAfter: number, speaksAfter: boolean) => void

const byLikelihood = states.map((_, code) => code).sort((a, b) => (a === b ? 0 : likelier(a, b) === a ? -1 : 1))
/** By state: how many are likelier. */
const rank = states.map((_, code) => byLikelihood.indexOf(code))
const silent = [stateCode('stale'), stateCode('not_reported')]
/** The ranks of states in which something that counts is said, as bits. */
const speakingBits = states.reduce((bits, _, code) => (silent.includes(code) ? bits : bits | (1 << rank[code]!)), 0)

/** Sides on which a span holds, as bits. */
const beforeBit = 1
const afterBit = 2

/** An edge is one number: its day, the rank of its state, sides, and whether a span begins or ends. */
const edgesADay = 8 * states.length

// Room that one institution after the other uses.
let edges = new Float64Array(256)
let length = 0
/** By rank: how many of the drugs are in that state, before and after. */
const was = new Int32Array(states.length)
const is = new Int32Array(states.length)

/**
 * Goes over the days of an institution's drugs once: `same` holds before and after. Beginnings and ends of spans are
 * sorted as numbers and counted by state, so that it costs what the spans are, not their days times the drugs.
 */
export function overDrugs(same: readonly (readonly Span[])[], before: readonly (readonly Span[])[], after: readonly (readonly Span[])[], moved: Moved): void {
  length = 0
  addEdges(same, beforeBit | afterBit)
  addEdges(before, beforeBit)
  addEdges(after, afterBit)
  was.fill(0)
  is.fill(0)
  let [wasBits, isBits] = [0, 0]
  const sorted = edges.subarray(0, length).sort()
  for (let at = 0; at < length; ) {
    const day = Math.floor(sorted[at]! / edgesADay)
    const first = day * edgesADay
    for (; at < length && sorted[at]! < first + edgesADay; at++) {
      const edge = sorted[at]! - first
      const n = edge & 1 ? 1 : -1
      const own = edge >> 3
      const bit = 1 << own
      if (edge & (beforeBit << 1)) wasBits = (was[own]! += n) > 0 ? wasBits | bit : wasBits & ~bit
      if (edge & (afterBit << 1)) isBits = (is[own]! += n) > 0 ? isBits | bit : isBits & ~bit
    }
    moved(day, likeliestOf(wasBits), (wasBits & speakingBits) !== 0, likeliestOf(isBits), (isBits & speakingBits) !== 0)
  }
}

function addEdges(drugs: readonly (readonly Span[])[], sides: number): void {
  for (const spans of drugs) {
    for (const { from, to, state } of spans) {
      const edge = (rank[state]! << 3) + (sides << 1)
      addEdge(from * edgesADay + edge + 1)
      if (to !== endOfDays) addEdge(to * edgesADay + edge)
    }
  }
}

function addEdge(edge: number): void {
  if (length === edges.length) {
    const larger = new Float64Array(2 * length)
    larger.set(edges)
    edges = larger
  }
  edges[length++] = edge
}

/** The likeliest of states, given as the bits of their ranks. */
function likeliestOf(bits: number): number {
  return bits === 0 ? noState : byLikelihood[31 - Math.clz32(bits & -bits)]!
}
