import type { Day } from '@lastmile/shared/day'
import type { RegionSetFile } from '@lastmile/shared/region'
import { closingDays, openingDays } from './calendar.js'
import { cellTherapies } from './lot.js'
import type { Town } from './places.js'
import { corps, townsOf } from './places.js'
import type { Random } from './random.js'
import { at, randomOf } from './random.js'

/** A hospital or pharmacy that does not exist. */
export interface Institution {
  code: string
  name: string
  kind: 'hospital' | 'pharmacy'
  region: string
  city: string
  unit: string
  level: string
  address: string
  latitude: number
  longitude: number
  dualChannel: boolean
  openedOn: Day | null
  closedOn: Day | null
  qualifications: string[]
}

/** Hospitals of the national rare-disease network per unit (2024, 419 in all): the demonstration has as many, all invented. */
const networkHospitals: Readonly<Record<string, number>> = {
  110000: 15, 120000: 10, 130000: 16, 140000: 11, 150000: 15, 210000: 15, 220000: 14, 230000: 15, 310000: 15, 320000: 13, 330000: 15,
  340000: 15, 350000: 15, 360000: 16, 370000: 15, 410000: 15, 420000: 12, 430000: 15, 440000: 16, 450000: 15, 460000: 7, 500000: 11,
  510000: 15, 520000: 15, 530000: 15, 540000: 3, 610000: 8, 620000: 15, 630000: 7, 640000: 10, 650000: 14, 660000: 11,
}
const otherHospitals = 700
const pharmacies = 1480
/** People of the Corps are counted inside Xinjiang and have no figure of their own; this only sizes its invented institutions. */
const corpsWeight = 3_000_000

/** All institutions of the demonstration, by code. */
export function institutionsOf(regions: RegionSetFile): Institution[] {
  const people = new Map(regions.regions.map((region) => [region.code, region.population ?? 0]))
  const weightOf = (unit: string): number => (unit === corps ? corpsWeight : (people.get(unit) ?? 0))
  const total = regions.units.reduce((sum, unit) => sum + weightOf(unit.code), 0)
  const serials = new Map<string, number>()
  const all = regions.units.flatMap((unit) => {
    const random = randomOf(`institutions of ${unit.code}`)
    const towns = townsOf(regions, unit.code)
    const share = weightOf(unit.code) / total
    const network = networkHospitals[unit.code] ?? 0
    const hospitals = network + Math.max(4, Math.round(otherHospitals * share))
    return [
      ...Array.from({ length: hospitals }, (_, index) => hospital(random, towns, unit.code, index < network, serials)),
      ...Array.from({ length: Math.max(10, Math.round(pharmacies * share)) }, () => pharmacy(random, towns, unit.code, serials)),
    ]
  })
  open(all)
  qualify(all)
  return all.sort((a, b) => (a.code < b.code ? -1 : 1))
}

function hospital(random: Random, towns: readonly Town[], unit: string, network: boolean, serials: Map<string, number>): Institution {
  const level = network ? '三级甲等' : at(random.sample(levels, 1, (entry) => entry.weight), 0).level
  const tertiary = level.startsWith('三级')
  const stand = placed(random, towns, unit, 'hospital', tertiary, serials)
  const nameIn = (city: string, no: number): string => `${city}${unit === corps ? '兵团' : ''}演示${network ? '大学附属' : ''}第${no}医院`
  const cold = random.chance(tertiary ? 0.92 : 0.5)
  return {
    ...stand.row, name: nameIn(stand.town.name, next(serials, `${stand.town.code}/${unit}/${network ? 'network' : 'hospital'}`)), kind: 'hospital', level,
    dualChannel: tertiary && random.chance(0.8),
    qualifications: [...(network ? ['rare-disease-network'] : []), ...(cold ? ['cold-chain'] : [])],
  }
}

const levels = [
  { level: '三级甲等', weight: 26 }, { level: '三级乙等', weight: 20 }, { level: '二级甲等', weight: 38 }, { level: '二级乙等', weight: 9 }, { level: '未定级', weight: 7 },
]

function pharmacy(random: Random, towns: readonly Town[], unit: string, serials: Map<string, number>): Institution {
  const stand = placed(random, towns, unit, 'pharmacy', random.chance(0.7), serials)
  const dualChannel = random.chance(0.7)
  const name = `${stand.town.name}${unit === corps ? '兵团' : ''}演示大药房${stand.place.countyName ?? ''}${next(serials, `${stand.place.code}/${unit}/pharmacy`)}号店`
  const cold = random.chance(dualChannel ? 0.75 : 0.3)
  const special = random.chance(dualChannel ? 0.65 : 0.2)
  return { ...stand.row, name, kind: 'pharmacy', level: '', dualChannel, qualifications: [...(cold ? ['cold-chain'] : []), ...(special ? ['special-drugs'] : [])] }
}

/** A place of the unit, the capital likelier than the rest, and a point within about six kilometres of its centre. */
function placed(random: Random, towns: readonly Town[], unit: string, kind: Institution['kind'], urban: boolean, serials: Map<string, number>) {
  const town = at(random.sample(towns, 1, (entry) => 1 / (1 + towns.indexOf(entry) * (urban ? 0.45 : 0.15))), 0)
  const place = at(town.places, random.below(urban ? Math.min(6, town.places.length) : town.places.length))
  const letter = kind === 'hospital' ? 'H' : 'P'
  // Serials from 90001 mark what is invented: no register of real institutions is drawn on.
  const code = `${letter}${place.code}${90_000 + next(serials, `${letter}${place.code}`)}`
  const row = {
    code, region: place.code, city: place.city, unit,
    address: `${town.name}${place.countyName ?? ''}演示路${1 + random.below(300)}号`,
    latitude: scatter(random, place.lat), longitude: scatter(random, place.lng), openedOn: null, closedOn: null,
  }
  return { row, town, place }
}

function scatter(random: Random, centre: number): number {
  return Math.round((centre + (random.next() + random.next() - 1) * 0.055) * 10_000) / 10_000
}

function next(serials: Map<string, number>, key: string): number {
  const no = (serials.get(key) ?? 0) + 1
  serials.set(key, no)
  return no
}

/** A few institutions open and a few close while the demonstration runs. */
function open(all: readonly Institution[]): void {
  const random = randomOf('openings and closings')
  const some = random.sample(all, 34, () => 1)
  some.forEach((institution, index) => {
    if (index < 12) institution.openedOn = at(openingDays, index % openingDays.length)
    else institution.closedOn = at(closingDays, index % closingDays.length)
  })
}

/** Centres for each cell therapy: tertiary hospitals, large ones first. */
function qualify(all: readonly Institution[]): void {
  const centres: Readonly<Record<string, number>> = { CID2025010: 190, CID2025011: 130, CID2025012: 170, CID2025013: 290, CID2025014: 280 }
  const tertiary = all.filter((institution) => institution.level.startsWith('三级'))
  for (const [drug, qualification] of Object.entries(cellTherapies)) {
    const random = randomOf(`centres for ${drug}`)
    const weight = (institution: Institution): number => (institution.qualifications.includes('rare-disease-network') ? 4 : 1) + 2 * cellCount(institution)
    for (const institution of random.sample(tertiary, centres[drug] ?? 0, weight)) institution.qualifications.push(qualification)
  }
}

function cellCount(institution: Institution): number {
  return institution.qualifications.filter((qualification) => qualification.startsWith('car-t:')).length
}
