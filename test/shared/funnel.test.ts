import { describe, expect, test } from 'vitest'
import { funnelLimits, funnelOf, funnelPlace, type Cases } from '@lastmile/shared/funnel'
import { compareScores, type Scores } from '@lastmile/shared/scorecard'

/* What chance and the usual differences would give for units of a size, and shares held against it. */

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

const chance = (mean: number) => ({ mean, spread: 0 })
const counts = (funnel: { mean: number; spread: number }, of: number, level: 0.95 | 0.998) => { const { low, high } = funnelLimits(funnel, of, level); return [Math.round(low * of), Math.round(high * of)] as const }

describe('funnel limits', () => {
  test('are those of the binomial distribution: published critical values of the sign test, and by its definition', () => {
    // Two-sided at 5 %: of 10, 20 and 25 at one half, at most 1, 5 and 7 are rejected.
    expect([10, 20, 25].map((of) => counts(chance(0.5), of, 0.95))).toEqual([[2, 8], [6, 14], [8, 17]])
    for (const [mean, of] of [[0.5, 10], [0.1, 40], [0.9, 25], [0.37, 200]] as const) {
      for (const level of [0.95, 0.998] as const) {
        const outside = (1 - level) / 2
        const [low, high] = counts(chance(mean), of, level)
        expect([atMost(low, of, mean) > outside, low === 0 || atMost(low - 1, of, mean) <= outside]).toEqual([true, true])
        expect([1 - atMost(high - 1, of, mean) > outside, high === of || 1 - atMost(high, of, mean) <= outside]).toEqual([true, true])
      }
    }
    // Of few cases, all of them are what chance gives half of the time.
    expect(funnelPlace({ count: 5, of: 5 }, chance(0.87))).toBe('within')
  })

  test('come to the normal ones with size, at 1.96 and 3.09 standard errors, and close with it', () => {
    for (const [level, z] of [[0.95, 1.959964], [0.998, 3.090232]] as const) {
      const error = Math.sqrt((0.4 * 0.6) / 5_000)
      const { low, high } = funnelLimits(chance(0.4), 5_000, level)
      expect(Math.abs(low - (0.4 - z * error))).toBeLessThan(0.0008)
      expect(Math.abs(high - (0.4 + z * error))).toBeLessThan(0.0008)
    }
    const widths = [10, 40, 160, 640].map((of) => funnelLimits(chance(0.3), of, 0.95)).map(({ low, high }) => high - low)
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect(funnelLimits(chance(0.5), 0, 0.95)).toEqual({ low: 0, high: 1 })
  })

  test('where units differ by more than chance, are those of the beta-binomial distribution: at one half and a third every count is as probable as every other', () => {
    const even = { mean: 0.5, spread: 1 / 3 }
    expect([counts(even, 99, 0.95), counts(even, 2_499, 0.998)]).toEqual([[2, 97], [2, 2_497]])
    // They do not close with size on the mean, but on the shares between which units lie: of a beta distribution with a and b of 1, 2.5 % at either end.
    const { low, high } = funnelLimits(even, 20_000, 0.95)
    expect([low, high].map((one) => Math.round(one * 1_000))).toEqual([25, 975])
    expect(funnelPlace({ count: 30, of: 100 }, chance(0.5))).toBe('below_998')
    expect(funnelPlace({ count: 30, of: 100 }, { mean: 0.5, spread: 0.02 })).toBe('below_95')
    expect(funnelPlace({ count: 30, of: 100 }, { mean: 0.5, spread: 0.1 })).toBe('within')
  })

  test('do not close where the mean is none or all: nobody knows that it always is', () => {
    const all = funnelOf(Array.from({ length: 6 }, () => ({ count: 12, of: 12 })))!
    expect(all).toEqual({ mean: 72.5 / 73, spread: 0 })
    expect([funnelPlace({ count: 11, of: 12 }, all), funnelPlace({ count: 10, of: 12 }, all), funnelPlace({ count: 9, of: 12 }, all)]).toEqual(['within', 'below_95', 'below_998'])
    expect(funnelLimits(all, 12, 0.95).low).toBeLessThan(1)
    const none = funnelOf(Array.from({ length: 6 }, () => ({ count: 0, of: 12 })))!
    expect([none.mean > 0, funnelPlace({ count: 1, of: 12 }, none)]).toEqual([true, 'within'])
    for (const mean of [0, 1, -1, Number.NaN]) expect(() => funnelLimits(chance(mean), 9, 0.95)).toThrow(RangeError)
  })

  test('say of a share on which side it lies, and of no cases nothing', () => {
    expect([50, 38, 62, 30, 70].map((count) => funnelPlace({ count, of: 100 }, chance(0.5)))).toEqual(['within', 'below_95', 'above_95', 'below_998', 'above_998'])
    expect(funnelPlace({ count: 0, of: 0 }, chance(0.5))).toBeNull()
  })
})

