import type { ReachSets } from './reach-sets.js'

/** What is chosen, how often each point is reached, and what each choice would add. */
export interface Standing {
  readonly chosen: number[]
  readonly times: Int32Array
  readonly gains: Float64Array
  value: number
  steps: number
}

/** Nothing chosen. */
export function newStanding(sets: ReachSets, weights: Float64Array): Standing {
  const gains = new Float64Array(sets.choices.length)
  for (let c = 0; c < gains.length; c++) for (let n = sets.starts[c]!; n < sets.starts[c + 1]!; n++) gains[c]! += weights[sets.points[n]!]!
  return { chosen: [], times: new Int32Array(weights.length), gains, value: 0, steps: 0 }
}

/** Takes a choice, and keeps the gains of all others up to date. */
export function take(sets: ReachSets, weights: Float64Array, standing: Standing, choice: number): void {
  standing.chosen.push(choice)
  standing.value += standing.gains[choice]!
  for (let n = sets.starts[choice]!; n < sets.starts[choice + 1]!; n++) {
    const point = sets.points[n]!
    if (standing.times[point]!++ === 0) tell(sets, standing, point, -weights[point]!)
  }
}

/** Takes a choice back. */
export function leave(sets: ReachSets, weights: Float64Array, standing: Standing, choice: number): void {
  standing.chosen.splice(standing.chosen.indexOf(choice), 1)
  for (let n = sets.starts[choice]!; n < sets.starts[choice + 1]!; n++) {
    const point = sets.points[n]!
    if (--standing.times[point]! === 0) tell(sets, standing, point, weights[point]!)
  }
  standing.value -= standing.gains[choice]!
}

function tell({ byPoint: { starts, choices } }: ReachSets, standing: Standing, point: number, weight: number): void {
  for (let n = starts[point]!; n < starts[point + 1]!; n++) standing.gains[choices[n]!]! += weight
  standing.steps += starts[point + 1]! - starts[point]!
}

/** The choice that adds most, the first among equals; −1 where none adds anything. */
export function mostGaining(gains: Float64Array): number {
  let [best, most] = [-1, 0]
  for (let c = 0; c < gains.length; c++) {
    if (gains[c]! > most) {
      best = c
      most = gains[c]!
    }
  }
  return best
}

/** The sum of the largest gains: however many are added to what is chosen, no more is added than this. */
export function topSum(gains: Float64Array, count: number): number {
  return largest(gains, count).reduce((sum, c) => sum + gains[c]!, 0)
}

/** The indices of the largest values, the first among equals, in falling order. */
export function largest(values: Float64Array, count: number): number[] {
  const best: number[] = []
  for (let c = 0; c < values.length; c++) {
    if (best.length === count && values[c]! <= values[best[count - 1]!]!) continue
    let at = best.length
    while (at > 0 && values[best[at - 1]!]! < values[c]!) at -= 1
    best.splice(at, 0, c)
    if (best.length > count) best.pop()
  }
  return best
}
