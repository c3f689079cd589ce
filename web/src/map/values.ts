import type { MapBand } from './types'

/** Lower ends of the bands above zero, for scales of different size. */
const scales = [[1, 2, 3, 4, 5], [1, 3, 6, 11, 16], [1, 5, 10, 20, 40], [1, 10, 25, 50, 100], [1, 50, 100, 200, 400], [1, 100, 250, 500, 1000], [1, 500, 1000, 2500, 5000]] as const

/** The words of a scale. */
export interface BandWords { zero: string; range: (from: number, to: number) => string; open: (from: number) => string }

/** A band for zero alone and up to five above it, fitting a highest value. `closed`: nothing can be higher, so the last band ends there. */
export function countBands(top: number, words: BandWords, closed = false): MapBand[] {
  const scale = (scales.find((one) => one[4] * 1.5 >= top) ?? scales[scales.length - 1] ?? [1]).filter((from) => from <= Math.max(1, top))
  return [
    { label: words.zero, from: 0, to: 0 },
    ...scale.map((from, i): MapBand => {
      const next = scale[i + 1]
      const to = next === undefined ? (closed ? top : Number.MAX_SAFE_INTEGER) : next - 1
      return { label: to === from ? words.range(from, from) : next === undefined && !closed ? words.open(from) : words.range(from, to), from, to }
    }),
  ]
}

/** The band in which a count lies. */
export function bandOf(bands: readonly MapBand[], count: number): number | null {
  const index = bands.findIndex((band) => count >= band.from && count <= band.to)
  return index < 0 ? null : index
}
