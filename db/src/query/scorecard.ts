import type { DutyCounts, DutyState } from '@lastmile/shared/duty'
import type { Evidence } from '@lastmile/shared/evidence'
import { gapClasses } from '@lastmile/shared/gap-act'
import { bandOf, unitPeers } from '@lastmile/shared/peers'
import { everything, type Purview } from '@lastmile/shared/purview'
import { countRung, rungs, wordKindOf, type RungState, type WordKind } from '@lastmile/shared/rung'
import { compareScores, dutiesCounted, scoreMeasures, type RungScore, standardsCounted, type ScorecardAnswer, type Scores, type ScorecardsAnswer, type StandardScore, type UnitScores } from '@lastmile/shared/scorecard'
import { emptySheet } from '../coverage/counted.js'
import { sumAt } from '../coverage/counts.js'
import type { Database } from '../database.js'
import { unitAreas, type UnitArea } from './area.js'
import { atOneVersion } from './at-one-version.js'
import { countCases } from './cases.js'
import { dutiesOf, dutyByUnit, type DutyRecord } from './duties.js'
import { countersOf, thereAt } from './gap-reason.js'
import { judgeCounts } from './gaps.js'
import { laddersOf } from './ladders.js'
import type { ListRow } from './lists.js'
import { measuresOn, type Measure } from './measures.js'
import { basisOf, countedFor, type When } from './question.js'
import { reportingOf } from './reporting.js'
import { residentsOf } from './residents.js'

/** Of how many of its last periods a source's reports are counted. */
const periodsCounted = 12

type At = When & { evidence: Evidence }

/** What all scorecards are made of, read once. */
interface Sheets {
  units: UnitArea[]
  standards: Map<string, ScorecardAnswer['standards']>
  /** Null for a past day: what is said of duties is of today. */
  duties: { duty: DutyRecord; byUnit: Map<string, DutyCounts>; isOver: boolean }[] | null
  reporting: Map<string, ScorecardAnswer['reporting']>
}

async function readSheets(db: Database, list: ListRow, when: At): Promise<Sheets> {
  const [units, standards, reported] = [await unitAreas(db, list.regionSetId), await standardsByUnit(db, list, when), await reportingOf(db, list, { asOf: when.asOf, periods: periodsCounted, purview: everything, reports: everything }, { offset: 0, limit: 0 }, null)]
  const duties: NonNullable<Sheets['duties']> = []
  const isToday = when.asOf === list.today
  for (const duty of isToday ? await dutiesOf(db, list) : []) {
    const byUnit = await dutyByUnit(db, list, duty)
    duties.push({ duty, byUnit: new Map(byUnit.flatMap(({ unit, ...counts }) => (unit === null ? [] : [[unit, counts] as const]))), isOver: duty.data.dueOn < list.today })
  }
  return { units, standards, duties: isToday ? duties : null, reporting: new Map(reported.byUnit.flatMap(({ unit, ...counts }) => (unit === null ? [] : [[unit, { ...counts, periods: periodsCounted }] as const]))) }
}

/** Of each unit each drug that has a standard anywhere, in list order: whether it is met there. */
async function standardsByUnit(db: Database, list: ListRow, when: At): Promise<Sheets['standards']> {
  const [measures, residents] = [await measuresOn(db, list, when), await residentsOf(db, list)]
  const atHand = await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'])
  const { units } = atHand.facts
  const { gaps, served } = await judgeCounts(db, list, when, measures, null, atHand)
  const found = new Map([...Array(gaps.length).keys()].map((at) => {
    const gap = gaps.at(at)
    return [`${gap.drug} ${gap.region}`, { reason: gap.reason, isSupply: gaps.class[at] === gapClasses.indexOf('supply') }] as const
  }))
  const serving = new Map(served.map(({ drug, region, ...centre }) => [`${drug} ${region}`, centre] as const))
  const [sheetOf] = await atHand.counted.sheets([[when.evidence, units.map(({ slot }) => slot)]])
  const sheet = emptySheet(atHand.facts)
  const byDrug = new Map<string, Measure[]>()
  for (const measure of measures) byDrug.set(measure.standard.drug, [...byDrug.get(measure.standard.drug) ?? [], measure])
  return new Map(units.map(({ slot, code }) => {
    sheetOf!(slot, sheet.fill(0))
    return [code, [...byDrug].map(([drug, all]): StandardScore => {
      const measure = all.find((one) => one.units === null || one.units.has(code))
      const key = `${drug} ${code}` as const
      const own = found.get(key)
      if (!measure) return { drug, stand: 'none', institutions: null, minInstitutions: null, kinds: [], byKind: [], eligibleOnly: false, servedBy: null, reason: null }
      const { minInstitutions, reach, kinds } = measure.standard
      const byKind = kinds.map((kind) => ({ kind, institutions: sumAt(sheet, measure.slot, countersOf([kind], measure.eligibleOnly)) }))
      // Where nobody knows how many live in reach, nobody knows whether it is met; but a centre that serves the unit meets it however far it is.
      const stand = own ? (own.isSupply ? 'not_met' : 'not_known') : serving.has(key) ? 'met' : reach !== null && !residents.has(code) ? 'not_known' : 'met'
      return { drug, stand, institutions: thereAt(sheet, measure.slot, measure).institutions, minInstitutions, kinds, byKind, eligibleOnly: measure.eligibleOnly, servedBy: serving.get(key) ?? null, reason: own?.reason ?? null }
    })]
  }))
}

