import type { MultiLineString, MultiPolygon } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { Lang, RegionSet } from './types'

type Topology = Parameters<typeof feature>[0]
type Meshable = NonNullable<Parameters<typeof mesh>[1]>
type File = () => Promise<{ default: Topology }>

/** A region's shape in degrees. `at` is [lng, lat] of a point inside for its label, `room` the distance from there to the border in degrees. */
export interface Shape {
  code: string
  name: Readonly<Record<Lang, string>>
  at: readonly [lng: number, lat: number]
  room: number
  geometry: MultiPolygon
}

/** What one map is drawn from. `outline` is the border around all shapes, `line` the ten-part dashed line, `inner` thin lines inside a municipality. */
export interface Geometry {
  shapes: readonly Shape[]
  outline: MultiLineString
  line: MultiLineString | null
  inner: MultiLineString | null
}

// Each file is a chunk of its own, fetched when a map is first shown.
const national: Record<RegionSet, File> = {
  cn: () => import.meta.glob<{ default: Topology }>('./geo/cn.topo.json')['./geo/cn.topo.json']!(),
  us: () => import.meta.glob<{ default: Topology }>('./geo/us.topo.json')['./geo/us.topo.json']!(),
}
const cities = import.meta.glob<{ default: Topology }>('./geo/cities/*.topo.json')

const kept = new Map<string, Promise<Geometry | null>>()

/** The geometry of a region set, or of the cities within one of its provinces. Null where there is none (the Corps, FM, MH, PW). */
export function loadGeometry(regionSet: RegionSet, within?: string): Promise<Geometry | null> {
  const key = `${regionSet}/${within ?? ''}`
  let found = kept.get(key)
  if (!found) {
    found = load(regionSet, within)
    found.catch(() => kept.delete(key))
    kept.set(key, found)
  }
  return found
}

async function load(regionSet: RegionSet, within?: string): Promise<Geometry | null> {
  if (within === undefined) return read((await national[regionSet]()).default, 'provinces')
  if (regionSet === 'us') {
    // Counties have no polygons here: the state's own shape is the ground for its points.
    const all = read((await national.us()).default, 'provinces')
    const shapes = all.shapes.filter((shape) => shape.code === within)
    return shapes.length === 0 ? null : { ...all, shapes, outline: { type: 'MultiLineString', coordinates: [] } }
  }
  const file = cities[`./geo/cities/${within}.topo.json`]
  if (!file) return null
  const own = read((await file()).default, 'cities')
  // Hainan's Sansha lies within the dashed line, which the national file holds.
  return within === '460000' ? { ...own, line: read((await national.cn()).default, 'provinces').line } : own
}

function read(topology: Topology, name: string): Geometry {
  const object = topology.objects[name]
  if (object?.type !== 'GeometryCollection') throw new Error(`no ${name} in the map file`)
  const shapes = feature(topology, object).features.map(({ geometry, properties }): Shape => {
    const p: Record<string, unknown> = properties ?? {}
    const [lng, lat] = p['at'] as [number, number]
    const zh = String(p['zh'])
    return { code: String(p['code']), name: { zh, en: String(p['en'] ?? zh) }, at: [lng, lat], room: Number(p['room']), geometry: asMulti(geometry) }
  })
  return {
    shapes,
    outline: mesh(topology, object as Meshable, (a, b) => a === b),
    line: topology.objects['line'] ? mesh(topology, topology.objects['line'] as Meshable) : null,
    inner: topology.objects['counties'] ? mesh(topology, topology.objects['counties'] as Meshable, (a, b) => a !== b) : null,
  }
}

function asMulti(geometry: { type: string }): MultiPolygon {
  const g = geometry as MultiPolygon | { type: 'Polygon'; coordinates: MultiPolygon['coordinates'][number] }
  return g.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [g.coordinates] } : g
}
