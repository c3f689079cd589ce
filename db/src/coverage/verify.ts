import { dayOfNumber } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { lenses } from '../schema/codes.js'
import { carryDrug } from './carry-drug.js'
import { ChangeLogs } from './change-log.js'
import { Changes } from './changes.js'
import { areasWithCities, citySlotsOf } from './city-slots.js'
import { anyDrug, wholeSlot, width, type Counts } from './counts.js'
import { Difference } from './difference.js'
import { DrugCells } from './drug-cells.js'
import { addWaiting } from './far-ahead.js'
import { joinSpans } from './from-facts.js'
import { emptyHolding, loadHoldings, type Holding } from './holding.js'
import { evidenceLenses } from './lens.js'
import { listFacts, type ListFacts } from './list-facts.js'
import { contribute } from './recompute.js'
import { Tally } from './tally.js'
import { allRows, keyText, touchedRows, type Family } from './timeline-rows.js'
import { timelineOf, type StoredRow, type Timeline } from './timeline.js'
import { beginning, sameDays, spansSince } from './view.js'
import { wholeHoldings, type WholeHolding } from './whole.js'

/** A place where what is maintained is not what the statements say. */
export interface Discrepancy {
  /** What is known of a pair; or counts, by the family of rows they stand in; or those that wait for their days. */
  what: 'pair' | Family | 'ahead'
  lens: string
  /** Narrow id; 0 where institutions are counted over their drugs. */
  drug: number
  day: string
  detail: string
}

/** Drugs whose counts are in memory together. */
const drugsAtOnce = 50

/**
 * Compares what is maintained with what the statements say, computed from scratch: what is known of each pair, past and
 * present, and the counts of units and of cities, distinct cities among them. An empty answer is the proof that every
 * figure shown is the figure counted. Reads only; lists at most `most` discrepancies.
 */
export async function verifyCoverage(db: Database, listId: number, most = 20): Promise<Discrepancy[]> {
  const list = await listFacts(db, listId)
  const found: Discrepancy[] = []
  const drugs = [...list.drugs.keys()]
  const pauses = new Pauses()
  for (let at = 0; at < Math.max(1, drugs.length); at += drugsAtOnce) {
    // Over all drugs, institutions are counted in the first round.
    const wanted = new Set([...drugs.slice(at, at + drugsAtOnce), ...(at === 0 ? [anyDrug] : [])])
    const difference = new Difference()
    for await (const batch of wholeHoldings(db, list, { knownOn: null })) {
      if (at === 0) found.push(...(await pairDiscrepancies(db, list, batch)))
      for (const holding of batch) {
        await pauses.take()
        contribute({ list, difference, wanted }, holding, holding.place, 1)
      }
      difference.changes.addUpIfMany()
    }
    found.push(...(await countDiscrepancies(db, list, difference, wanted)))
    if (found.length >= most) break
  }
  return found.slice(0, most)
}

async function pairDiscrepancies(db: Database, list: ListFacts, batch: readonly WholeHolding[]): Promise<Discrepancy[]> {
  const stored = await loadHoldings(db, list.listId, batch.map((one) => one.institution), { from: beginning, to: -beginning })
  return batch.flatMap((said) => {
    const kept = stored.get(said.institution) ?? emptyHolding(said.institution)
    const drugs = new Set([...said.pairs, ...kept.pairs].map((pair) => pair.drug).concat([...said.filed.keys(), ...kept.filed.keys()]))
    return [...drugs].flatMap((drug) => pairDiscrepancy(list, said, kept, drug))
  })
}