function scoresOf(unit: string, { standards, duties: allDuties, reporting }: Sheets): Scores {
  const judged = standards.get(unit) ?? []
  const stand = (part: keyof typeof standardsCounted) => judged.filter((one) => (standardsCounted[part] as readonly string[]).includes(one.stand)).length
  const reported = reporting.get(unit)
  const over = (allDuties ?? []).flatMap(({ byUnit, isOver }) => (isOver ? byUnit.get(unit) ?? [] : []))
  const duties = (...states: DutyState[]) => over.reduce((sum, one) => sum + states.reduce((all, state) => all + one[state], 0), 0)
  const score = (count: number, of: number, unknown = 0) => (of === 0 && unknown === 0 ? null : { count, of, unknown })
  return {
    standards: score(stand('count'), stand('of'), stand('unknown')), completeness: reported ? score(reported.onTime + reported.late, reported.owed) : null, timeliness: reported ? score(reported.onTime, reported.owed) : null,
    // A period without a report was not reported: that is the fact. Of a duty without one nobody knows whether it was done.
    duties: score(duties(...dutiesCounted.count), duties(...dutiesCounted.of), duties(...dutiesCounted.unknown)),
  }
}

/** The scores of all units, in the order of their codes. */
function allScores(sheets: Sheets): UnitScores[] {
  return sheets.units.map(({ code }) => ({ unit: code, scores: scoresOf(code, sheets) })).sort((a, b) => (a.unit < b.unit ? -1 : 1))
}

/** What is compared: of a past day everything but duties. */
const measuresOf = ({ duties }: Sheets) => scoreMeasures.filter((measure) => measure !== 'duties' || duties !== null)

/** The scorecard of a unit, compared with those of similar size. `sees.cases`: of whose cases it may be told; `seesAll`: the shares of others one by one. */
export async function scorecardOf(db: Database, list: ListRow, when: At, unit: UnitArea, sees: { all: boolean; cases: Purview }): Promise<Omit<ScorecardAnswer, 'made'>> {
  return atOneVersion(db, list, async () => {
    const sheets = await readSheets(db, list, when)
    const peers = unitPeers(unit.code, sheets.units)
    const others = (peers ?? []).map(({ code }) => ({ unit: code, scores: scoresOf(code, sheets) }))
    const isSeen = sees.cases.of === 'all' || (sees.cases.of === 'unit' && sees.cases.unit === unit.code)
    const counts = isSeen && when.asOf === list.today ? await countCases(db, list, sees.cases, { region: unit.code }) : null
    return {
      basis: basisOf(list, when), unit: unit.code, residents: unit.population, peers, scores: compareScores(scoresOf(unit.code, sheets), others, sees.all, measuresOf(sheets), allScores(sheets)),
      duties: sheets.duties && sheets.duties.map(({ duty, byUnit, isOver }) => ({ duty: duty.data, isOver, counts: byUnit.get(unit.code) ?? { owed: 0, in_time: 0, late: 0, not_convened: 0, not_reported: 0 } })),
      reporting: sheets.reporting.get(unit.code) ?? { owed: 0, onTime: 0, late: 0, held: 0, missing: 0, notDue: 0, sources: 0, periods: periodsCounted },
      standards: sheets.standards.get(unit.code) ?? [],
      cases: counts && { open: counts.open, notified: counts.notified, answered: counts.answered, closed: counts.closed, overdue: counts.overdue },
      ladder: await rungsOf(db, list, when, unit.code, (peers ?? []).map(({ code }) => code)),
    }
  })
}

/** Each rung over all drugs in a unit, and the band of how many hold it among others: of those alone of which a firm word is known of every drug, since neither unknown nor a company's word alone is zero. */
async function rungsOf(db: Database, list: ListRow, when: At, unit: string, peers: readonly string[]): Promise<RungScore[]> {
  const { ladders } = await laddersOf(db, list, { asOf: when.asOf, knownOn: null }, { drugs: null, units: [unit, ...peers] })
  return rungs.map((rung) => {
    const of = (code: string) => ladders.filter((one) => one.unit === code).flatMap((one) => one.rungs.filter((own) => own.rung === rung))
    const count = (code: string, state: RungState, word: WordKind = 'firm') => countRung(of(code), state, word)
    const isKnown = (code: string) => of(code).every((one) => one.state !== 'not_known' && wordKindOf(one) === 'firm')
    return {
      rung, yes: count(unit, 'yes'), conditional: count(unit, 'conditional'), no: count(unit, 'no'), notKnown: count(unit, 'not_known'), company: { yes: count(unit, 'yes', 'company'), conditional: count(unit, 'conditional', 'company'), no: count(unit, 'no', 'company') },
      band: bandOf(peers.filter(isKnown).map((code) => count(code, 'yes') + count(code, 'conditional'))),
    }
  })
}

/** The scores of some units, by code, held against all units together. */
export async function scorecardsOf(db: Database, list: ListRow, when: At, only: string | null): Promise<ScorecardsAnswer> {
  return atOneVersion(db, list, async () => {
    const sheets = await readSheets(db, list, when)
    const all = allScores(sheets)
    const shown = all.filter(({ unit }) => only === null || unit === only)
    return { basis: basisOf(list, when), rows: shown.map(({ unit, scores }) => ({ unit, scores: compareScores(scores, all, false, measuresOf(sheets)).map(({ points: _, band: _b, ...one }) => one) })) }
  })
}
