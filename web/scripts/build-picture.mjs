// Draws the committed map of China once, for documents: areas in whole picture units, as the screen's map lays them out
// (`src/map/frames.ts`, `projection.ts`), cut at the edges of its two windows. The server colours them without knowing what
// a projection is. Run by hand when `cn.topo.json` changes: `node web/scripts/build-picture.mjs`. Its output is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { feature } from 'topojson-client'

const topology = JSON.parse(readFileSync(new URL('../src/map/geo/cn.topo.json', import.meta.url)))
const regions = JSON.parse(readFileSync(new URL('../../db/regions/cn.json', import.meta.url)))
const provinces = feature(topology, topology.objects.provinces).features
const dashes = feature(topology, topology.objects.line).features.flatMap(({ geometry }) => (geometry.type === 'MultiLineString' ? geometry.coordinates : [geometry.coordinates]))

const RAD = Math.PI / 180
/** Picture units across the main window: each a fourteenth of a millimetre on A4. */
const WIDTH = 2000
const MARGIN = 28
/** Points nearer than this to the one before are left out, but for the corners of small islands. */
const NEAR = 1.6

function albers(meridian, south, north) {
  const n = (Math.sin(south * RAD) + Math.sin(north * RAD)) / 2
  const c = Math.cos(south * RAD) ** 2 + 2 * n * Math.sin(south * RAD)
  return ([lng, lat]) => {
    const radius = Math.sqrt(Math.max(0, c - 2 * n * Math.sin(lat * RAD))) / n
    const angle = n * (lng - meridian) * RAD
    return [radius * Math.sin(angle), radius * Math.cos(angle)]
  }
}

function fit(projection, corners, { x, y, width, height }) {
  const points = corners.map(projection)
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])]
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const scale = Math.min(width / (right - left), height / (bottom - top))
  const [dx, dy] = [x + (width - (right - left) * scale) / 2 - left * scale, y + (height - (bottom - top) * scale) / 2 - top * scale]
  return { place: (p) => { const [a, b] = projection(p); return [a * scale + dx, b * scale + dy] }, ratio: (bottom - top) / (right - left), perDegree: scale * RAD }
}

/** A ring cut at the four edges of a box, one after the other. */
function clipped(ring, { x, y, width, height }) {
  const edges = [[0, x, 1], [0, x + width, -1], [1, y, 1], [1, y + height, -1]]
  return edges.reduce((points, [axis, at, side]) => points.flatMap((p, i) => {
    const before = points[(i + points.length - 1) % points.length]
    const [isIn, wasIn] = [(p[axis] - at) * side >= 0, (before[axis] - at) * side >= 0]
    const t = (at - before[axis]) / (p[axis] - before[axis])
    const crossing = [before[0] + (p[0] - before[0]) * t, before[1] + (p[1] - before[1]) * t]
    return isIn === wasIn ? (isIn ? [p] : []) : isIn ? [crossing, p] : [crossing]
  }), ring)
}

/** Whole units, without points that say nothing; an island too small to be seen becomes a speck of three units, so that none vanishes. */
function simplified(ring) {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])]
  if (Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) < 4) {
    const [x, y] = [Math.round((Math.max(...xs) + Math.min(...xs)) / 2), Math.round((Math.max(...ys) + Math.min(...ys)) / 2)]
    return [x - 2, y - 2, x + 2, y - 2, x + 2, y + 2, x - 2, y + 2]
  }
  const kept = []
  for (const p of ring) {
    const last = kept.at(-1)
    if (!last || Math.hypot(p[0] - last[0], p[1] - last[1]) >= NEAR) kept.push(p)
  }
  return kept.flatMap(([x, y]) => [Math.round(x), Math.round(y)])
}

/** Divisions too small for their names: where those stand beside, in units from their middle, over the sea where there is one. */
const ASIDE = { 110000: [316, 40], 120000: [284, 68], 310000: [60, 22], 810000: [40, 44], 820000: [-30, 66] }

function drawn(place, box, perDegree, sees) {
  const shapes = provinces.flatMap(({ geometry, properties: { code, zh, en, at, room } }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    const rings = polygons.flat().map((ring) => clipped(ring.slice(0, -1).map(place), box)).filter((ring) => ring.length >= 3).map(simplified)
    if (rings.length === 0) return []
    const label = sees(at) ? place(at).map(Math.round) : null
    return [{ code, name: { zh, en }, rings, label, room: Math.round(room * perDegree), aside: label && ASIDE[code] ? ASIDE[code] : null }]
  })
  const line = dashes.map((dash) => dash.map(place)).filter((dash) => dash.every(([x, y]) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)).map((dash) => dash.flatMap((p) => p.map(Math.round)))
  return { shapes, line }
}

const inner = { x: MARGIN, y: MARGIN, width: WIDTH - 2 * MARGIN, height: 10_000 }
const wide = albers(105, 25, 47)
const edge = [[73.4, 39.4], [135.1, 48.4], [123.3, 53.6], [109.6, 18.05]]
const { ratio } = fit(wide, edge, inner)
const height = Math.round(ratio * inner.width + 2 * MARGIN)
const main = fit(wide, edge, { ...inner, height: height - 2 * MARGIN })
// The inset stands clear of Taiwan, Diaoyu Dao and Chiwei Yu, and of the dashes east of them.
const width = WIDTH + 140
const box = { x: 0, y: 0, width, height }
const inset = { x: width - 300, y: height - 420, width: 292, height: 412 }
const seas = albers(114.5, 7, 20)
const sea = fit(seas, [[106.6, 25], [123.4, 25], [106.6, 3.2], [123.4, 3.2]], { ...inset, height: inset.height * 0.91 })

const picture = {
  regionSet: 'cn', width, height, source: regions.geometrySource,
  windows: [
    { id: 'main', box, ...drawn(main.place, box, main.perDegree, ([, lat]) => lat >= 17) },
    { id: 'southChinaSea', box: inset, ...drawn(sea.place, inset, sea.perDegree, () => false) },
  ],
}
const codes = new Set(picture.windows[0].shapes.map(({ code }) => code))
if (codes.size !== 34) throw new Error(`${codes.size} of 34 divisions are drawn`)
if (picture.windows[1].line.length < 9) throw new Error(`the inset has ${picture.windows[1].line.length} dashes`)
const text = JSON.stringify(picture)
writeFileSync(new URL('../../db/regions/cn.picture.json', import.meta.url), `${text}\n`)
console.log(`cn.picture.json: ${(text.length / 1000).toFixed(0)} kB, ${picture.windows.map(({ shapes, line }) => `${shapes.reduce((sum, { rings }) => sum + rings.length, 0)} rings ${line.length} dashes`).join('; ')}`)