function pairDiscrepancy(list: ListFacts, said: WholeHolding, kept: Holding, drug: number): Discrepancy[] {
  const { freshnessDays } = list.drugs.get(drug)!
  const of = (holding: Holding) => {
    const pair = holding.pairs.find((one) => one.drug === drug) ?? null
    const spans = evidenceLenses.map((lens) => joinSpans(spansSince(pair, lens, holding.past, beginning, freshnessDays, said.place)))
    return { spans, firstDeclared: pair?.firstDeclared ?? null, firstNamed: pair?.firstNamed ?? null }
  }
  const [expected, actual] = [of(said), of(kept)]
  const found: Discrepancy[] = []
  evidenceLenses.forEach((lens, i) => {
    const [a, b] = [JSON.stringify(expected.spans[i]), JSON.stringify(actual.spans[i])]
    if (a !== b) found.push({ what: 'pair', lens: lenses[lens]!, drug, day: dayOfNumber((expected.spans[i]![0] ?? actual.spans[i]![0])!.from), detail: `institution ${said.institution}: said ${a}, stored ${b}` })
  })
  const [a, b] = [expected, actual].map(({ firstDeclared, firstNamed }) => JSON.stringify({ firstDeclared, firstNamed }))
  if (a !== b) found.push({ what: 'pair', lens: 'standing', drug, day: '', detail: `institution ${said.institution}: said ${a}, stored ${b}` })
  if (!sameDays(said.filed.get(drug) ?? [], kept.filed.get(drug) ?? [])) found.push({ what: 'pair', lens: 'eligible', drug, day: '', detail: `institution ${said.institution}: days of eligibility differ` })
  return found
}

async function countDiscrepancies(db: Database, list: ListFacts, difference: Difference, wanted: ReadonlySet<number>): Promise<Discrepancy[]> {
  const found = await waitingDiscrepancies(db, list, difference, wanted)
  const slots = new Map([...(await citySlotsOf(db, await areasWithCities(db, list.regionSetId))), ...(await difference.places.lookUp(db))])
  const cells = new DrugCells()
  const nowhere = { unit: () => [], cities: () => [] }
  for (const lens of lenses.keys()) {
    /** By drug, what is said of it in each unit. */
    const said = new Map<number, Map<number, StoredRow[]>>()
    const changes = difference.changes.of(lens).byDrug()
    for (const drug of wanted) {
      const carried = carryDrug(list, lens, cells.fill(changes.get(drug) ?? { drug, each: () => {} }, difference.places, list.countedTo), slots, nowhere)
      const cities = new Map(carried.cities.map(({ area, rows }) => [area, rows]))
      const units = new Map([...carried.units].map(({ unit, rows }) => [unit, rows]))
      said.set(drug, units)
      found.push(...compareRows({ what: 'city', lens, drug, where: 'area' }, cities, await allRows(db, 'city', list.listId, lens, drug), (area) => slots.get(area)!.length))
      found.push(...compareRows({ what: 'drug', lens, drug, where: 'unit' }, units, await allRows(db, 'drug', list.listId, lens, drug), () => 1))
    }
    for (const unit of [wholeSlot, ...list.units.map((one) => one.slot)]) {
      const rows = (await touchedRows(db, 'unit', list.listId, lens, [{ key: [unit], first: beginning }])).get(keyText([unit])) ?? []
      const sheet = timelineOf(rows, list.drugSlots.size * width)
      if (wanted.has(anyDrug)) found.push(...wrongBases(rows, list.drugSlots.size).map(({ day, told }) => ({ what: 'unit' as const, lens: lenses[lens]!, drug: anyDrug, day: dayOfNumber(day), detail: `unit ${unit}, ${told}` })))
      for (const drug of wanted) found.push(...compareCounts({ what: 'unit', lens, drug, where: `unit ${unit}` }, timelineOf(said.get(drug)!.get(unit) ?? [], width), ofDrug(sheet, list.drugSlots.get(drug)!)))
    }
  }
  return found
}

/** Which counts are compared. */
interface Compared {
  what: Discrepancy['what']
  lens: number
  drug: number
  where: string
}

/** Compares rows by unit or area, which have so many slots, each with what the row before it leaves. */
function compareRows(compared: Compared, said: ReadonlyMap<number, readonly StoredRow[]>, stored: ReadonlyMap<number, readonly StoredRow[]>, slotsOf: (place: number) => number): Discrepancy[] {
  return [...new Set([...said.keys(), ...stored.keys()])].flatMap((place) => {
    const where = `${compared.where} ${place}`
    const rows = stored.get(place) ?? []
    const slots = slotsOf(place)
    const wrong = wrongBases(rows, slots).map(({ day, told }) => ({ what: compared.what, lens: lenses[compared.lens]!, drug: compared.drug, day: dayOfNumber(day), detail: `${where}, ${told}` }))
    return wrong.length > 0 ? wrong : compareCounts({ ...compared, where }, timelineOf(said.get(place) ?? [], slots * width), timelineOf(rows, slots * width))
  })
}

