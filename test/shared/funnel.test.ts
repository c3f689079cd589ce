import { describe, expect, test } from 'vitest'
import { funnelLimits, funnelPlace } from '@lastmile/shared/funnel'
import { compareScores, type Scores } from '@lastmile/shared/scorecard'

/* What chance alone would give for units of a size, and shares held against it. */

/** The binomial distribution, by its definition. */
function atMost(count: number, of: number, mean: number): number {
  let sum = 0
  for (let k = 0; k <= count; k++) {
    let ways = 1
    for (let n = 0; n < k; n++) ways = (ways * (of - n)) / (n + 1)
    sum += ways * mean ** k * (1 - mean) ** (of - k)
  }
  return sum
}

describe('funnel limits', () => {
  test('are those of the binomial distribution: published critical values of the sign test, and by its definition', () => {
    // Two-sided at 5 %: of 10, 20 and 25 at one half, at most 1, 5 and 7 are rejected.
    expect([10, 20, 25].map((of) => funnelLimits(0.5, of, 0.95)).map(({ low, high }, n) => [low * [10, 20, 25][n]!, high * [10, 20, 25][n]!])).toEqual([[2, 8], [6, 14], [8, 17]])
    for (const [mean, of] of [[0.5, 10], [0.1, 40], [0.9, 25], [0.37, 200]] as const) {
      for (const level of [0.95, 0.998] as const) {
        const outside = (1 - level) / 2
        const [low, high] = [funnelLimits(mean, of, level).low * of, funnelLimits(mean, of, level).high * of].map(Math.round) as [number, number]
        expect([atMost(low, of, mean) > outside, low === 0 || atMost(low - 1, of, mean) <= outside]).toEqual([true, true])
        expect([1 - atMost(high - 1, of, mean) > outside, high === of || 1 - atMost(high, of, mean) <= outside]).toEqual([true, true])
      }
    }
    // Of few cases, all of them are what chance gives half of the time.
    expect(funnelPlace(5, 5, 0.87)).toBe('within')
  })

  test('come to the normal ones with size, at 1.96 and 3.09 standard errors, and close with it', () => {
    for (const [level, z] of [[0.95, 1.959964], [0.998, 3.090232]] as const) {
      const error = Math.sqrt((0.4 * 0.6) / 5_000)
      const { low, high } = funnelLimits(0.4, 5_000, level)
      expect(Math.abs(low - (0.4 - z * error))).toBeLessThan(0.0008)
      expect(Math.abs(high - (0.4 + z * error))).toBeLessThan(0.0008)
    }
    const widths = [10, 40, 160, 640].map((of) => funnelLimits(0.3, of, 0.95)).map(({ low, high }) => high - low)
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect([funnelLimits(0, 9, 0.95), funnelLimits(1, 9, 0.998), funnelLimits(0.5, 0, 0.95)]).toEqual([{ low: 0, high: 0 }, { low: 1, high: 1 }, { low: 0, high: 1 }])
  })

  test('say of a share on which side it lies, and of no cases nothing', () => {
    expect([funnelPlace(50, 100, 0.5), funnelPlace(38, 100, 0.5), funnelPlace(62, 100, 0.5), funnelPlace(30, 100, 0.5), funnelPlace(70, 100, 0.5), funnelPlace(0, 0, 0.5)]).toEqual(['within', 'below_95', 'above_95', 'below_998', 'above_998', null])
  })
})

test('a unit is held against five others or more, all their cases together; they are named to whoever may see them', () => {
  const scores = (count: number, of: number, unknown = 0): Scores => ({ standards: { count, of, unknown }, completeness: null, timeliness: null, duties: null })
  const others = [8, 8, 8, 8, 8].map((count, n) => ({ unit: `${n}`, scores: scores(count, 10) }))
  const [standards, completeness] = compareScores(scores(2, 10), others, true)
  expect(standards).toMatchObject({ own: { count: 2, of: 10 }, members: 5, mean: 0.8, place: 'below_998', band: { low: 0.8, median: 0.8 } })
  expect(standards!.points).toHaveLength(5)
  expect(completeness).toEqual({ measure: 'completeness', own: null, members: 0, mean: null, band: null, place: null, points: [] })
  expect(compareScores(scores(2, 10), others.slice(1), true)[0]).toMatchObject({ members: 4, mean: null, band: null, place: null })
  expect(compareScores(scores(2, 10), others, false)[0]!.points).toEqual([])
  // What is not known could be met: then nothing is said. Nor is it beyond chance to miss one where a few others miss none.
  expect(compareScores(scores(2, 10, 8), others, true)[0]).toMatchObject({ own: { count: 2, of: 10, unknown: 8 }, place: null })
  expect(compareScores(scores(11, 12), others.map(({ unit }) => ({ unit, scores: scores(12, 12) })), true)[0]).toMatchObject({ mean: 1, place: 'within' })
})
