import type { CaseGapState } from '@lastmile/shared/case'
import type { Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { GapOnDay } from '@lastmile/shared/gap'
import type { Database } from '../database.js'
import { findArea } from './area.js'
import { findDrug } from './drugs.js'
import { judgeGaps } from './gaps.js'
import type { ListRow } from './lists.js'
import { measuresOn } from './measures.js'

/** Gaps of a list on its today under one kind of evidence, as the page of gaps judges them, to be asked of pairs of drug and unit. */
export interface GapsToday {
  /** All of them, unit by unit, as the list has its drugs. */
  readonly all: readonly GapOnDay[]
  /** What a pair lacks; undefined where it lacks nothing, or nothing is asked of it. */
  find(drug: string, unit: string): GapOnDay | undefined
  /** How a pair stands. */
  stateOf(drug: string, unit: string): CaseGapState
}

/** Judges pairs of a list on its today, as it is known now or was known at an instant: all, or (`of`) those that are asked about; where they have their drug or their unit in common, no others. */
export async function gapsToday(db: Database, list: ListRow, evidence: Evidence, of: readonly { drug: string; unit: string }[] | null = null, knownOn: Instant | null = null): Promise<GapsToday> {
  const when = { evidence, asOf: list.today, knownOn, since: null }
  const [drugs, units] = [new Set(of?.map(({ drug }) => drug)), new Set(of?.map(({ unit }) => unit))]
  const only = drugs.size === 1 ? await findDrug(db, list.id, [...drugs][0]!) : null
  const area = units.size === 1 ? await findArea(db, list.regionSetId, [...units][0]!) : null
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => only === null || standard.drug === only.data.code)
  const { gaps } = await judgeGaps(db, list, when, measures, { drug: only?.id ?? null, area })
  const all = Array.from({ length: gaps.length }, (_, at) => gaps.at(at))
  const known = new Map(all.map((gap) => [`${gap.drug} ${gap.region}`, gap]))
  const find = (drug: string, unit: string) => known.get(`${drug} ${unit}`)
  const isJudged = (drug: string, unit: string) => measures.some(({ standard, units }) => standard.drug === drug && (units === null || units.has(unit)))
  return { all, find, stateOf: (drug, unit) => (find(drug, unit) ? 'gap' : isJudged(drug, unit) ? 'met' : 'no_standard') }
}