/** Rows that do not begin with the counters that the row before them leaves: any day in them would be answered wrongly. */
function wrongBases(rows: readonly StoredRow[], slots: number): { day: number; told: string }[] {
  let running: Counts | null = null
  for (const row of rows) {
    const { from, base, changes } = timelineOf([row], slots * width)!
    const cell = running ? base.findIndex((n, i) => n !== running![i]) : -1
    if (cell >= 0) return [{ day: from, told: `begins with ${base[cell]} in slot ${Math.floor(cell / width)} counter ${cell % width}, and ${running![cell]} went before` }]
    for (let i = 0; i < changes.length; i++) base[changes.cells[i]!]! += changes.counts[i]!
    running = base
  }
  return []
}

/** Of a sheet what it says of one drug. */
function ofDrug(sheet: Timeline | null, drugSlot: number): Timeline | null {
  if (!sheet) return null
  const changes = new Changes()
  const first = drugSlot * width
  for (let i = 0; i < sheet.changes.length; i++) {
    const cell = sheet.changes.cells[i]! - first
    if (cell >= 0 && cell < width) changes.push(sheet.changes.days[i]!, cell, sheet.changes.counts[i]!)
  }
  return { from: sheet.from, base: sheet.base.slice(first, first + width), changes }
}

/** Of each lens and drug the first change far ahead that does not wait as it should. */
async function waitingDiscrepancies(db: Database, list: ListFacts, { changes, places }: Difference, wanted: ReadonlySet<number>): Promise<Discrepancy[]> {
  const stored = new ChangeLogs()
  await addWaiting(db, list.listId, stored, places)
  return [...lenses.keys()].flatMap((lens) => {
    const [saidOf, storedOf] = [changes.of(lens).byDrug(), stored.of(lens).byDrug()]
    return [...wanted].flatMap((drug) => {
      const left = new Tally()
      saidOf.get(drug)?.each((day, cell, n) => {
        if (day > list.countedTo) left.add(day, cell, n)
      })
      storedOf.get(drug)?.each((day, cell, n) => left.add(day, cell, -n))
      const { length, days, cells, counts } = left.sortedInto(new Changes())
      return length === 0 ? [] : [{
        what: 'ahead' as const, lens: lenses[lens]!, drug, day: dayOfNumber(days[0]!), detail: `place ${Math.floor(cells[0]! / width)} counter ${cells[0]! % width}: ${counts[0]} more said than stored`,
      }]
    })
  })
}

/** The first difference between two timelines: both begin with nothing. */
function compareCounts({ what, lens, drug, where }: Compared, said: Timeline | null, stored: Timeline | null): Discrepancy[] {
  const [a, b] = [changesTold(said?.changes), changesTold(stored?.changes)]
  if (stored?.base.some((count) => count !== 0)) b.set(stored.from, `begins with counts already; ${b.get(stored.from) ?? ''}`)
  for (const day of [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y)) {
    if (a.get(day) === b.get(day)) continue
    return [{ what, lens: lenses[lens]!, drug, day: dayOfNumber(day), detail: `${where}, said ${a.get(day) ?? 'nothing'}, stored ${b.get(day) ?? 'nothing'}` }]
  }
  return []
}

/** Changes in words, by day. */
function changesTold(changes: Changes | undefined): Map<number, string> {
  const told = new Map<number, string>()
  for (let i = 0; i < (changes?.length ?? 0); i++) {
    const { days, cells, counts } = changes!
    const one = `slot ${Math.floor(cells[i]! / width)} counter ${cells[i]! % width}: ${counts[i]! > 0 ? '+' : ''}${counts[i]}`
    told.set(days[i]!, told.has(days[i]!) ? `${told.get(days[i]!)}, ${one}` : one)
  }
  return told
}
