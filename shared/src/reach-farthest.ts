import { coverMost, type CoverLimits } from './reach-cover.js'
import { setsWithin } from './reach-sets.js'
import { chordBetween, chordOf, kmOf, nearestOf, some, type Placed } from './reach-sphere.js'

/*
 * The farthest nearest (p-center): of some candidates at most k, so that the point that is farthest from all of them, and from where
 * it is to be had today, is as near as can be. Within a distance all points are reached by k or they are not, which is a
 * question of coverage: so the least distance is found by halving, from above by what is found, from below by what is shown to be impossible.
 */

export const usualFarthestLimits: CoverLimits = { swapping: 20_000_000, pricing: 30_000_000, searching: 40_000_000 }

/** So many distances are put in order one by one; of more, steps are tried. */
const distancesAtMost = 1_500_000
const stepsBetween = 256

/** Candidates by index; the farthest point's distance with them, and what it is at least, as squares of chords. */
export interface Nearest {
  chosen: number[]
  farthest: number
  least: number
}

/** What is asked, and the best that is known of it. */
interface Asked {
  points: Placed
  candidates: Placed
  today: Float64Array
  count: number
  limits: CoverLimits
  best: { chosen: number[]; farthest: number }
  /** Told with every distance that is tried. */
  onTried: () => void
}

/** Candidates, at most `count`, with which the farthest is nearest. `today`: to where each point goes now, as the square of a chord. */
export function nearFarthest(points: Placed, candidates: Placed, today: Float64Array, count: number, limits: CoverLimits = usualFarthestLimits, onTried: (share: number) => void = () => {}): Nearest {
  const worst = today.reduce((most, one) => Math.max(most, one), 0)
  if (count === 0 || candidates.count === 0 || points.count === 0) return { chosen: [], farthest: worst, least: worst }
  let tried = 0
  const asked: Asked = { points, candidates, today, count, limits, best: farthestFirst(points, candidates, today, count), onTried: () => onTried(1 - 0.93 ** ++tried) }
  const least = points.count * candidates.count <= distancesAtMost ? byAllDistances(asked) : bySteps(asked)
  const { chosen, farthest } = asked.best
  return { chosen: inOrder(points, candidates, today, chosen), farthest, least: Math.min(least, farthest) }
}

/** Tries the distances that there are, and answers the least of those that are not impossible. */
function byAllDistances(asked: Asked): number {
  const { points, candidates, today } = asked
  const radii = distancesUpTo(points, candidates, today, asked.best.farthest)
  const known = new Map<number, boolean | null>()
  const isReached = (at: number) => {
    if (radii[at]! >= asked.best.farthest) return true
    if (!known.has(at)) known.set(at, reachAll(asked, candidates, radii[at]!, [...points.lat.keys()]))
    return known.get(at)!
  }
  firstWhere(radii.length, (at) => isReached(at) === true)
  return radii[firstWhere(radii.length, (at) => isReached(at) !== false)]!
}

/**
 * Tries steps: from above with one candidate of each spot, which are as good as any; from below with all of them, and
 * as few points as show that it is impossible. Those that are left out where it is not are taken in for the next try.
 */
function bySteps(asked: Asked): number {
  const { points, candidates, today } = asked
  const [which, movedKm] = spotsOf(candidates)
  const spots = some(candidates, which)
  const all = [...points.lat.keys()]
  const few = farApart(points, today, 60)
  const floor = nearestOf(some(points, few), candidates).chord.reduce((most, one, n) => Math.max(most, Math.min(today[few[n]!]!, one)), 0)
  const above = stepsUpTo(floor, asked.best.farthest)
  firstWhere(above.length, (at) => above[at]! >= asked.best.farthest || reachAll(asked, spots, above[at]!, all, which) === true)
  polish(asked, movedKm)
  const below = stepsUpTo(floor, asked.best.farthest)
  const possible = firstWhere(below.length, (at) => {
    if (below[at]! >= asked.best.farthest) return true
    for (let round = 0; round < 4; round++) {
      const left: number[] = []
      if (reachAll(asked, candidates, below[at]!, few, null, left) === false) return false
      if (left.length === 0) return true
      few.push(...farApart(points, today, 12, left))
    }
    return true
  })
  return possible === 0 ? floor : below[possible - 1]!
}

