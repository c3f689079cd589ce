/** Something drawn, in colours as `#rrggbb`. Points are `x0, y0, x1, y1, …` in units of the picture, y downwards. */
export type Mark =
  | { readonly mark: 'area'; readonly rings: readonly (readonly number[])[]; readonly fill: string | null; readonly border: string | null; readonly width?: number }
  | { readonly mark: 'line'; readonly points: readonly number[]; readonly color: string; readonly width: number }
  /** `y` is where its letters stand; `size` their height in units. */
  | { readonly mark: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly size: number; readonly color: string; readonly align: 'start' | 'middle' | 'end'; readonly isBold?: boolean }

/** A picture as plain things that any format has: drawn once, written as SVG for screens and as EMF for documents. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly language: 'zh' | 'en'
  /** What it shows, in a sentence, for who does not see it. */
  readonly title: string
  readonly marks: readonly Mark[]
}

/** A rectangle as a ring. */
export function boxRing(x: number, y: number, width: number, height: number): number[] {
  return [x, y, x + width, y, x + width, y + height, x, y + height]
}

/** An area filled with lines from the left below to the right above, so many units apart. They are drawn as lines: not every reader of documents knows patterns. */
export function hatched(rings: readonly (readonly number[])[], { color, every, width }: { color: string; every: number; width: number }): Mark[] {
  const lines: Mark[] = []
  // Along a line x + y stays the same, so an edge crosses those between the sums of its ends.
  const sums = rings.flatMap((ring) => ring.flatMap((x, i) => (i % 2 === 0 ? [x + ring[i + 1]!] : [])))
  const [least, most] = sums.reduce(([low, high], sum) => [Math.min(low, sum), Math.max(high, sum)], [Infinity, -Infinity])
  for (let sum = Math.ceil(least / every) * every; sum <= most; sum += every) {
    const crossings: number[] = []
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y, nextX, nextY] = [ring[i]!, ring[i + 1]!, ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!]
        const [from, to] = [x + y - sum, nextX + nextY - sum]
        if (from < 0 !== to < 0) crossings.push(x + ((nextX - x) * from) / (from - to))
      }
    }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [x, end] = [Math.round(crossings[i]!), Math.round(crossings[i + 1]!)]
      if (end > x) lines.push({ mark: 'line', points: [x, sum - x, end, sum - end], color, width })
    }
  }
  return lines
}
