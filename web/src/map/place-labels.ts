import type { Drawn } from './picture'
import type { Box } from './projection'

/** A label and the smallest zoom (screen pixels per picture unit) at which it fits among its neighbours. */
export interface PlacedLabel {
  code: string
  text: string
  x: number
  y: number
  /** Offset in screen pixels, the same at every zoom. */
  dx: number
  dy: number
  anchor: 'start' | 'middle' | 'end'
  fromScale: number
}

/** Letter height of labels, in screen pixels. */
const LABEL_SIZE = 12
const STEPS = Array.from({ length: 25 }, (_, i) => 0.25 * 2 ** (i / 4))

/** Small or narrow regions on the coast are named over the sea beside them. */
const BESIDE: Readonly<Record<string, Pick<PlacedLabel, 'dx' | 'dy' | 'anchor'>>> = {
  '120000': { dx: 7, dy: 3, anchor: 'start' },
  '310000': { dx: 7, dy: 4, anchor: 'start' },
  '810000': { dx: 5, dy: 7, anchor: 'start' },
  '820000': { dx: -3, dy: 11, anchor: 'end' },
  '710000': { dx: 0, dy: 0, anchor: 'middle' },
  DE: { dx: 8, dy: 4, anchor: 'start' },
  RI: { dx: 6, dy: 8, anchor: 'start' },
  GU: { dx: 8, dy: -2, anchor: 'start' },
  MP: { dx: -8, dy: 0, anchor: 'end' },
  VI: { dx: 0, dy: -9, anchor: 'middle' },
  AS: { dx: 2, dy: 12, anchor: 'middle' },
}

/** Too small for its name, and never without it. */
const CAPITAL = '110000'

/** Places labels, largest regions first, for every zoom at once: what collides, or would be cut by the edge of its panel, waits for a closer zoom. */
export function placeLabels(regions: readonly Drawn[], textOf: (region: Drawn) => string, box: Box): PlacedLabel[] {
  const waiting = regions.filter((r) => r.home && textOf(r) !== '').map((r): PlacedLabel & { room: number } => ({
    code: r.code, text: textOf(r), x: r.at[0], y: r.at[1], room: r.room, fromScale: Infinity, ...(BESIDE[r.code] ?? { dx: 0, dy: 0, anchor: 'middle' }),
  })).sort((a, b) => b.room - a.room)
  waiting.sort((a, b) => Number(b.code === CAPITAL) - Number(a.code === CAPITAL))
  for (const scale of STEPS) {
    const taken: Rect[] = []
    for (const label of waiting) {
      const rect = around(label, scale)
      if (!(label.fromScale <= scale || hasRoom(label, scale, rect)) || !inside(rect, box, scale) || taken.some((other) => overlap(rect, other))) continue
      taken.push(rect)
      label.fromScale = Math.min(label.fromScale, scale)
    }
  }
  return waiting.filter((label) => label.fromScale < Infinity)
}

function hasRoom(label: PlacedLabel & { room: number }, scale: number, rect: Rect): boolean {
  if (label.code === CAPITAL) return true
  if (label.code in BESIDE) return scale > 0.55
  const radius = label.room * scale
  return radius >= LABEL_SIZE / 2 && radius * 4 >= rect.right - rect.left
}

interface Rect {
  left: number
  right: number
  top: number
  bottom: number
}

function around(label: PlacedLabel, scale: number): Rect {
  const width = textWidth(label.text, LABEL_SIZE)
  const x = label.x * scale + label.dx
  const y = label.y * scale + label.dy
  const left = label.anchor === 'start' ? x : label.anchor === 'end' ? x - width : x - width / 2
  return { left: left - 1, right: left + width + 1, top: y - LABEL_SIZE / 2 - 1, bottom: y + LABEL_SIZE / 2 + 1 }
}

function inside(rect: Rect, { x, y, width, height }: Box, scale: number): boolean {
  return rect.left >= x * scale && rect.right <= (x + width) * scale && rect.top >= y * scale && rect.bottom <= (y + height) * scale
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** Width of a text in pixels, estimated: a Chinese character is as wide as it is high, a Latin letter a little more than half. */
export function textWidth(text: string, size: number): number {
  let em = 0
  for (const letter of text) em += letter.charCodeAt(0) > 0x2e7f ? 1 : 0.56
  return em * size
}