/** How far the farthest point is with some chosen. */
export function farthestWith(points: Placed, candidates: Placed, today: Float64Array, chosen: readonly number[]): number {
  const { chord } = nearestOf(points, candidates, chosen)
  return chord.reduce((most, own, p) => Math.max(most, Math.min(own, today[p]!)), 0)
}

/** Spots that are looked at, at most. */
const spotsAtMost = 5_000

/** Of each spot the candidate nearest to its middle, and how many kilometres at most another of it is from that one. */
function spotsOf(candidates: Placed): [which: number[], movedKm: number] {
  const spotOf = (j: number, cell: number) => Math.floor((candidates.lat[j]! + 90) / cell) * 100_000 + Math.floor((candidates.lng[j]! + 180) / cell)
  for (let cell = 0.02; ; cell *= 1.4) {
    const spots = new Map<number, number>()
    for (let j = 0; j < candidates.count && spots.size <= spotsAtMost; j++) spots.set(spotOf(j, cell), j)
    if (spots.size > spotsAtMost) continue
    const off = (j: number) => ((candidates.lat[j]! + 90) % cell - cell / 2) ** 2 + ((candidates.lng[j]! + 180) % cell - cell / 2) ** 2
    for (let j = 0; j < candidates.count; j++) {
      const spot = spotOf(j, cell)
      const other = spots.get(spot)!
      if (off(j) < off(other) || (off(j) === off(other) && j < other)) spots.set(spot, j)
    }
    let moved = 0
    for (let j = 0; j < candidates.count; j++) moved = Math.max(moved, chordBetween(candidates, spots.get(spotOf(j, cell))!, candidates, j))
    return [[...spots.values()].sort((a, b) => a - b), kmOf(moved)]
  }
}

/** So many of some points: that which is farthest from today's and from those before it, again and again. */
function farApart(points: Placed, today: Float64Array, count: number, among: readonly number[] = [...points.lat.keys()]): number[] {
  const own = some(points, among)
  const far = Float64Array.from(among, (p) => today[p]!)
  const picked: number[] = []
  while (picked.length < Math.min(count, among.length)) {
    let next = 0
    for (let n = 1; n < far.length; n++) if (far[n]! > far[next]!) next = n
    if (far[next]! <= 0) break
    picked.push(among[next]!)
    for (let n = 0; n < far.length; n++) far[n] = Math.min(far[n]!, chordBetween(own, n, own, next))
  }
  return picked
}

/** The one nearest to the point that is farthest, again and again: never more than three times as far as need be (choices are other places than the points). */
function farthestFirst(points: Placed, places: Placed, today: Float64Array, count: number): { chosen: number[]; farthest: number } {
  const own = today.slice()
  const chosen: number[] = []
  for (;;) {
    let far = 0
    for (let p = 1; p < own.length; p++) if (own[p]! > own[far]!) far = p
    if (chosen.length === count) return { chosen, farthest: own[far]! }
    const { at } = nearestOf(some(points, [far]), places)
    const next = at[0]!
    if (chordBetween(points, far, places, next) >= own[far]!) return { chosen, farthest: own[far]! }
    chosen.push(next)
    for (let p = 0; p < own.length; p++) own[p] = Math.min(own[p]!, chordBetween(points, p, places, next))
  }
}

/** All distances that the farthest point may have, in rising order. */
function distancesUpTo(points: Placed, candidates: Placed, today: Float64Array, farthest: number): Float64Array {
  const nearest = nearestOf(points, candidates).chord
  const floor = Math.min(farthest, nearest.reduce((most, one, p) => Math.max(most, Math.min(today[p]!, one)), 0))
  const values = new Set<number>([farthest])
  for (let p = 0; p < points.count; p++) {
    if (today[p]! >= floor && today[p]! <= farthest) values.add(today[p]!)
    for (let c = 0; c < candidates.count; c++) {
      const own = chordBetween(points, p, candidates, c)
      if (own >= floor && own <= farthest) values.add(own)
    }
  }
  return Float64Array.from(values).sort()
}

