import type { Position } from 'geojson'
import { layOut, type Frame } from './frames'
import type { Geometry, Shape } from './geometry'
import type { Box, Projection, XY } from './projection'
import type { RegionSet } from './types'

/** A region as drawn in one panel: SVG path data, dots for islands too small to see, a place for the label and the room there (picture units). */
export interface Drawn {
  code: string
  name: Shape['name']
  d: string
  dots: string
  at: XY
  room: number
  /** True in the one panel where the region takes the keyboard's focus and its label. */
  home: boolean
}

export interface Panel {
  id: string
  box: Box
  inset: boolean
  caption: Frame['caption']
  regions: readonly Drawn[]
  outline: string
  line: string
  inner: string
}

/** A drawn map in picture units; `place` puts degrees into it (null: outside); `frames` are its windows with their projections. */
export interface Picture {
  key: string
  width: number
  height: number
  panels: readonly Panel[]
  place: (lat: number, lng: number) => XY | null
  frames: readonly Frame[]
}

/** Islands smaller than this (picture units) get a dot, so that none of them vanishes. */
const SPECK = 1.6

/** Projects the geometry once; everything that follows a zoom is done by the SVG itself. */
export function drawPicture(regionSet: RegionSet, within: string | undefined, geometry: Geometry): Picture {
  const { width, height, frames } = layOut(regionSet, within, geometry)
  const panels = frames.map((frame): Panel => {
    const national = regionSet === 'cn'
    return {
      id: frame.id,
      box: frame.box,
      inset: frame.inset,
      caption: frame.caption,
      regions: frame.shapes.map((shape) => drawShape(shape, frame, national)).filter((drawn) => drawn !== null),
      outline: lines(geometry.outline.coordinates, frame.project, frame.box),
      line: lines(geometry.line?.coordinates ?? [], frame.project, frame.box),
      inner: lines(geometry.inner?.coordinates ?? [], frame.project, frame.box),
    }
  })
  const place = (lat: number, lng: number): XY | null => {
    const frame = frames.find((f) => f.sees(lng, lat))
    return frame ? frame.project(lng, lat) : null
  }
  return { key: `${regionSet}-${within ?? 'all'}`, width, height, panels, place, frames }
}

function drawShape(shape: Shape, frame: Frame, withDots: boolean): Drawn | null {
  let d = ''
  let dots = ''
  for (const polygon of shape.geometry.coordinates) {
    const [outer, ...holes] = polygon.map((ring) => ring.map((p) => at(p, frame.project)))
    if (!outer || !touches(outer, frame.box)) continue
    d += ring(outer) + holes.map(ring).join('')
    if (withDots && extent(outer) < SPECK) dots += `M${text(outer[0] ?? [0, 0])}h0`
  }
  if (d === '') return null
  const [lng, lat] = shape.at
  const point = frame.project(lng, lat)
  const inBox = point[0] >= frame.box.x && point[0] <= frame.box.x + frame.box.width && point[1] >= frame.box.y && point[1] <= frame.box.y + frame.box.height
  return { code: shape.code, name: shape.name, d, dots, at: point, room: shape.room * frame.perDegree, home: inBox && frame.sees(lng, lat) }
}

function at([lng, lat]: Position, project: Projection): XY {
  return project(lng ?? 0, lat ?? 0)
}

function lines(coordinates: readonly Position[][], project: Projection, box: Box): string {
  return coordinates.map((line) => line.map((p) => at(p, project))).filter((line) => touches(line, box)).map((line) => `M${line.map(text).join('L')}`).join('')
}

function ring(points: readonly XY[]): string {
  return `M${points.map(text).join('L')}Z`
}

function text([x, y]: XY): string {
  return `${x.toFixed(2)},${y.toFixed(2)}`
}

function touches(points: readonly XY[], { x, y, width, height }: Box): boolean {
  const xs = points.map((p) => p[0])
  const ys = points.map((p) => p[1])
  return least(xs) <= x + width && most(xs) >= x && least(ys) <= y + height && most(ys) >= y
}

function extent(points: readonly XY[]): number {
  const xs = points.map((p) => p[0])
  const ys = points.map((p) => p[1])
  return Math.max(most(xs) - least(xs), most(ys) - least(ys))
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)
