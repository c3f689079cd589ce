import { boxText } from '@lastmile/shared/box'
import type { Frame } from './frames'
import type { Picture } from './picture'
import type { Box } from './projection'
import type { Part, View } from './stage'

/** A part of the map as a question carries it: west,south,east,north in degrees, and the zoom as web maps count it. */
export interface AskedView {
  bbox: string
  zoom: number
}

/** The whole world, at the zoom of a map of one country on a screen. */
export const wholeView: AskedView = { bbox: '-180,-85,180,85', zoom: 4 }

/** Points along each side of a window from which the degrees around it are found: a straight edge of the picture is a curve on the globe. */
const steps = 8
const RAD = Math.PI / 180

/**
 * What to ask for so that a view is filled. The zoom is a whole number and the box lies on a grid of half a screen or
 * so: moving a little asks the same again. Null where no window of the picture is in view.
 */
export function askedView(picture: Picture, view: View): AskedView | null {
  const seen = picture.frames.flatMap((frame) => {
    const part = overlap(frame.box, view)
    return part ? [{ frame, part }] : []
  })
  const [main] = seen
  if (!main) return null
  const places = seen.flatMap(({ frame, part }) => degreesAround(frame, part))
  const [lngs, lats] = [places.map((place) => place[0]), places.map((place) => place[1])]
  const [south, north] = [Math.max(-85, least(lats)), Math.min(85, most(lats))]
  const middle = Math.max(-70, Math.min(70, (south + north) / 2))
  const zoom = Math.max(0, Math.min(22, Math.round(Math.log2((main.frame.perDegree * view.scale * Math.cos(middle * RAD) * 360) / 256))))
  const step = 360 / 2 ** zoom
  const [west, east] = [Math.floor(least(lngs) / step) * step, Math.ceil(most(lngs) / step) * step]
  const wide = east - west >= 360
  return {
    bbox: boxText({
      west: wide ? -180 : turned(west), east: wide ? 180 : turned(east),
      south: Math.max(-85, Math.floor(south / step) * step), north: Math.min(85, Math.ceil(north / step) * step),
    }),
    zoom,
  }
}

function overlap(box: Box, view: View): Part | null {
  const part = { left: Math.max(box.x, view.left), top: Math.max(box.y, view.top), right: Math.min(box.x + box.width, view.right), bottom: Math.min(box.y + box.height, view.bottom) }
  return part.left < part.right && part.top < part.bottom ? part : null
}

function degreesAround(frame: Frame, part: Part): (readonly [lng: number, lat: number])[] {
  const places: (readonly [number, number])[] = []
  for (let i = 0; i <= steps; i++) {
    for (let j = 0; j <= steps; j++) places.push(frame.project.back(part.left + ((part.right - part.left) * i) / steps, part.top + ((part.bottom - part.top) * j) / steps))
  }
  return places
}

/** A longitude within ±180°. */
function turned(lng: number): number {
  return lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)
