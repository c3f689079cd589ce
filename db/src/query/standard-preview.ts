import { evidences } from '@lastmile/shared/evidence'
import type { GapOnDay } from '@lastmile/shared/gap'
import type { StandardRule } from '@lastmile/shared/standard'
import type { StandardPreview } from '@lastmile/shared/standard-preview'
import type { Database } from '../database.js'
import type { DrugRow } from './drugs.js'
import type { GapColumns } from './gap-columns.js'
import { judgeGaps } from './gaps.js'
import type { ListRow } from './lists.js'
import { measuresOf, measuresOn, type Measure } from './measures.js'
import { basisOf, factsFor } from './question.js'
import { cannotBeMet } from './standard-limits.js'

/**
 * What the gaps of a drug would become under other rules, on the list's today: judged as they are judged everywhere. Rules
 * to come are tried as if they held already, for that is what is asked.
 */
export async function previewStandard(db: Database, list: ListRow, drug: DrugRow, rules: readonly StandardRule[]): Promise<StandardPreview> {
  const facts = await factsFor(db, list)
  const judgedOn = rules.reduce((day, { from }) => (from > day ? from : day), list.today)
  const now = (await measuresOn(db, list, { asOf: list.today, knownOn: null })).filter(({ standard }) => standard.drugId === drug.id)
  const then = measuresOf(facts, drug.id, rules)
  const told: StandardPreview['evidences'] = []
  for (const evidence of evidences) {
    const judged = (measures: readonly Measure[]) => judgeGaps(db, list, { evidence, asOf: list.today, knownOn: null, since: null }, measures, { drug: drug.id, area: null })
    const [before, after] = [await judged(now), await judged(then)]
    const [was, is] = [byUnit(before.gaps), byUnit(after.gaps)]
    const only = (own: Map<string, GapOnDay>, other: Map<string, GapOnDay>) => [...own].filter(([unit]) => !other.has(unit)).map(([, gap]) => gap)
    told.push({ evidence, before: was.size, after: is.size, opens: only(is, was), closes: only(was, is), reachNotLoaded: after.reachNotLoaded, served: after.served.length })
  }
  return { basis: basisOf(list, { evidence: null, asOf: list.today, knownOn: null, since: null }), drug: drug.data.code, judgedOn, cannotBeMet: await cannotBeMet(db, list, drug, rules), evidences: told }
}

/** The gaps of one drug by their unit, as their region set has these. */
function byUnit(gaps: GapColumns): Map<string, GapOnDay> {
  return new Map(Array.from({ length: gaps.length }, (_, at) => gaps.at(at)).map((gap) => [gap.region, gap]))
}
