// Helpers of build-geo.mjs and of db/scripts/build-regions.mjs: shared borders, islands that survive, points inside.
import { topology } from 'topojson-server'
import { presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify'
import { feature, quantize } from 'topojson-client'

/** Points an island keeps at the least, however small it is. */
const ISLAND_POINTS = 5

/** Every ring of an object, as coordinates. */
export function rings(topo, name) {
  const out = []
  for (const { geometry: g } of feature(topo, topo.objects[name]).features) {
    if (g.type === 'Polygon') out.push(...g.coordinates)
    if (g.type === 'MultiPolygon') for (const polygon of g.coordinates) out.push(...polygon)
  }
  return out
}

/** Signed area of a ring in square degrees. */
export function ringArea(ring) {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1]
  return sum / 2
}

/**
 * Topology first, then simplification, so that neighbours keep one border between them.
 * `keep` is the share of points kept; a closed arc (an island, an enclave) never falls below ISLAND_POINTS,
 * and lines named in `whole` keep all of their points. Throws when a ring is lost.
 */
export function buildTopology(objects, { keep, grid, whole = [] }) {
  const exact = topology(objects)
  const before = Object.keys(objects).map((name) => rings(exact, name).filter(encloses).length)
  const weighted = presimplify(exact, sphericalTriangleArea)

  const wholeArcs = new Set()
  for (const name of whole) collectArcs(weighted.objects[name], (arc) => wholeArcs.add(arc < 0 ? ~arc : arc))
  weighted.arcs.forEach((arc, index) => {
    const closed = same(arc[0], arc.at(-1))
    const inner = arc.slice(1, -1)
    const count = wholeArcs.has(index) ? inner.length : closed ? ISLAND_POINTS : 0
    inner.sort((a, b) => b[2] - a[2]).slice(0, count).forEach((point) => { point[2] = Infinity })
  })
  // A ring made of several arcs: every arc of a short ring keeps its strongest two inner points.
  const weights = weighted.arcs.flatMap((arc) => arc.map((p) => p[2])).filter(Number.isFinite).sort((a, b) => b - a)
  const floor = weights[Math.floor(weights.length * keep)] ?? 0
  for (const name of Object.keys(objects)) {
    eachRing(weighted.objects[name], (ring) => {
      const arcs = ring.map((arc) => weighted.arcs[arc < 0 ? ~arc : arc])
      if (arcs.reduce((n, arc) => n + arc.filter((p) => p[2] >= floor).length - 1, 0) >= 4) return
      for (const arc of arcs) arc.slice(1, -1).sort((a, b) => b[2] - a[2]).slice(0, 2).forEach((p) => { p[2] = Infinity })
    })
  }

  const result = quantize(simplify(weighted, floor), grid)
  Object.keys(objects).forEach((name, i) => {
    const after = rings(result, name).filter(encloses).length
    if (after !== before[i]) throw new Error(`${name}: ${before[i]} rings before, ${after} after`)
  })
  return result
}

const encloses = (ring) => ring.length >= 4 && ringArea(ring) !== 0

function same(a, b) {
  return a[0] === b[0] && a[1] === b[1]
}

function eachRing(geometry, visit) {
  if (geometry.type === 'GeometryCollection') geometry.geometries.forEach((g) => eachRing(g, visit))
  else if (geometry.type === 'Polygon') geometry.arcs.forEach(visit)
  else if (geometry.type === 'MultiPolygon') geometry.arcs.forEach((polygon) => polygon.forEach(visit))
}

function collectArcs(geometry, visit) {
  if (geometry.type === 'GeometryCollection') geometry.geometries.forEach((g) => collectArcs(g, visit))
  else JSON.stringify(geometry.arcs, (_, v) => (typeof v === 'number' ? visit(v) : v))
}

/** Reefs smaller than `least` degrees are drawn that large (about their centre), so that the grid cannot swallow them. */
export function enlargeSpecks(geometry, least) {
  for (const [outer, ...holes] of geometry.coordinates) {
    const xs = outer.map((p) => p[0])
    const ys = outer.map((p) => p[1])
    const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
    if (extent >= least || holes.length > 0) continue
    const [cx, cy] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2]
    for (const p of outer) {
      p[0] = cx + ((p[0] - cx) * least) / extent
      p[1] = cy + ((p[1] - cy) * least) / extent
    }
  }
}

/** True when [x, y] lies inside the polygon (outer ring first, holes after). */
export function inside(polygon, [x, y]) {
  let odd = false
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]
      const [xj, yj] = ring[j]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd
    }
  }
  return odd
}

/** The largest polygon of a feature, by its outer ring. */
export function largest(geometry) {
  const all = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return all.reduce((a, b) => (Math.abs(ringArea(b[0])) > Math.abs(ringArea(a[0])) ? b : a))
}

/** Centre of gravity of the largest polygon where that lies inside, else the point farthest from its border. [lng, lat] */
export function centre(geometry) {
  const polygon = largest(geometry)
  const ring = polygon[0]
  let x = 0
  let y = 0
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1]
    x += (ring[j][0] + ring[i][0]) * cross
    y += (ring[j][1] + ring[i][1]) * cross
    sum += cross
  }
  const point = [x / (3 * sum), y / (3 * sum)]
  return inside(polygon, point) ? point : heart(geometry).point
}

/** The point of the largest polygon farthest from its border, on a grid refined three times; radius in degrees of latitude. */
export function heart(geometry) {
  const polygon = largest(geometry)
  const xs = polygon[0].map((p) => p[0])
  const ys = polygon[0].map((p) => p[1])
  let [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const squeeze = Math.cos((((y0 + y1) / 2) * Math.PI) / 180)
  let best = { point: [(x0 + x1) / 2, (y0 + y1) / 2], radius: -1 }
  for (let round = 0; round < 3; round++) {
    const [dx, dy] = [(x1 - x0) / 16, (y1 - y0) / 16]
    for (let i = 0; i <= 16; i++) {
      for (let j = 0; j <= 16; j++) {
        const p = [x0 + i * dx, y0 + j * dy]
        if (!inside(polygon, p)) continue
        const radius = distance(polygon, p, squeeze)
        if (radius > best.radius) best = { point: p, radius }
      }
    }
    ;[x0, x1, y0, y1] = [best.point[0] - dx, best.point[0] + dx, best.point[1] - dy, best.point[1] + dy]
  }
  return best
}

function distance(polygon, [px, py], squeeze) {
  let least = Infinity
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const ax = (ring[i - 1][0] - px) * squeeze
      const ay = ring[i - 1][1] - py
      const bx = (ring[i][0] - px) * squeeze - ax
      const by = ring[i][1] - py - ay
      const t = Math.max(0, Math.min(1, -(ax * bx + ay * by) / (bx * bx + by * by || 1)))
      least = Math.min(least, Math.hypot(ax + t * bx, ay + t * by))
    }
  }
  return least
}

/** Rounded to so many decimals; a thousandth of a degree is about a hundred metres. */
export function round(values, decimals = 3) {
  return values.map((v) => Number(v.toFixed(decimals)))
}
