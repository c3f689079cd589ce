import { z } from 'zod'

/** A part of the globe between two longitudes and two latitudes, in degrees (WGS84), borders included. Where `west` is greater than `east` it crosses the antimeridian. */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** A box as a question carries it: `west,south,east,north` in degrees. */
export const BoxText = z.string().max(120).refine((text) => parsed(text) !== null, 'a box is west,south,east,north in degrees, south below north')

/** The box that a {@link BoxText} says. @throws RangeError for anything else */
export function boxOf(text: string): Box {
  const box = parsed(text)
  if (!box) throw new RangeError(`"${text}" is no box`)
  return box
}

/** The inverse of {@link boxOf}, rounded outwards to a tenth of a metre so that what lies on its edge stays inside. */
export function boxText({ west, south, east, north }: Box): string {
  const down = (degrees: number) => Math.floor(degrees * 1e6) / 1e6
  const up = (degrees: number) => Math.ceil(degrees * 1e6) / 1e6
  return [down(west), down(south), up(east), up(north)].join(',')
}

/** The boxes, one or two, that make up a box and do not cross the antimeridian. */
export function halvesOf(box: Box): Box[] {
  if (box.west <= box.east) return [box]
  return [{ ...box, east: 180 }, { ...box, west: -180 }]
}

function parsed(text: string): Box | null {
  const parts = text.split(',')
  if (parts.length !== 4 || !parts.every((part) => /^-?\d{1,3}(\.\d{1,15})?$/.test(part))) return null
  const [west, south, east, north] = parts.map(Number) as [number, number, number, number]
  const good = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90 && south <= north
  return good ? { west, south, east, north } : null
}
