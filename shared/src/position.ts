import { z } from 'zod'
import type { Box } from './box.js'
import { onlyFields } from './only-fields.js'

/**
 * Where a person asks from: degrees in WGS84, rounded to a hundredth (about a kilometre) by the schema itself, so that
 * neither side ever works with more than that. It travels in the body of a request and is kept nowhere.
 */
export const Position = onlyFields({
  lat: z.number().min(-90).max(90).overwrite(toHundredth),
  lng: z.number().min(-180).max(180).overwrite(toHundredth),
})
export type Position = z.infer<typeof Position>

/** Mean radius of the WGS84 ellipsoid. */
export const earthRadiusKm = 6371.0088

/** Farther apart than this no two places are: half of the way around. */
export const farthestKm = Math.PI * earthRadiusKm

/** Great-circle distance in kilometres, by the haversine formula on the mean radius. */
export function distanceKm(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const chord = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lng - a.lng) / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/**
 * Boxes that together hold every place within some kilometres: one, or two where the circle crosses the antimeridian;
 * around a pole all longitudes. None of them crosses it, and they hold more than the circle, never less.
 */
export function boxesAround({ lat, lng }: { lat: number; lng: number }, km: number): Box[] {
  // A little more than asked, so that no rounding leaves out what lies on the edge.
  const angle = (km / earthRadiusKm) * (1 + 1e-9) + 1e-9
  const [south, north] = [lat - degrees(angle), lat + degrees(angle)]
  if (south <= -90 || north >= 90) return [{ west: -180, south: Math.max(-90, south), east: 180, north: Math.min(90, north) }]
  // The circle is widest where it touches a meridian, which is nearer to the pole than its middle.
  const wide = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(lat)))))
  const [west, east] = [lng - wide, lng + wide]
  if (west <= -180) return [{ west: -180, south, east, north }, { west: west + 360, south, east: 180, north }]
  if (east >= 180) return [{ west, south, east: 180, north }, { west: -180, south, east: east - 360, north }]
  return [{ west, south, east, north }]
}

function toHundredth(degrees: number): number {
  // No negative zero: it would be another value of the same place.
  return Math.round(degrees * 100) / 100 || 0
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
