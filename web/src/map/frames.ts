import type { Geometry, Shape } from './geometry'
import { albers, boxAround, fitted, type Box, type Projection, type XY } from './projection'
import type { RegionSet } from './types'

/** The land, islands and seas that a map of China shows: [[south, west], [north, east]]. */
const CHINA_BOUNDS = [[3.2, 73], [54, 136]] as const
/** Picture units across. */
const PICTURE_WIDTH = 1000

/** One window of the picture with a projection of its own. `sees` tells whether a place belongs in it. */
export interface Frame {
  id: string
  box: Box
  inset: boolean
  /** What stands at its foot: the name of a sea, or the codes of the regions that it shows. */
  caption: 'southChinaSea' | readonly string[] | null
  project: Projection
  /** Picture units per degree of latitude. */
  perDegree: number
  shapes: readonly Shape[]
  sees: (lng: number, lat: number) => boolean
}

export interface Layout {
  width: number
  height: number
  frames: readonly Frame[]
}

/** How a map is laid out: China with the South China Sea as an inset, the U.S. with its far parts as insets, a province upright on its own meridian. */
export function layOut(regionSet: RegionSet, within: string | undefined, geometry: Geometry): Layout {
  if (within !== undefined) return layOutProvince(within, geometry)
  return regionSet === 'cn' ? layOutChina(geometry) : layOutStates(geometry)
}

const SOUTH_OF_HAINAN = 18.05

function layOutChina({ shapes }: Geometry): Layout {
  const [[, west], [north, east]] = CHINA_BOUNDS
  const projection = albers({ meridian: 105, south: 25, north: 47 })
  const edge: XY[] = [projection(73.4, 39.4), projection(135.1, 48.4), projection(123.3, 53.6), projection(109.6, SOUTH_OF_HAINAN)]
  const main = sized('main', projection, edge, shapes, { margin: 14 })
  main.frame.sees = (lng, lat) => lat >= 17 && lat <= north && lng >= west && lng <= east
  // The inset stands clear of Taiwan, Diaoyu Dao and Chiwei Yu, and of the dashes east of them.
  const width = main.width + 70
  const box = { ...main.frame.box, width }
  return { width, height: main.height, frames: [{ ...main.frame, box }, southChinaSea(shapes, { x: width - 150, y: main.height - 210, width: 146, height: 206 })] }
}

/** The inset that every Chinese map of this format carries: from the coast of Guangdong and Taiwan to Zengmu Ansha, all ten dashes. */
function southChinaSea(shapes: readonly Shape[], box: Box): Frame {
  const [south, north, west, east] = [CHINA_BOUNDS[0][0], 25, 106.6, 123.4]
  const projection = albers({ meridian: 114.5, south: 7, north: 20 })
  const corners: XY[] = [projection(west, north), projection(east, north), projection(west, south), projection(east, south)]
  return inset('south-china-sea', box, projection, corners, shapes, (lng, lat) => lat < 20 && lat >= south && lng > west && lng < east, 'southChinaSea')
}

function layOutProvince(within: string, geometry: Geometry): Layout {
  const hainan = within === '460000'
  // Sansha's islands are far from the rest of Hainan and belong in the inset.
  const corners = geometry.shapes.filter((shape) => shape.code !== '460300').flatMap((shape) => points(shape))
  const box = boxAround(corners)
  if (!box) throw new Error(`nothing to draw for ${within}`)
  // An arc over the antimeridian (Alaska) is measured from its own middle.
  const wide = box.width > 180
  const meridian = wide ? -154 : box.x + box.width / 2
  const middle = box.y + box.height / 2
  const projection = albers({ meridian, south: middle - box.height / 4, north: middle + box.height / 4 + 0.1 })
  const { frame, width, height } = sized('main', projection, corners.map(([lng, lat]) => projection(lng, lat)), geometry.shapes, { margin: 24 })
  if (!hainan) return { width, height, frames: [frame] }
  frame.sees = (lng, lat) => lat > SOUTH_OF_HAINAN && lng < 112
  return { width: width + 330, height, frames: [{ ...frame, box: { ...frame.box, width: width + 330 } }, southChinaSea(geometry.shapes, { x: width + 10, y: height - 450, width: 310, height: 440 })] }
}

