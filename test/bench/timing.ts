import { setTimeout } from 'node:timers/promises'
import type { Figures } from './questions.js'

/** Asks a question once; what it answers can be read into figures afterwards, when no clock runs. */
export type Ask = () => Promise<() => Figures>

/** Milliseconds of several runs; `stoppedAfter` (seconds) where the question took longer than it may. */
export interface Timing {
  median: number
  runs: number
  stoppedAfter: number | null
}

/** A question was stopped by its limit. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** No more runs are begun of a question that has taken so long in all. */
const enoughMs = 20_000

/** Median of some runs after one to warm up (which counts if it alone took very long). Answers the figures of the last. */
export async function timed(ask: Ask, runs: number, limitSeconds: number): Promise<{ timing: Timing; figures: Figures | null }> {
  const taken: number[] = []
  let answer: () => Figures
  try {
    const begun = performance.now()
    let start = begun
    answer = await ask()
    const first = performance.now() - start
    if (first > enoughMs / 2) taken.push(first)
    while (taken.length < runs && performance.now() - begun < enoughMs) {
      start = performance.now()
      answer = await ask()
      taken.push(performance.now() - start)
    }
  } catch (error) {
    if (error instanceof Stopped) return { timing: { median: limitSeconds * 1_000, runs: 0, stoppedAfter: limitSeconds }, figures: null }
    throw error
  }
  // What one engine wrote may still be on its way to the disk.
  await setTimeout(50)
  return { timing: { median: quantile(taken, 0.5), runs: taken.length, stoppedAfter: null }, figures: answer() }
}

/** A quantile (0 to 1) of some numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)]!
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
}
