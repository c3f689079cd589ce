import Supercluster from 'supercluster'
import type { Picture } from './picture'
import type { View } from './stage'
import type { MapPoint } from './types'

/** Something to draw at a place of the picture: one institution, or several too close to tell apart. */
export type Spot =
  | { at: 'point'; x: number; y: number; point: MapPoint }
  | { at: 'cluster'; x: number; y: number; id: number; count: number; /** Zoom at which it falls apart, in pixels per unit; null: never. */ opensAt: number | null }

export interface Clusters {
  /** Spots within a view. */
  within: (view: View) => Spot[]
  /** Institutions of a cluster, at most `limit`. */
  members: (id: number, limit: number) => MapPoint[]
}

/** Supercluster's world is this many pixels across at its zoom 0, and its deepest zoom. */
const EXTENT = 256
const DEEPEST = 9
const RADIUS = 50

/** Groups points by their distance on the screen. Points outside the picture are left out. */
export function clusterPoints(points: readonly MapPoint[], picture: Picture): Clusters {
  const world = Math.max(picture.width, picture.height)
  const index = new Supercluster<{ index: number }>({ radius: RADIUS, extent: EXTENT, maxZoom: DEEPEST })
  index.load(points.flatMap((point, i) => {
    const place = picture.place(point.lat, point.lng)
    if (!place) return []
    return [{ type: 'Feature' as const, properties: { index: i }, geometry: { type: 'Point' as const, coordinates: toDegrees(place[0] / world, place[1] / world) } }]
  }))
  const scaleAt = (zoom: number) => (EXTENT * 2 ** zoom) / world
  return {
    within(view) {
      const zoom = Math.max(0, Math.min(DEEPEST + 1, Math.round(Math.log2((view.scale * world) / EXTENT))))
      const pad = 20 / view.scale
      const [west, north] = toDegrees(clamp((view.left - pad) / world), clamp((view.top - pad) / world))
      const [east, south] = toDegrees(clamp((view.right + pad) / world), clamp((view.bottom + pad) / world))
      return index.getClusters([west, south, east, north], zoom).flatMap((found): Spot[] => {
        const [lng, lat] = found.geometry.coordinates
        const [x, y] = fromDegrees(lng ?? 0, lat ?? 0).map((v) => v * world) as [number, number]
        if ('cluster' in found.properties) {
          const { cluster_id: id, point_count: count } = found.properties
          const opens = index.getClusterExpansionZoom(id)
          return [{ at: 'cluster', x, y, id, count, opensAt: opens > DEEPEST ? null : scaleAt(opens) * 1.05 }]
        }
        const point = points[found.properties.index]
        return point ? [{ at: 'point', x, y, point }] : []
      })
    },
    members(id, limit) {
      return index.getLeaves(id, limit).flatMap((leaf) => points[leaf.properties.index] ?? [])
    },
  }
}

const clamp = (v: number) => Math.max(0, Math.min(1, v))

// Supercluster takes degrees and turns them into Mercator's square from 0 to 1; the picture is handed over as that square.
function toDegrees(x: number, y: number): [number, number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI]
}

function fromDegrees(lng: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180)
  return [lng / 360 + 0.5, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI]
}