function stepsUpTo(floor: number, farthest: number): Float64Array {
  const [from, to] = [kmOf(floor), kmOf(farthest)]
  return Float64Array.from({ length: stepsBetween + 1 }, (_, n) => chordOf(from + ((to - from) * n) / stepsBetween))
}

/**
 * Whether so many candidates reach some points within a chord; null where that was not found out. What reaches all there are is kept as the best
 * that is known; else `left` hears which are not reached. `ids`: of which candidates those are some.
 */
function reachAll(asked: Asked, candidates: Placed, chord: number, wanted: readonly number[], ids: readonly number[] | null = null, left: number[] = []): boolean | null {
  const { points, today, count, limits } = asked
  asked.onTried()
  const open = wanted.filter((p) => today[p]! > chord)
  const sets = setsWithin(some(points, open), candidates, chord)
  if (!sets.thinned && open.some((_, n) => sets.byPoint.starts[n] === sets.byPoint.starts[n + 1])) return false
  const cover = coverMost(sets, new Float64Array(open.length).fill(1), count, limits, open.length)
  if (cover.value < open.length) return cover.bound < open.length && !sets.thinned ? false : null
  const chosen = cover.chosen.map((c) => ids?.[sets.choices[c]!] ?? sets.choices[c]!)
  const { chord: far } = nearestOf(points, asked.candidates, chosen)
  let farthest = 0
  for (let p = 0; p < points.count; p++) {
    const own = Math.min(far[p]!, today[p]!)
    farthest = Math.max(farthest, own)
    if (own > chord) left.push(p)
  }
  if (farthest < asked.best.farthest) asked.best = { chosen, farthest }
  return true
}

/** The first of so many for which something holds that holds for all after it; the last where it is none. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Puts in the place of each the candidate around it with which the farthest of its own points is nearest. */
function polish(asked: Asked, movedKm: number): void {
  const { points, candidates, today } = asked
  const around = chordOf(2 * movedKm)
  for (let round = 0; round < 3; round++) {
    const { chosen, farthest: former } = asked.best
    const { chord, at } = nearestOf(points, candidates, chosen)
    const next = chosen.map((one) => {
      const own = [...at.keys()].filter((p) => at[p] === one && chord[p]! < today[p]!)
      let [best, least] = [one, own.reduce((most, p) => Math.max(most, chord[p]!), 0)]
      for (let j = 0; j < candidates.count; j++) {
        if (chordBetween(candidates, one, candidates, j) > around) continue
        let far = 0
        for (const p of own) {
          far = Math.max(far, chordBetween(points, p, candidates, j))
          if (far >= least) break
        }
        if (far < least) [best, least] = [j, far]
      }
      return best
    })
    const farthest = farthestWith(points, candidates, today, next)
    if (farthest >= former) return
    asked.best = { chosen: next, farthest }
  }
}

/** In the order in which each brings the farthest nearest, and among equals all points together; those after which the farthest is as far as before them all are left out. */
function inOrder(points: Placed, candidates: Placed, today: Float64Array, chosen: readonly number[]): number[] {
  const own = today.map((chord) => kmOf(chord))
  const order: number[] = []
  let [needed, least] = [0, own.reduce((most, km) => Math.max(most, km), 0)]
  const left = new Set([...chosen].sort((a, b) => a - b))
  while (left.size > 0) {
    let best: { one: number; farthest: number; sum: number } | null = null
    for (const one of left) {
      let [farthest, sum, isNearer] = [0, 0, false]
      for (let p = 0; p < own.length; p++) {
        const km = kmOf(chordBetween(points, p, candidates, one))
        if (km < own[p]!) isNearer = true
        const now = Math.min(own[p]!, km)
        if (now > farthest) farthest = now
        sum += now
      }
      if (isNearer && (best === null || farthest < best.farthest || (farthest === best.farthest && sum < best.sum))) best = { one, farthest, sum }
    }
    if (best === null) break
    left.delete(best.one)
    order.push(best.one)
    if (best.farthest < least) [needed, least] = [order.length, best.farthest]
    for (let p = 0; p < own.length; p++) own[p] = Math.min(own[p]!, kmOf(chordBetween(points, p, candidates, best.one)))
  }
  return order.slice(0, needed)
}
