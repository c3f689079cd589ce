import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RegionSetFile } from '@lastmile/shared/region'
import { dice } from './dice.js'

/** The real regions, in which the synthetic institutions stand. */
export const regionsPath = fileURLToPath(new URL('../../../db/regions/cn.json', import.meta.url))

/** Drugs of the synthetic list. The last ten are named by nobody; of the ten before, nobody ever has one in stock. */
export const drugCount = 500
export const drugsNamed = 490
export const drugsEverStocked = 480

/** Institutions a pair: a hospital has about 130 listed drugs to speak of, a pharmacy about 30. */
const pairsAnInstitution = 40
const pairsOf = [130, 30]
const hospitals = 0.1

/**
 * A synthetic nation: institutions with their places, and the drugs of which each speaks. Kept in typed arrays, two
 * bytes a pair; its history is not kept but made when it is asked for (`history.ts`). Institutions go by their place
 * here, from 0, those of a unit beside each other; drugs by their number in the list, from 1.
 */
export interface Nation {
  institutions: number
  pairs: number
  /** `population` null: not loaded (the Corps). */
  units: { code: string; population: number | null }[]
  cities: { code: string; name: string }[]
  /** Of each institution: place in `kinds` (0 hospital, 1 pharmacy), in `units`, in `cities`, and where it stands (WGS84). */
  kind: Uint8Array
  unit: Uint8Array
  city: Uint16Array
  latitude: Float64Array
  longitude: Float64Array
  /** First institution of each unit, and the number of all at the end. */
  firstOfUnit: Uint32Array
  /** First pair of each institution in `drug`, and the number of all at the end. */
  firstPair: Uint32Array
  /** Drug of each pair, ascending within an institution. */
  drug: Uint16Array
}

/** Makes the nation of about so many pairs. */
export function newNation(pairsWanted: number): Nation {
  const file = RegionSetFile.parse(JSON.parse(readFileSync(regionsPath, 'utf8')))
  const institutions = Math.max(2 * file.units.length, Math.round(pairsWanted / pairsAnInstitution))
  const cities = file.regions.filter((region) => region.level === 'city')
  const population = new Map(file.regions.map((region) => [region.code, region.population ?? null]))
  const units = file.units.map(({ code }) => ({ code, population: population.get(code) ?? null }))
  const firstOfUnit = sharesOf(units.map((unit) => unit.population ?? 1_200_000), institutions)

  const nation: Nation = {
    institutions, pairs: 0, units, cities: cities.map(({ code, name }) => ({ code, name: name.zh })), firstOfUnit,
    kind: new Uint8Array(institutions), unit: new Uint8Array(institutions), city: new Uint16Array(institutions),
    latitude: new Float64Array(institutions), longitude: new Float64Array(institutions),
    firstPair: new Uint32Array(institutions + 1), drug: new Uint16Array(Math.ceil(1.1 * pairsWanted) + 100_000),
  }
  for (const [unit, { code }] of units.entries()) {
    const own = cities.flatMap((city, at) => (unitOfCity(city) === code ? [at] : []))
    for (let one = firstOfUnit[unit]!; one < firstOfUnit[unit + 1]!; one++) {
      // A province's first city is its capital, which has more than the others.
      const at = own[Math.floor(dice(one, 0, 1) ** 1.5 * own.length)]!
      const [latitude, longitude] = cities[at]!.centroid ?? [35, 105]
      nation.unit[one] = unit
      nation.city[one] = at
      nation.kind[one] = dice(one, 0, 2) < hospitals ? 0 : 1
      nation.latitude[one] = round(latitude + (dice(one, 0, 3) + dice(one, 0, 4) - 1) * 0.5)
      nation.longitude[one] = round(longitude + (dice(one, 0, 5) + dice(one, 0, 6) - 1) * 0.5)
    }
  }
  addPairs(nation)
  return nation
}

/** The code of an institution, as reports name it. */
export function institutionCode(nation: Nation, institution: number): string {
  return `${nation.kind[institution] === 0 ? 'H' : 'P'}${String(institution + 1).padStart(11, '0')}`
}

/** The code of a drug by its number in the list. */
export function drugCode(drug: number): string {
  return `SYN${String(drug).padStart(4, '0')}`
}

/** The Corps' institutions lie in the cities that it built, in Xinjiang. */
function unitOfCity(city: { code: string; parent: string | null }): string {
  return city.code.startsWith('6590') ? '660000' : city.parent ?? city.code
}

/** Cuts so many institutions by weight; each gets at least two. Answers where each begins, and the end. */
function sharesOf(weights: readonly number[], total: number): Uint32Array {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const spare = total - 2 * weights.length
  const firsts = new Uint32Array(weights.length + 1)
  let before = 0
  for (const [i, weight] of weights.entries()) {
    before += weight
    firsts[i + 1] = 2 * (i + 1) + Math.round((spare * before) / all)
  }
  return firsts
}

function addPairs(nation: Nation): void {
  const chances = pairsOf.map(chancesOf)
  let pairs = 0
  for (let one = 0; one < nation.institutions; one++) {
    const chance = chances[nation.kind[one]!]!
    const unit = nation.unit[one]!
    for (let drug = 1; drug <= drugsNamed; drug++) {
      const reach = reachOf(drug)
      if (reach < 1 && dice(drug, unit, 7) >= reach) continue
      if (dice(one, drug, 8) * reach < chance[drug]!) nation.drug[pairs++] = drug
    }
    nation.firstPair[one + 1] = pairs
  }
  nation.pairs = pairs
}

/** The share of units in which a drug can be had at all: all of them, then fewer and fewer. */
function reachOf(drug: number): number {
  return drug <= 200 ? 1 : 1 - (0.85 * (drug - 200)) / (drugsNamed - 200)
}

/** How likely an institution speaks of each drug (from 1), so that it speaks of so many on average: a long tail. */
function chancesOf(wanted: number): Float64Array {
  const weight = (drug: number) => drug ** -0.7 * Math.exp(-drug / 70)
  const chance = (drug: number, scale: number) => Math.min(0.9, scale * weight(drug))
  let [low, high] = [0, 1_000_000]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    let sum = 0
    for (let drug = 1; drug <= drugsNamed; drug++) sum += chance(drug, middle)
    if (sum < wanted) low = middle
    else high = middle
  }
  return Float64Array.from({ length: drugCount + 1 }, (_, drug) => (drug === 0 ? 0 : chance(drug, low)))
}

function round(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}