describe('how units differ beyond chance', () => {
  const units = (...shown: [number, number][]): Cases[] => shown.map(([count, of]) => ({ count, of }))

  test('is nothing where shares lie as near to each other as chance has them, and is told of five or more', () => {
    expect(funnelOf(units([5, 10], [4, 10], [6, 10], [5, 10], [5, 10], [6, 10], [4, 10]))).toEqual({ mean: 0.5, spread: 0 })
    expect([funnelOf(units([5, 10], [4, 10], [6, 10], [5, 10])), funnelOf(units([5, 10], [4, 10], [6, 10], [5, 10], [0, 0]))]).toEqual([null, null])
    // Units with one case each tell nothing of how they differ.
    expect(funnelOf(units([0, 1], [1, 1], [0, 1], [1, 1], [1, 1]))!.spread).toBe(0)
  })

  test('is found by moments: worked by hand', () => {
    // Shares of 0.3, 0.4, 0.5 (twice), 0.6, 0.7, a hundred cases each: z of -4, -2, 0, 0, 2, 4, pulled to -3 and 3 at either end; 26 squares less 5, by 600 - 100 - 5.
    expect(funnelOf(units([30, 100], [40, 100], [50, 100], [50, 100], [60, 100], [70, 100]))).toEqual({ mean: 0.5, spread: expect.closeTo(21 / 495, 12) })
    // One that stands out far is pulled to the others: it does not make the limits within which it lies.
    const usual = Array.from({ length: 20 }, (_, n): [number, number] => [48 + (n % 5), 100])
    expect(funnelOf(units(...usual, [0, 100]))!.spread).toBeLessThan(0.001)
    expect(funnelOf(units([0, 10], [10, 10], [0, 10], [10, 10], [0, 10], [10, 10]))!.spread).toBe(0.99)
  })

  test('comes back as it was put in: units whose shares follow a beta distribution', () => {
    let seed = 11
    const random = () => { seed = (seed * 48_271) % 2_147_483_647; return seed / 2_147_483_647 }
    // A share of a beta distribution with whole a and b is the a-th smallest of a + b - 1 even ones: a and b of 4 and 5, a spread of a tenth.
    const share = () => Array.from({ length: 8 }, random).toSorted((a, b) => a - b)[3]!
    const found = funnelOf(Array.from({ length: 600 }, () => { const own = share(); return { count: Array.from({ length: 60 }, random).filter((one) => one < own).length, of: 60 } }))!
    expect(found.mean).toBeCloseTo(4 / 9, 1)
    // Pulling in the outermost tenths leaves somewhat less of it.
    expect([found.spread > 0.06, found.spread < 0.11]).toEqual([true, true])
  })
})

test('a unit is held against five others or more, all their cases together; they are named to whoever may see them', () => {
  const scores = (count: number, of: number, unknown = 0): Scores => ({ standards: { count, of, unknown }, completeness: null, timeliness: null, duties: null })
  const others = [8, 8, 8, 8, 8].map((count, n) => ({ unit: `${n}`, scores: scores(count, 10) }))
  const [standards, completeness] = compareScores(scores(2, 10), others, true)
  expect(standards).toMatchObject({ own: { count: 2, of: 10 }, members: 5, mean: 0.8, funnel: { mean: 0.8, spread: 0 }, place: 'below_998', band: { low: 0.8, median: 0.8 } })
  expect(standards!.points.map(({ unit, place }) => `${unit} ${place}`)).toEqual(['0 within', '1 within', '2 within', '3 within', '4 within'])
  expect(completeness).toEqual({ measure: 'completeness', own: null, members: 0, mean: null, funnel: null, band: null, place: null, points: [] })
  expect(compareScores(scores(2, 10), others.slice(1), true)[0]).toMatchObject({ members: 4, mean: null, funnel: null, band: null, place: null })
  expect(compareScores(scores(2, 10), others, false)[0]!.points).toEqual([])
  // What is not known could be met: then nothing is said. Nor is it beyond chance to miss one where a few others miss none.
  expect(compareScores(scores(2, 10, 8), others, true)[0]).toMatchObject({ own: { count: 2, of: 10, unknown: 8 }, place: null })
  expect(compareScores(scores(11, 12), others.map(({ unit }) => ({ unit, scores: scores(12, 12) })), true)[0]).toMatchObject({ mean: 1, place: 'within' })
  // Of whom nothing is known is none of those with whom one is compared, nor is anything said of him.
  const unknown = { unit: 'x', scores: scores(0, 0, 4) }
  expect(compareScores(scores(2, 10), [...others, unknown], true)[0]).toEqual(standards)
  expect(compareScores(unknown.scores, others, true)[0]).toMatchObject({ own: { count: 0, of: 0, unknown: 4 }, members: 5, place: null })
  // Six alike tell little of how units differ: that is taken from all, while the mean stays that of the others.
  const all = [...others, ...[20, 95, 30, 90, 10, 99].map((count, n) => ({ unit: `far ${n}`, scores: scores(count, 100) }))]
  expect(compareScores(scores(2, 10), others, true, undefined, all)[0]).toMatchObject({ members: 5, mean: 0.8, funnel: { mean: 0.8, spread: funnelOf(all.map(({ scores: one }) => one.standards!))!.spread }, place: 'within' })
  // Where the others differ widely, what would be beyond chance is not beyond the usual.
  const apart = [2, 4, 6, 8, 10, 12, 14, 16].map((count, n) => ({ unit: `${n}`, scores: scores(count * 5, 90) }))
  expect(compareScores(scores(18, 90), apart, true)[0]).toMatchObject({ mean: 0.5, place: 'within' })
})
