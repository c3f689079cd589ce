import type { RegionRow, RegionSetFile } from '@lastmile/shared/region'
import { at } from './random.js'

/** A county (or a city without counties) where an institution can stand. */
export interface Place { code: string; city: string; cityName: string; countyName: string | null; lat: number; lng: number }

/** The cities of a unit, its capital first, each with its places, urban districts first. */
export interface Town { code: string; name: string; places: Place[] }

export const corps = '660000'
const corpsParent = '650000'

/** The Corps lies in Xinjiang's places: its own cities, and one house in Urumqi, since a place says nothing of the unit. */
export function townsOf(regions: RegionSetFile, unit: string): Town[] {
  const parent = unit === corps ? corpsParent : unit
  const cities = regions.regions.filter((region) => region.level === 'city' && region.parent === parent)
  const own = cities.filter((city) => isCorpsCity(city) === (unit === corps))
  const chosen = unit === corps ? [...own, at(cities, 0)] : own
  const counties = new Map<string, RegionRow[]>()
  for (const region of regions.regions) {
    if (region.level !== 'county' || region.parent === null) continue
    counties.set(region.parent, [...(counties.get(region.parent) ?? []), region])
  }
  return chosen.map((city) => townOf(city, counties.get(city.code) ?? []))
}

function isCorpsCity(city: RegionRow): boolean {
  return city.code.startsWith('6590')
}

function townOf(city: RegionRow, counties: readonly RegionRow[]): Town {
  const name = city.name.zh.replace(/市$/, '')
  const districts = counties.filter((county) => county.name.zh.endsWith('区'))
  const others = counties.filter((county) => !county.name.zh.endsWith('区'))
  const rows = counties.length > 0 ? [...districts, ...others] : [city]
  const places = rows.map((row) => {
    const [lat, lng] = row.centroid ?? city.centroid ?? missing(city.code)
    return { code: row.code, city: city.code, cityName: name, countyName: row === city ? null : row.name.zh, lat, lng }
  })
  return { code: city.code, name, places }
}

function missing(code: string): never {
  throw new Error(`city ${code} has no centroid`)
}
