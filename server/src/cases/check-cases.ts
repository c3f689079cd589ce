import type { Database } from '@lastmile/db/database'
import { settleCase } from '@lastmile/db/load/notify'
import { gapsOfCase } from '@lastmile/db/query/case-page'
import { casesToCheck, evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { gapsToday, type GapsToday } from '@lastmile/db/query/gaps-today'
import { insertEvent, lastReportOf, lockCase, lockCases, noteChecked, noteJudged, reportsSince, standardsSince, type LockedCase } from '@lastmile/db/query/keep-case'
import { noticesOf } from '@lastmile/db/query/notices'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import { closesItself, reopensItself, type CaseGapState } from '@lastmile/shared/case'
import type { CaseEventDetail } from '@lastmile/shared/case-answer'
import type { Instant } from '@lastmile/shared/day'
import { everything } from '@lastmile/shared/purview'
import type { Evidence } from '@lastmile/shared/evidence'
import { byItself } from '../audit/event-of.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { caseMessage, officeOfCase, ofOffice, ofWaiting, tellOf } from './case-messages.js'
import { changeCases, codeOf, moveOn } from './change-case.js'
import { actorOf, type Doing } from './doing.js'
import { addresseesOf, otherCaseOf } from './keep-case.js'

type Parts = Pick<Services, 'db' | 'audit' | 'lists' | 'events' | 'clock' | 'log'>

/** What was found of a case. `nothing`: what was known. */
export type Checked = 'nothing' | 'noted' | 'closed' | 'reopened'

/**
 * Holds the cases of a list against what the statements say today: what is met is noted, a case of which everything is met
 * closes, and one that closed so opens again where a gap comes back in time. Whoever does it second, on this server or
 * another, finds it done. Answers how many closed and opened again.
 */
export async function checkCases(services: Parts, list: ListRow, at = services.clock.now()): Promise<{ closed: number; reopened: number }> {
  const { rules } = await followingOf(services.db, list)
  const done = { closed: 0, reopened: 0 }
  if (rules === null) return done
  const judged = new Map<Evidence, Judged | null>()
  for (const found of await casesToCheck(services.db, list, rules.reopenWithin)) {
    const evidence = evidenceOf(found)
    if (!judged.has(evidence)) judged.set(evidence, await judgeNow(services, list, evidence, at))
    const by = judged.get(evidence)
    // Reports come without a pause: the next look finds them.
    if (!by) continue
    try {
      const became = await checkCase(services, { by: byItself, at }, list, found, { ...by, within: rules.reopenWithin })
      if (became === 'closed' || became === 'reopened') done[became] += 1
    } catch (err) {
      services.log.error({ event: 'cases', list: list.code, case: codeOf(found), err }, 'a case was not held against the statements')
    }
  }
  return done
}

/** How gaps stood, at which version of the list, and which report was the last of then. */
interface Judged {
  today: GapsToday
  version: number
  lastReport: number
}

/** Judges gaps of one version of a list; null where it moved each time that it was tried. `of`: those pairs alone. */
async function judgeNow({ db }: Pick<Parts, 'db'>, list: ListRow, evidence: Evidence, at: Instant, of: readonly { drug: string; unit: string }[] | null = null): Promise<Judged | null> {
  for (let tries = 0; tries < 3; tries++) {
    const version = await publicVersionNow(db, list.id) ?? list.publicVersion
    const [lastReport, today] = [await lastReportOf(db, list, at), await gapsToday(db, list, evidence, of)]
    if ((await publicVersionNow(db, list.id)) === version) return { today, version, lastReport }
  }
  return null
}

/** What a case is held against. */
interface Against extends Judged {
  /** For how many days it opens again. */
  within: number
}

/** The same of one case. */
export async function checkCase(services: Parts, doing: Doing, list: ListRow, found: CaseFacts, against: Against): Promise<Checked> {
  return changeCases(services, list, doing, async (tx) => {
    // Whoever opens a case waits: none is opened of what is in this one.
    if (found.state === 'closed') await lockCases(tx)
    const locked = await lockCase(tx, found.id)
    const nothing = { deeds: [], result: 'nothing' as const }
    // Somebody else has looked at what came later, or closed it meanwhile: what was judged here is of the past.
    if (locked.checkedVersion > against.version || (locked.checkedOn ?? '') > list.today || (locked.state === 'closed') !== (found.state === 'closed')) return nothing
    const gaps = (await gapsOfCase(tx, found.id)).map((gap) => ({ ...gap, state: against.today.stateOf(gap.drug, gap.unit) }))
    const named = (some: typeof gaps) => some.map(({ drug, unit }) => ({ drug, unit }))
    const [met, again] = [named(gaps.filter(({ state, metOn }) => state === 'met' && metOn === null)), named(gaps.filter(({ state, metOn }) => state === 'gap' && metOn !== null))]
    const became = becomes(list, locked, gaps, against.within)
    await noteJudged(tx, found.id, { ...against, at: doing.at })
    // A closed case keeps what was met when it closed, until it opens again.
    if (locked.state === 'closed' && (became !== 'reopened' || (await otherCaseOf(tx, list, found)) !== null)) return nothing
    await noteChecked(tx, found.id, gaps.map(({ drug, unit, state, metOn }) => ({ drug, unit, metOn: state === 'met' ? metOn ?? list.today : null })), list.today)
    if (became === null && met.length === 0 && again.length === 0) return nothing
    const reports = await reportsSince(tx, list, evidenceOf(found), { after: locked.checkedReport, last: against.lastReport }, [...met, ...again])
    const standards = locked.checkedAt === null ? [] : await standardsSince(tx, list, { after: new Date(locked.checkedAt).toISOString(), until: doing.at }, [...met, ...again].map(({ drug }) => drug))
    const detail = { ...(met.length > 0 ? { met } : {}), ...(again.length > 0 ? { again } : {}), reports, ...(standards.length > 0 ? { standards } : {}) }
    if (became === null) {
      await noteStep(tx, list, found, doing, locked, 'check', detail)
      await tellOf(tx, found, [])
      return { deeds: [{ action: 'case.check', object: codeOf(found), after: detail }], result: 'noted' }
    }
    return { deeds: [await turn(tx, list, found, doing, locked, became, detail)], result: became }
  })
}

function becomes({ today }: ListRow, { state, closedOn }: LockedCase, gaps: readonly { state: CaseGapState; metOn: string | null }[], within: number): 'closed' | 'reopened' | null {
  if (state === 'closed') return closedOn !== null && reopensItself({ closedOn, within }, gaps.map((gap) => ({ wasMet: gap.metOn !== null, state: gap.state })), today) ? 'reopened' : null
  return closesItself(gaps.map((gap) => gap.state)) ? 'closed' : null
}

/** A case closes, or opens again, by what was reported; whoever has to do with it is told. */
async function turn(tx: Database, list: ListRow, found: CaseFacts, doing: Doing, locked: LockedCase, became: 'closed' | 'reopened', detail: CaseEventDetail) {
  const change = became === 'closed' ? { state: 'closed' as const, closedOn: list.today } : { state: 'open' as const, round: locked.round + 1, steps: [], closedOn: null }
  const moved = await moveOn(tx, found, locked, change)
  await insertEvent(tx, { caseId: found.id, kind: became === 'closed' ? 'close' : 'reopen', on: list.today, at: doing.at, by: null, state: moved.state, detail })
  if (became === 'closed') await settleCase(tx, { listId: list.id, case: codeOf(found), kinds: [...ofWaiting, ...ofOffice], at: doing.at })
  const notices = await noticesOf(tx, list, everything, found.id)
  await tellOf(tx, found, [caseMessage(list, found, { at: doing.at, by: null }, became === 'closed' ? 'case_closed' : 'case_reopened', [...officeOfCase(found), ...addresseesOf({ found, notices })], { again: String(moved.version), asOf: list.today })])
  return { action: became === 'closed' ? 'case.close' as const : 'case.reopen' as const, object: codeOf(found), before: { state: locked.state }, after: { state: moved.state, ...detail } }
}

async function noteStep(tx: Database, list: ListRow, found: CaseFacts, doing: Doing, { state }: LockedCase, kind: 'check', detail: CaseEventDetail): Promise<void> {
  await insertEvent(tx, { caseId: found.id, kind, on: list.today, at: doing.at, by: doing.by === byItself ? null : actorOf(doing), state, detail })
}

/** An officer has a case held against what is so today. @throws Refusal 409 where reports come without a pause */
export async function checkNow(services: Parts, doing: Doing, list: ListRow, found: CaseFacts): Promise<Checked> {
  const { rules } = await followingOf(services.db, list)
  const judged = await judgeNow(services, list, evidenceOf(found), doing.at, found.pairs)
  if (judged === null) throw new Refusal(409, 'case.reports_arriving', `Reports of ${list.code} are arriving at this moment: ask again when they are taken.`)
  return checkCase(services, doing, list, found, { ...judged, within: rules?.reopenWithin ?? 0 })
}
