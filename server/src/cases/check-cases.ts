import type { Database } from '@lastmile/db/database'
import { settleCase } from '@lastmile/db/load/notify'
import { gapsOfCase } from '@lastmile/db/query/case-page'
import { casesToCheck, evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { gapsToday, type GapsToday } from '@lastmile/db/query/gaps-today'
import { insertEvent, lastReportOf, lockCase, noteChecked, reportsSince, type LockedCase } from '@lastmile/db/query/keep-case'
import { noticesOf } from '@lastmile/db/query/notices'
import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import { closesItself, reopensItself, type CaseGapState } from '@lastmile/shared/case'
import type { CaseEventDetail } from '@lastmile/shared/case-answer'
import { everything } from '@lastmile/shared/purview'
import type { Evidence } from '@lastmile/shared/evidence'
import { byItself } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'
import { caseMessage, officeOfCase, ofOffice, ofWaiting, tellOf } from './case-messages.js'
import { changeCases, codeOf, moveOn } from './change-case.js'
import { actorOf, type Doing } from './doing.js'
import { addresseesOf } from './keep-case.js'

type Parts = Pick<Services, 'db' | 'audit' | 'lists' | 'events' | 'clock'>

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
  const [lastReport, judged] = [await lastReportOf(services.db, list, at), new Map<Evidence, GapsToday>()]
  for (const found of await casesToCheck(services.db, list, rules.reopenWithin)) {
    const evidence = evidenceOf(found)
    const today = judged.get(evidence) ?? await gapsToday(services.db, list, evidence)
    judged.set(evidence, today)
    const became = await checkCase(services, { by: byItself, at }, list, found, { today, lastReport, within: rules.reopenWithin })
    if (became === 'closed' || became === 'reopened') done[became] += 1
  }
  return done
}

/** With what a case is held against. */
interface Against {
  today: GapsToday
  /** The last report that there was when it was judged. */
  lastReport: number
  /** For how many days it opens again. */
  within: number
}

/** The same of one case. */
export async function checkCase(services: Parts, doing: Doing, list: ListRow, found: CaseFacts, against: Against): Promise<Checked> {
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockCase(tx, found.id)
    const gaps = (await gapsOfCase(tx, found.id)).map((gap) => ({ ...gap, state: against.today.stateOf(gap.drug, gap.unit) }))
    const named = (some: typeof gaps) => some.map(({ drug, unit }) => ({ drug, unit }))
    const [met, again] = [named(gaps.filter(({ state, metOn }) => state === 'met' && metOn === null)), named(gaps.filter(({ state, metOn }) => state === 'gap' && metOn !== null))]
    const became = becomes(list, locked, gaps, against.within)
    // A closed case keeps what was met when it closed, until it opens again.
    if (locked.state === 'closed' && became !== 'reopened') return { deeds: [], result: 'nothing' }
    await noteChecked(tx, found.id, gaps.map(({ drug, unit, state, metOn }) => ({ drug, unit, metOn: state === 'met' ? metOn ?? list.today : null })), list.today, against.lastReport)
    if (became === null && met.length === 0 && again.length === 0) return { deeds: [], result: 'nothing' }
    const reports = await reportsSince(tx, list, evidenceOf(found), { after: locked.checkedReport, last: against.lastReport }, [...met, ...again])
    const detail = { ...(met.length > 0 ? { met } : {}), ...(again.length > 0 ? { again } : {}), reports }
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

/** An officer has a case held against what is so today. */
export async function checkNow(services: Parts, doing: Doing, list: ListRow, found: CaseFacts): Promise<Checked> {
  const { rules } = await followingOf(services.db, list)
  const against = { lastReport: await lastReportOf(services.db, list, doing.at), today: await gapsToday(services.db, list, evidenceOf(found)), within: rules?.reopenWithin ?? 0 }
  return checkCase(services, doing, list, found, against)
}
