import { kmOf, rowsOf, some, within, type Placed } from './reach-sphere.js'

/** Which points each of some choices reaches, and which choices reach each point: both packed, one after the other. */
export interface ReachSets {
  /** The candidates that are choices, by index: of those that reach the same points the first, of those that reach none nobody. */
  readonly choices: Int32Array
  /** How many candidates reach exactly what a choice does, itself among them. */
  readonly alike: Int32Array
  readonly starts: Int32Array
  readonly points: Int32Array
  readonly byPoint: { readonly starts: Int32Array; readonly choices: Int32Array }
  /** True where so many reach so much that some choices were left out. */
  readonly thinned: boolean
}

/** Entries of all sets together, at most: four bytes each, twice. */
const entriesAtMost = 16_000_000

/** Which of the points each candidate reaches within a chord (its square), those that reach the same put together. */
export function setsWithin(points: Placed, candidates: Placed, chord: number, entries = entriesAtMost): ReachSets {
  const rows = rowsOf(points, chord)
  const found = new Int32Array(points.count)
  const [low, high] = [signs(points.count, 0x9e3779b9), signs(points.count, 0x85ebca6b)]
  const sizes = new Int32Array(candidates.count)
  const groups = new Map<number, Map<number, number>>()
  const [choices, alike]: [number[], number[]] = [[], []]
  let total = 0
  for (let j = 0; j < candidates.count; j++) {
    const size = within(rows, candidates, j, chord, found)
    if (size === 0) continue
    let [a, b] = [0, 0]
    for (let n = 0; n < size; n++) {
      a ^= low[found[n]!]!
      b ^= high[found[n]!]!
    }
    let group = groups.get(a)
    if (!group) groups.set(a, (group = new Map()))
    const known = group.get(b)
    if (known !== undefined) {
      alike[known]! += 1
      continue
    }
    group.set(b, choices.length)
    choices.push(j)
    alike.push(1)
    sizes[j] = size
    total += size
  }
  const kept = total <= entries ? null : thinned(candidates, choices, sizes, kmOf(chord), entries)
  const which = kept ?? choices.map((_, n) => n)
  const ids = Int32Array.from(which, (n) => choices[n]!)
  return { ...packed(rows, candidates, ids, chord, points.count), choices: ids, alike: Int32Array.from(which, (n) => alike[n]!), thinned: kept !== null }
}

/** Which candidates reach exactly those of the points within a chord (its square) that one of them reaches, that one among them; by index. */
export function alikeAmong(points: Placed, candidates: Placed, chord: number, one: number): number[] {
  const rows = rowsOf(points, chord)
  const found = new Int32Array(points.count)
  const isWanted = new Uint8Array(points.count)
  const size = within(rows, candidates, one, chord, found)
  for (const p of found.subarray(0, size)) isWanted[p] = 1
  const isAlike = (j: number) => within(rows, candidates, j, chord, found) === size && found.subarray(0, size).every((p) => isWanted[p] === 1)
  return [...Array(candidates.count).keys()].filter(isAlike)
}

/** Of each spot the choice that reaches most points, the first among equals; spots as small as leave no more entries than there may be. */
function thinned(candidates: Placed, choices: readonly number[], sizes: Int32Array, km: number, entries: number): number[] {
  for (let cell = km / 111 / 32; ; cell *= 1.5) {
    const best = new Map<number, number>()
    for (let n = 0; n < choices.length; n++) {
      const j = choices[n]!
      const spot = Math.floor((candidates.lat[j]! + 90) / cell) * 100_000 + Math.floor((candidates.lng[j]! + 180) / cell)
      const other = best.get(spot)
      if (other === undefined || sizes[j]! > sizes[choices[other]!]!) best.set(spot, n)
    }
    const kept = [...best.values()].sort((a, b) => a - b)
    if (kept.length === 1 || kept.reduce((sum, n) => sum + sizes[choices[n]!]!, 0) <= entries) return kept
  }
}

function packed(rows: ReturnType<typeof rowsOf>, candidates: Placed, choices: Int32Array, chord: number, pointCount: number): Pick<ReachSets, 'starts' | 'points' | 'byPoint'> {
  const chosen = some(candidates, choices)
  const found = new Int32Array(pointCount)
  const starts = new Int32Array(choices.length + 1)
  const reaching = new Int32Array(pointCount + 1)
  let points = new Int32Array(Math.max(1_024, choices.length * 8))
  let count = 0
  for (let c = 0; c < choices.length; c++) {
    const size = within(rows, chosen, c, chord, found)
    if (count + size > points.length) {
      const larger = new Int32Array(Math.max(points.length * 2, count + size))
      larger.set(points)
      points = larger
    }
    const own = found.subarray(0, size).sort()
    points.set(own, count)
    for (const p of own) reaching[p + 1]! += 1
    count += size
    starts[c + 1] = count
  }
  for (let p = 0; p < pointCount; p++) reaching[p + 1]! += reaching[p]!
  const next = reaching.slice(0, pointCount)
  const byPoint = new Int32Array(count)
  for (let c = 0; c < choices.length; c++) for (let n = starts[c]!; n < starts[c + 1]!; n++) byPoint[next[points[n]!]!++] = c
  return { starts, points: points.subarray(0, count), byPoint: { starts: reaching, choices: byPoint } }
}

/** A number for each point, from a seed: together they tell sets of points apart. */
function signs(count: number, seed: number): Int32Array {
  let state = seed
  return Int32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return mixed ^ (mixed >>> 14)
  })
}
