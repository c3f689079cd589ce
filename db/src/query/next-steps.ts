import { dayNumber, dayOfNumber, daysBetween } from '@lastmile/shared/day'
import { pairSetsOf } from '@lastmile/shared/drop-off'
import type { Evidence } from '@lastmile/shared/evidence'
import { nextSteps, type NextFacts, type NextStep } from '@lastmile/shared/next-step'
import { waitingNotices } from '@lastmile/shared/notice'
import type { Purview } from '@lastmile/shared/purview'
import { workingDaysBetween } from '@lastmile/shared/working-day'
import type { Database } from '../database.js'
import { institutionsNaming } from '../coverage/named.js'
import { casesOf } from './cases.js'
import { companyPairs, drugsOfCompany } from './company-pairs.js'
import { companyRequestsOf } from './company-requests.js'
import { judgeGaps } from './gaps.js'
import type { ListRow } from './lists.js'
import { measuresOn } from './measures.js'
import { factsFor } from './question.js'
import { reportingOf } from './reporting.js'
import { followingOf } from './supervision.js'

/** Periods of a source that are looked at: an older one that was left out stands in the calendar. */
const periods = 12
/** Letters and requests that are looked at: no company has as many that wait. */
const atMost = 500

/** What a company does best next, of today; of each source alone as the company itself would see it, whoever asks. */
export async function nextStepsOf(db: Database, list: ListRow, company: string, evidence: Evidence): Promise<NextStep[]> {
  const purview: Purview = { of: 'company', company }
  return nextSteps({
    reports: await reportsOwed(db, list, company, purview), letters: await lettersWaiting(db, list, purview), pairs: await pairsToMend(db, list, company), gaps: await gapsToClose(db, list, company, evidence),
    answered: (await companyRequestsOf(db, list, purview, { state: 'answered' }, { offset: 0, limit: atMost }, null)).rows.map(({ code, drug }) => ({ request: code, drug })),
  })
}

async function reportsOwed(db: Database, list: ListRow, company: string, purview: Purview): Promise<NextFacts['reports']> {
  const { today } = list
  const { rows } = await reportingOf(db, list, { asOf: today, periods, evidence: undefined, area: null, company, source: undefined, purview, reports: purview }, { offset: 0, limit: atMost }, null)
  return rows.flatMap(({ code: source, name: sourceName, cells }) => cells.flatMap(({ period, state, dueOn, daysLate, waitsFor, reports }): NextFacts['reports'] => {
    if (dueOn === null) return []
    const own = { source, sourceName, period, dueOn, report: reports[0]?.id ?? null }
    if (state === 'missing') return [{ ...own, state, days: daysLate }]
    if (state === 'expected') return [{ ...own, state, days: daysBetween(today, dueOn) }]
    return state === 'held' && waitsFor === 'sender' ? [{ ...own, state: 'returned', days: daysLate }] : []
  }))
}

async function lettersWaiting(db: Database, list: ListRow, purview: Purview): Promise<NextFacts['letters']> {
  const [{ rows }, { calendar }] = [await casesOf(db, list, purview, { state: 'notified' }, { offset: 0, limit: atMost }, null), await followingOf(db, list)]
  return rows.flatMap(({ code, notices }) => notices.flatMap(({ code: notice, state, dueOn }) => (dueOn === null || !waitingNotices.includes(state) ? [] : [{ case: code, notice, dueOn, workingDaysLeft: workingDaysBetween(calendar, list.today, dueOn) }])))
}

/** What is to be mended of a company's pairs, by drug: one look at each of them. */
async function pairsToMend(db: Database, list: ListRow, company: string): Promise<NextFacts['pairs']> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company)
  const today = dayNumber(list.today)
  const counts = new Map(drugs.map((id) => [id, { refuted: 0, undeclared: 0, unconfirmed: 0, soon: 0, on: Infinity }]))
  const institutions = drugs.length === 0 ? [] : await institutionsNaming(db, drugs)
  for await (const batch of companyPairs(db, list, facts, { evidence: 'supplied', asOf: list.today, knownOn: null, since: null }, drugs, institutions)) {
    for (const { drug, said, staleOn } of batch) {
      const [own, sets] = [counts.get(drug)!, pairSetsOf({ said, staleOn }, today)]
      if (sets.includes('refuted')) own.refuted += 1
      if (sets.includes('never_declared')) own.undeclared += 1
      if (sets.includes('unconfirmed_long')) own.unconfirmed += 1
      if (!sets.includes('stale_soon')) continue
      own.soon += 1
      own.on = Math.min(own.on, staleOn!)
    }
  }
  return drugs.map((id) => {
    const { soon, on, ...own } = counts.get(id)!
    return { drug: facts.drugs.get(id)!.code, ...own, soon: soon === 0 ? null : { pairs: soon, on: dayOfNumber(on) } }
  })
}

async function gapsToClose(db: Database, list: ListRow, company: string, evidence: Evidence): Promise<NextFacts['gaps']> {
  const when = { evidence, asOf: list.today, knownOn: null, since: null }
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => standard.company === company)
  const { gaps } = await judgeGaps(db, list, when, measures, { drug: null, area: null })
  return Array.from({ length: gaps.length }, (_, at) => gaps.at(at)).map(({ drug, region, acts, population }) => ({ drug, region, acts, population }))
}
