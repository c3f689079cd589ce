import type { Picture } from './picture'
import type { Look, View } from './stage'

/** A look at less than this is the whole map. */
const whole = 0.05

/**
 * Where in a picture a map looks that a URL says (`lib/map-at.ts`); undefined is the whole. Degrees go through the main
 * window wherever they lie: what is between its windows has a place in it too.
 */
export function lookAt({ frames: [main] }: Picture, at: string | undefined): Look | undefined {
  if (at === undefined || !main) return undefined
  const [lat, lng, zoom] = at.split(',').map(Number) as [number, number, number]
  const [x, y] = main.project(lng, lat)
  return { x, y, zoom }
}

/** The inverse of {@link lookAt}. */
export function atOf({ frames: [main] }: Picture, { left, right, top, bottom, zoom }: View): string | undefined {
  if (zoom < whole || !main) return undefined
  const [lng, lat] = main.project.back((left + right) / 2, (top + bottom) / 2)
  return [round(lat, 4), round(lng, 4), round(zoom, 1)].join(',')
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
