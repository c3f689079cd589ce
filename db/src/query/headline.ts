import type { Evidence } from '@lastmile/shared/evidence'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { anythingSaid, figuresAt } from '../coverage/cell.js'
import type { Counts } from '../coverage/counts.js'
import { anyDrug } from '../coverage/deltas.js'
import { nationSlot } from '../coverage/write-coverage.js'
import type { Database } from '../database.js'
import type { Area } from './area.js'
import { slotsOfArea, stockedUnits } from './coverage.js'
import type { ListRow } from './lists.js'
import { basisOf, countedFor, type When } from './question.js'

const none: Counts = new Int32Array(0)

/** The headline: how many listed drugs are in stock somewhere, at how many distinct institutions, in how many units; and what is unknown. */
export async function headlineOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, area: Area | null): Promise<HeadlineAnswer> {
  const { facts, counted } = await countedFor(db, list, when, [when.evidence])
  const byCity = area?.level === 'city'
  const counts = byCity ? await counted.byCity(when.evidence, area.areaId) : await counted.byUnit(when.evidence)
  const slots = area === null ? [nationSlot] : await slotsOfArea(counted, area)
  const unitSlots = area === null ? facts.units.map((unit) => unit.slot) : slots

  const any = figuresAt(counts.get(anyDrug) ?? none, slots)
  const drugs = [...facts.drugs].map(([id, { code }]) => {
    const { stocked, states } = figuresAt(counts.get(id) ?? none, slots)
    const cities = byCity ? Math.min(1, stocked.institutions) : stocked.cities
    return { drug: code, institutions: stocked.institutions, units: area === null ? stockedUnits(counts.get(id), unitSlots) : Math.min(1, stocked.institutions), cities, states }
  })
  const sum = (state: 'not_known' | 'stale' | 'not_reported') => drugs.reduce((total, one) => total + one.states[state], 0)
  const drugsStocked = drugs.filter((one) => one.institutions > 0).length
  return {
    basis: basisOf(list, when),
    region: area?.code ?? null,
    drugsListed: drugs.length,
    drugsStocked,
    drugsUnstocked: drugs.length - drugsStocked,
    institutions: any.stocked.institutions,
    hospitals: any.stocked.hospitals,
    pharmacies: any.stocked.pharmacies,
    others: any.stocked.others,
    provinces: area === null ? stockedUnits(counts.get(anyDrug), unitSlots) : Math.min(1, any.stocked.institutions),
    cities: byCity ? Math.min(1, any.stocked.institutions) : any.stocked.cities,
    drugsInMoreThan: Object.fromEntries(list.thresholds.map((threshold) => [String(threshold), drugs.filter((one) => one.units > threshold).length])),
    unknown: {
      institutions: any.states.not_known + any.states.stale + any.states.not_reported,
      notKnown: sum('not_known'),
      stale: sum('stale'),
      notReported: sum('not_reported'),
      unitsSilent: area === null ? facts.units.filter((unit) => !speaks(counts, [...facts.drugs.keys()], unit.slot)).map((unit) => unit.code) : [],
    },
    drugs: drugs.map(({ drug, institutions, units, cities }) => ({ drug, institutions, units, cities })),
  }
}

/** True if anything that still counts was said of the unit: stale and withdrawn statements are silence. */
function speaks(counts: ReadonlyMap<number, Counts>, drugs: readonly number[], slot: number): boolean {
  return drugs.some((drug) => {
    const { states } = figuresAt(counts.get(drug) ?? none, [slot])
    return anythingSaid({ ...states, stale: 0, not_reported: 0 })
  })
}
