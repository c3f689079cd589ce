import type { Database } from '@lastmile/db/database'
import { insertCase, insertEvent, lastReportOf, lockCases, pairsInCases } from '@lastmile/db/query/keep-case'
import { gapsToday } from '@lastmile/db/query/gaps-today'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import { caseCode, type CaseSubject, type NewCases, type NewCasesAnswer } from '@lastmile/shared/case'
import type { GapOnDay } from '@lastmile/shared/gap'
import type { NamedGap } from '@lastmile/shared/notice'
import type { Purview } from '@lastmile/shared/purview'
import type { Supervision } from '@lastmile/shared/supervision'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changeCases } from './change-case.js'
import { actorOf, type Doing } from './doing.js'

/**
 * Opens cases of gaps as they are today, one for each drug, company or province among them. A gap that the office follows
 * already stays in that case; a province's are those of its own unit. Of two who take the same gap at once, one does.
 */
export async function openCases(services: Services, doing: Doing, list: ListRow, purview: Purview, { evidence, by, gaps }: NewCases): Promise<NewCasesAnswer> {
  await rulesOf(services, list)
  const unit = purview.of === 'unit' ? purview.unit : null
  // What comes while it is judged is looked at by the first check: it counts as judged by what was before.
  const [version, lastReport] = [await publicVersionNow(services.db, list.id) ?? list.publicVersion, await lastReportOf(services.db, list, doing.at)]
  const today = await gapsToday(services.db, list, evidence, gaps.map(({ drug, region }) => ({ drug, unit: region })))
  const isHis = (region: string) => purview.of === 'all' || unit === region
  return changeCases(services, list, doing, async (tx) => {
    await lockCases(tx)
    const taken = await pairsInCases(tx, list, unit, evidence)
    const opened = new Map<string, string>()
    const wanted = new Map<string, GapOnDay[]>()
    for (const gap of new Map(gaps.map((one) => [`${one.drug} ${one.region}`, one])).values()) {
      const found = isHis(gap.region) && !taken.has(`${gap.drug} ${gap.region}`) ? today.find(gap.drug, gap.region) : undefined
      if (found) wanted.set(subjectOf(by, found), [...wanted.get(subjectOf(by, found)) ?? [], found])
    }
    const codes: string[] = []
    for (const [subjectCode, own] of wanted) {
      const code = await openCase(tx, list, doing, { unit, subject: by, subjectCode, evidence, gaps: own.map(namedGap), on: list.today, judgedBy: { lastReport, version, at: doing.at } })
      codes.push(code)
      for (const { drug, region } of own) opened.set(`${drug} ${region}`, code)
    }
    const results = gaps.map(({ drug, region }) => {
      const [before, now] = [isHis(region) ? taken.get(`${drug} ${region}`) : undefined, opened.get(`${drug} ${region}`)]
      if (before) return { drug, region, became: 'in_case' as const, case: caseCode(before.year, before.number) }
      return { drug, region, became: now === undefined ? 'gone' as const : 'opened' as const, case: now ?? null }
    })
    return { deeds: codes.map((code) => ({ action: 'case.open' as const, object: code, after: { by, evidence, gaps: results.filter((one) => one.case === code).map(({ drug, region }) => `${drug} ${region}`) } })), result: { results, cases: codes } }
  })
}

async function openCase(tx: Database, list: ListRow, doing: Doing, one: Parameters<typeof insertCase>[2]): Promise<string> {
  const { id, year, number } = await insertCase(tx, list, one)
  await insertEvent(tx, { caseId: id, kind: 'open', on: one.on, at: doing.at, by: actorOf(doing), state: 'open' })
  return caseCode(year, number)
}

/** What a gap is grouped by. */
function subjectOf(by: CaseSubject, { drug, company, region }: GapOnDay): string {
  return by === 'drug' ? drug : by === 'company' ? company : region
}

/** A gap as cases and letters name it. */
export function namedGap({ drug, region, reason, institutions, cities, minInstitutions, minCities, kinds, eligibleOnly, reach }: GapOnDay): NamedGap {
  return { drug, unit: region, reason, institutions, cities, minInstitutions, minCities, kinds, eligibleOnly, reach }
}

/** By what gaps of a list are followed up. @throws Refusal 409 where its edition does not say */
export async function rulesOf({ db }: Pick<Services, 'db'>, list: ListRow): Promise<Supervision> {
  const { rules } = await followingOf(db, list)
  if (rules === null) throw new Refusal(409, 'case.no_rules', `The edition ${list.code} does not say how gaps are followed up: give it a supervision.json, and load it again.`)
  return rules
}
