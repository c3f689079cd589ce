import { kinds } from '@lastmile/shared/kind'
import { states } from '@lastmile/shared/state'

/**
 * The packed counts of a coverage row: for each slot (a unit, or a city) the same `width` counters.
 *
 * | counter | holds |
 * | --- | --- |
 * | kind × 8 + state | pairs of that kind of institution in that state (standing, under the lens "standing"; under "eligible" the first holds the eligible) |
 * | 24 + kind | eligible institutions that stock |
 * | 27 + kind | eligible institutions that say no |
 * | 30, 31 | distinct cities with at least one that stocks; with at least one eligible that stocks |
 */
export const width = 32
export const perKind = states.length
export const eligibleStocked = 24
export const eligibleNo = 27
export const citiesStocked = 30
export const citiesEligibleStocked = 31

/** Where the counter of a state stands. */
export function stateCounter(kind: number, state: number): number {
  return kind * perKind + state
}

/** Counters of all slots, `slot * width + counter`. Reading beyond the end is zero: slots are added as they appear. */
export type Counts = Int32Array

/** A copy that is at least `slots` long. */
export function withSlots(counts: Counts, slots: number): Counts {
  const copy = new Int32Array(Math.max(counts.length, slots * width))
  copy.set(counts)
  return copy
}

/** One counter of one slot. */
export function countAt(counts: Counts, slot: number, counter: number): number {
  return counts[slot * width + counter] ?? 0
}

/** Institutions (or pairs) in stock in a slot, over all kinds. */
export function stockedAt(counts: Counts, slot: number): number {
  let sum = 0
  for (let kind = 0; kind < kinds.length; kind++) sum += countAt(counts, slot, stateCounter(kind, 0))
  return sum
}

/**
 * Packs counters: the value as a varint, runs of zeros as a zero byte and their length. Most counters are zero and the
 * rest small, so a row of 33 units takes a few hundred bytes instead of four thousand.
 */
export function packCounts(counts: Counts): Uint8Array {
  const bytes: number[] = []
  let i = 0
  while (i < counts.length) {
    const value = counts[i]!
    if (value < 0) throw new RangeError(`a count cannot be negative (counter ${i} is ${value})`)
    if (value !== 0) {
      pushVarint(bytes, value)
      i += 1
      continue
    }
    let end = i
    while (end < counts.length && counts[end] === 0) end += 1
    if (end === counts.length) break
    bytes.push(0)
    pushVarint(bytes, end - i)
    i = end
  }
  return Uint8Array.from(bytes)
}

/** The inverse of {@link packCounts}; trailing zeros are not kept. */
export function unpackCounts(bytes: Uint8Array): Counts {
  const values: number[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    let shift = 0
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('packed counts end in the middle of a number')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
      shift += 7
    }
  }
  while (at < bytes.length) {
    const value = varint()
    if (value !== 0) values.push(value)
    else for (let run = varint(); run > 0; run--) values.push(0)
  }
  return Int32Array.from(values)
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}