const FAR: readonly { id: string; codes: readonly string[]; meridian: number; south: number; north: number; box: Box; keep?: (lng: number, lat: number) => boolean }[] = [
  { id: 'AK', codes: ['AK'], meridian: -154, south: 55, north: 65, box: { x: 4, y: 470, width: 210, height: 170 } },
  { id: 'HI', codes: ['HI'], meridian: -157.5, south: 19, north: 22, box: { x: 222, y: 550, width: 130, height: 90 }, keep: (lng) => lng > -161 },
  { id: 'PR', codes: ['PR', 'VI'], meridian: -66, south: 17.8, north: 18.5, box: { x: 864, y: 580, width: 132, height: 60 }, keep: (lng) => lng > -67.5 },
  { id: 'GU', codes: ['GU', 'MP'], meridian: 145.3, south: 13, north: 19, box: { x: 560, y: 550, width: 66, height: 90 }, keep: (_, lat) => lat < 16 },
  { id: 'AS', codes: ['AS'], meridian: -170.2, south: -14.5, north: -14, box: { x: 634, y: 572, width: 90, height: 68 }, keep: (lng) => lng < -169 },
]

function layOutStates({ shapes }: Geometry): Layout {
  const far = new Set(FAR.flatMap((f) => f.codes))
  const near = shapes.filter((shape) => !far.has(shape.code))
  const projection = albers({ meridian: -96, south: 29.5, north: 45.5 })
  const main = sized('main', projection, near.flatMap((s) => points(s).map(([lng, lat]) => projection(lng, lat))), near, { margin: 10 })
  main.frame.sees = (lng, lat) => lng > -125.5 && lng < -66.5 && lat > 24 && lat < 50
  const insets = FAR.map(({ id, codes, meridian, south, north, box, keep }) => {
    const own = shapes.filter((shape) => codes.includes(shape.code))
    const proj = albers({ meridian, south, north })
    const corners = own.flatMap(points).filter(([lng, lat]) => keep?.(lng, lat) ?? true)
    return inset(id, box, proj, corners.map(([lng, lat]) => proj(lng, lat)), own, null, codes)
  })
  return { width: main.width, height: Math.max(main.height, 644), frames: [{ ...main.frame, box: { ...main.frame.box, height: Math.max(main.height, 644) } }, ...insets] }
}

/** A frame as wide as the picture; its height follows. */
function sized(id: string, projection: Projection, corners: readonly XY[], shapes: readonly Shape[], { margin }: { margin: number }) {
  const from = boxAround(corners)
  if (!from) throw new Error('nothing to draw')
  // Never taller than wide: a long province stands in the middle.
  const inner = PICTURE_WIDTH - 2 * margin
  const height = Math.min(PICTURE_WIDTH, (from.height / from.width) * inner + 2 * margin)
  const { project, scale } = fitted(projection, from, { x: margin, y: margin, width: inner, height: height - 2 * margin })
  const box = { x: 0, y: 0, width: PICTURE_WIDTH, height }
  const frame: Frame = { id, box, inset: false, caption: null, project, perDegree: (scale * Math.PI) / 180, shapes, sees: () => true }
  return { frame, width: PICTURE_WIDTH, height }
}

function inset(id: string, box: Box, projection: Projection, corners: readonly XY[], shapes: readonly Shape[], sees: Frame['sees'] | null, caption: Frame['caption']): Frame {
  const from = boxAround(corners)
  if (!from) throw new Error(`nothing to draw in ${id}`)
  const sea = caption === 'southChinaSea'
  const margin = sea ? 0 : 7
  // A captioned inset leaves a strip at its foot.
  const strip = caption === null ? 0 : sea ? box.height * 0.09 : 12
  const { project, scale } = fitted(projection, from, { x: box.x + margin, y: box.y + margin, width: box.width - 2 * margin, height: box.height - strip - 2 * margin })
  const within = (lng: number, lat: number) => {
    const [x, y] = project(lng, lat)
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
  }
  return { id, box, inset: true, caption, project, perDegree: (scale * Math.PI) / 180, shapes, sees: sees ?? within }
}

function points(shape: Shape): (readonly [number, number])[] {
  return shape.geometry.coordinates.flatMap((polygon) => polygon.flat().map(([lng, lat]) => [lng ?? 0, lat ?? 0] as const))
}
