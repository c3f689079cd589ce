import { sql } from 'drizzle-orm'
import type { BulletinBasis, BulletinDrug, BulletinFigures, BulletinPlace } from '@lastmile/shared/bulletin'
import { coverageShare } from '@lastmile/shared/coverage'
import type { Drug } from '@lastmile/shared/drug'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Text } from '@lastmile/shared/text'
import { eligibleAt, figuresAt, type SlotFigures } from '../coverage/cell.js'
import type { Counted } from '../coverage/counted.js'
import { anyDrug, countAt, speaking, stockedAt, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { areasOfUnits, type UnitArea } from './area.js'
import { headlineFrom } from './headline.js'
import type { ListRow } from './lists.js'
import { countedFor, type When } from './question.js'

/** What a bulletin is asked about: a kind of evidence on a day, as known now or on an instant, of the whole or of one unit. */
export interface BulletinAsked extends When {
  evidence: Evidence
  area: UnitArea | null
}

const none: Counts = new Int32Array(0)

/** What a bulletin rests on. */
export function bulletinBasis(list: ListRow, { evidence, asOf, knownOn, area }: BulletinAsked): BulletinBasis {
  return { list: list.code, evidence, asOf, knownOn, since: evidence === 'supplied' ? list.inForce : null, region: area?.code ?? null, demonstration: list.demonstration }
}

/**
 * All figures of a bulletin but what changed since the one before. Counted once: its headline, its drugs and its places
 * are of the same counts.
 */
export async function bulletinFigures(db: Database, list: ListRow, asked: BulletinAsked): Promise<BulletinFigures> {
  const { area, evidence } = asked
  const { facts, counted } = await countedFor(db, list, asked, [evidence, 'eligible'])
  const [headline, drugs, places, sources, names] = [
    await headlineFrom(db, list, asked, area, { facts, counted }), await drugsIn(facts, counted, asked), await placesIn(db, facts, counted, asked), await sourcesReported(db, list, asked), await namesIn(db, list, area),
  ]
  const said = new Map(headline.drugs.map((one) => [one.drug, one]))
  return {
    basis: bulletinBasis(list, asked), listName: list.name, document: list.document, timeZone: list.timeZone, regionName: names.unit, regionSet: list.regionSet, reported: headline.reported,
    total: {
      drugsListed: headline.drugsListed, drugsStocked: headline.drugsStocked, drugsUnstocked: headline.drugsUnstocked, drugsUnknown: headline.drugsUnknown, drugsNotReported: headline.drugsNotReported,
      institutions: headline.institutions, hospitals: headline.hospitals, pharmacies: headline.pharmacies, others: headline.others, units: headline.provinces, unitsAll: facts.units.length, cities: headline.cities,
      drugsInMoreThan: area === null ? list.thresholds.map((units) => ({ units, drugs: headline.drugsInMoreThan[String(units)] ?? 0 })) : [],
      unknownInstitutions: headline.unknown.institutions,
    },
    sourcesReported: sources,
    drugs: drugs.map(({ id, ...own }): BulletinDrug => {
      const { code, name, company, companyName } = names.drugs.get(id)!
      const { said: word, units, cities } = said.get(code)!
      return { drug: code, name, company, companyName, said: word, units, cities, ...own }
    }),
    places, since: null,
  }
}

type DrugCounts = Omit<BulletinDrug, 'drug' | 'name' | 'company' | 'companyName' | 'said' | 'units' | 'cities'> & { id: number }

async function drugsIn(facts: ListFacts, counted: Counted, { evidence, area }: BulletinAsked): Promise<DrugCounts[]> {
  const [own, eligible] = [await counted.byUnit(evidence), await counted.byUnit('eligible')]
  const slots = [area ? area.slot : wholeSlot]
  return [...facts.drugs].map(([id, { eligibilityLoaded }]) => {
    const counts = own.get(id) ?? none
    const cell = figuresAt(counts, slots)
    const of = eligibilityLoaded ? eligibleAt(counts, eligible.get(id) ?? none, slots) : null
    return { id, ...kindsOf(cell), unknown: unknownOf(cell), eligible: of && { institutions: of.institutions, stocked: of.stocked, unknown: of.unknown }, share: of && coverageShare(of) }
  })
}

function kindsOf({ stocked: { institutions, hospitals, pharmacies, others } }: SlotFigures) {
  return { institutions, hospitals, pharmacies, others }
}

function unknownOf({ states }: SlotFigures): number {
  return states.not_known + states.stale + states.not_reported
}

/** The units of the whole, or the cities of a unit, with distinct institutions. */
async function placesIn(db: Database, facts: ListFacts, counted: Counted, { evidence, area }: BulletinAsked): Promise<BulletinPlace[]> {
  if (area !== null) return citiesIn(db, facts, counted, evidence, area)
  const counts = await counted.byUnit(evidence)
  const names = new Map((await rowsOf<{ code: string; name: Text }>(db, sql`select code, name from unit where region_set_id = ${facts.regionSetId}`)).map(({ code, name }) => [code, name]))
  return facts.units.map(({ code, slot }) => placeOf(code, names.get(code)!, facts, counts, [slot], countAt(counts.get(anyDrug) ?? none, slot, speaking) === 0))
}

async function citiesIn(db: Database, facts: ListFacts, counted: Counted, evidence: Evidence, { unitId, areaId, code: unit }: UnitArea): Promise<BulletinPlace[]> {
  const areas = [...new Set([...(areaId === null ? [] : [areaId]), ...(await areasOfUnits(db, [unitId]))])].sort((a, b) => a - b)
  const [counts, slots] = [await counted.byCities(evidence, areas), await counted.slotsOf(areas)]
  const own = areas.flatMap((area) => slots.get(area)!.filter((one) => one.unit === unitId).map(({ city, slot }) => ({ area, city, slot })))
  const cities = await rowsOf<{ id: number; code: string; name: Text; isOwn: boolean }>(db, sql`
    select id, code, name, coalesce(parent = ${unit}, false) as "isOwn" from region where region_set_id = ${facts.regionSetId} and level = 'city' and (id = any(${arrayOf('int', own.map(({ city }) => city))}) or parent = ${unit}) order by code collate "C"`)
  const places = cities.map(({ id, code, name, isOwn }) => {
    const here = own.filter(({ city }) => city === id)
    const of = here[0] ? counts.get(here[0].area)! : new Map<number, Counts>()
    const isSilent = here.every(({ slot }) => countAt(of.get(anyDrug) ?? none, slot, speaking) === 0)
    return { isOwn, place: placeOf(code, name, facts, of, here.map(({ slot }) => slot), isSilent) }
  })
  // The unit's own cities are named, whatever is said there; others (those in which the Corps has institutions) once something is.
  return places.filter(({ isOwn, place }) => isOwn || !place.isSilent).map(({ place }) => place)
}

function placeOf(region: string, name: Text, facts: ListFacts, counts: ReadonlyMap<number, Counts>, slots: readonly number[], isSilent: boolean): BulletinPlace {
  const overAll = figuresAt(counts.get(anyDrug) ?? none, slots)
  const drugs = [...facts.drugs.keys()].filter((id) => slots.some((slot) => stockedAt(counts.get(id) ?? none, slot) > 0)).length
  return { region, name, isSilent, drugs, ...kindsOf(overAll), unknown: unknownOf(overAll) }
}

/** How many sources of the evidence had reported of the day or an earlier one, as known then. How many there are is not told: that changes with the edition, and a bulletin does not. */
async function sourcesReported(db: Database, list: ListRow, { evidence, asOf, knownOn, area }: BulletinAsked): Promise<number> {
  const known = knownOn === null ? sql`r.accepted_at is not null` : sql`r.accepted_at <= ${knownOn}::timestamptz`
  const ofUnit = area === null ? sql`true` : sql`(o.data->>'unit' is null or o.data->>'unit' = ${area.code})`
  const [row] = await rowsOf<{ count: number }>(db, sql`
    select count(distinct r.source_id)::int as count from report r join source o on o.id = r.source_id
    where r.list_id = ${list.id} and r.evidence = ${evidenceCodes.code(evidence)} and r.as_of <= ${asOf} and ${known} and ${ofUnit}`)
  return row!.count
}

interface Named { code: string; name: Text; company: string; companyName: Text }

async function namesIn(db: Database, list: ListRow, area: UnitArea | null): Promise<{ drugs: Map<number, Named>; unit: Text | null }> {
  const rows = await rowsOf<{ id: number; data: Drug; companyName: Text }>(db, sql`select d.id, d.data, c.data->'name' as "companyName" from drug d join company c on c.id = d.company_id where d.list_id = ${list.id}`)
  const unit = area && (await rowsOf<{ name: Text }>(db, sql`select full_name as name from unit where id = ${area.unitId}`))[0]!.name
  return { drugs: new Map(rows.map(({ id, data: { code, name, company }, companyName }) => [id, { code, name, company, companyName }])), unit }
}
