import type { CoverageCell, HeadlineAnswer, Said } from '@lastmile/shared/coverage'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { SheetFigures, SheetPeers } from '@lastmile/shared/inspection'
import { bandOf, drugPeers, unitPeers } from '@lastmile/shared/peers'
import { states, unknownStates } from '@lastmile/shared/state'
import type { UnitArea } from './area.js'
import type { DrugRow } from './drugs.js'
import type { InspectionWorld } from './inspection-world.js'

/** What each kind of evidence says of a drug over all units, in the order of the kinds. */
export async function figuresOfDrug(world: InspectionWorld, { data: { code } }: DrugRow): Promise<SheetFigures[]> {
  return Promise.all(evidences.map(async (evidence) => {
    const [headline, coverage] = await Promise.all([world.headline(evidence, null), world.coverage(evidence)])
    const { said } = saidOf(headline, code)
    const { units, ...cell } = coverage.totals.find((one) => one.drug === code)!
    return ofCell(evidence, { ...cell, region: null }, said, units)
  }))
}

/** What each kind of evidence says of all drugs together in a unit, in the order of the kinds. */
export async function figuresOfUnit(world: InspectionWorld, unit: UnitArea): Promise<SheetFigures[]> {
  return Promise.all(evidences.map(async (evidence): Promise<SheetFigures> => {
    const headline = await world.headline(evidence, unit)
    const { institutions, hospitals, pharmacies, others, cities, provinces, drugsListed, drugsStocked, drugsUnknown, drugsNotReported, unknown: { notKnown, stale, notReported } } = headline
    return {
      evidence, drug: null, region: unit.code, said: saidOfAny(headline), stocked: { institutions, hospitals, pharmacies, others, cities }, units: provinces, unknown: notKnown + stale + notReported,
      eligible: null, share: null, drugs: { listed: drugsListed, stocked: drugsStocked, unknown: drugsUnknown, notReported: drugsNotReported },
    }
  }))
}

/** A drug in each unit, or each drug in a unit, under the kind of evidence asked for. */
export async function partsOf(world: InspectionWorld, of: { drug: DrugRow } | { unit: UnitArea }): Promise<SheetFigures[]> {
  const { evidence } = world.when
  const coverage = await world.coverage(evidence)
  const pairs = 'drug' in of ? world.units.map((unit) => ({ unit, code: of.drug.data.code })) : world.drugs.map(({ data: { code } }) => ({ unit: of.unit, code }))
  return Promise.all(pairs.map(async ({ unit, code }) => {
    const { said, units } = saidOf(await world.headline(evidence, unit), code)
    return ofCell(evidence, coverage.cell(code, unit.code) ?? nothing(code, unit.code), said, units)
  }))
}

/** How a unit stands among those of similar size: of what is said of them, and of its gaps. */
export async function peersOfUnit(world: InspectionWorld, unit: UnitArea): Promise<SheetPeers> {
  const { evidence } = world.when
  const units = unitPeers(unit.code, world.units)
  const { unknown: { unitsSilent } } = await world.headline(evidence, null)
  const [own, ...others] = await Promise.all([unit, ...world.units.filter(({ code }) => units?.some((one) => one.code === code))].map(async (one) => {
    const [{ institutions, drugsStocked }, total] = await Promise.all([world.headline(evidence, one), world.gapsTotal({ unit: one })])
    return { isSilent: unitsSilent.includes(one.code), figures: { institutions, drugs: drugsStocked, gaps: total } }
  }))
  const members = others.filter(({ isSilent }) => !isSilent)
  return {
    by: 'residents', residents: unit.population, units: units ?? [], members: members.length, silent: others.length - members.length,
    bands: (['institutions', 'drugs', 'gaps'] as const).map((measure) => ({ measure, value: own!.isSilent ? null : own!.figures[measure], band: bandOf(members.map(({ figures }) => figures[measure])) })),
  }
}

/** How a drug stands among those of other companies of its class: by public totals, and by no name. Where it is judged by reach, how many institutions have it tells nothing. */
export async function peersOfDrug(world: InspectionWorld, { data }: DrugRow): Promise<SheetPeers> {
  const headline = await world.headline(world.when.evidence, null)
  const { class: letters, drugs } = drugPeers(data, world.drugs.map((one) => one.data))
  const others = drugs.map((code) => saidOf(headline, code))
  const members = others.filter(({ said }) => isTold(said))
  const own = saidOf(headline, data.code)
  return {
    by: 'class', drug: data.code, class: letters, judgedBy: data.judgedBy, members: members.length, silent: others.length - members.length,
    bands: (data.judgedBy === 'reach' ? ['units', 'cities'] as const : ['institutions', 'units', 'cities'] as const).map((measure) => ({ measure, value: isTold(own.said) ? own[measure] : null, band: bandOf(members.map((one) => one[measure])) })),
  }
}

function isTold(said: Said): boolean {
  return said === 'yes' || said === 'no'
}

function saidOf({ drugs }: HeadlineAnswer, code: string): HeadlineAnswer['drugs'][number] {
  return drugs.find((one) => one.drug === code)!
}

/** What is said of all drugs together: the most that is said of any. */
function saidOfAny({ drugs }: HeadlineAnswer): Said {
  return (['yes', 'no', 'unknown'] as const).find((one) => drugs.some(({ said }) => said === one)) ?? 'nothing'
}

function ofCell(evidence: Evidence, { drug, region, stocked, states, eligible, share }: Omit<CoverageCell, 'region'> & { region: string | null }, said: Said, units: number): SheetFigures {
  return { evidence, drug, region, said, stocked, units, unknown: unknownStates.reduce((sum, state) => sum + states[state], 0), eligible, share, drugs: null }
}

/** A cell of which nothing was ever said, and where nobody is eligible. */
function nothing(drug: string, region: string): CoverageCell {
  return {
    drug, region, stocked: { institutions: 0, hospitals: 0, pharmacies: 0, others: 0, cities: 0 },
    states: Object.fromEntries(states.map((state) => [state, 0])) as CoverageCell['states'], eligible: null, share: null,
  }
}
