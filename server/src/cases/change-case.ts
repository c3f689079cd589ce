import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { CaseFacts } from '@lastmile/db/query/cases'
import { lockCase, moveCase, type CaseChange, type LockedCase } from '@lastmile/db/query/keep-case'
import { letterStates } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import { canMoveCase, caseCode, caseStateOf, type CaseVerb } from '@lastmile/shared/case'
import type { CaseMoved } from '@lastmile/shared/case-answer'
import { eventBy, type Deed } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import type { Doing } from './doing.js'

type Parts = Pick<Services, 'db' | 'audit' | 'lists' | 'events' | 'clock'>

/** Changes something of cases and notes it, in one transaction; then whoever looks is told. `work` answers what is noted, and what came of it; where nothing is, nothing was changed. */
export async function changeCases<Result>(services: Parts, list: ListRow, { by }: Doing, work: (tx: Database) => Promise<{ deeds: readonly Omit<Deed, 'outcome' | 'list'>[]; result: Result }>): Promise<Result> {
  const { version, result } = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const { deeds, result } = await work(tx)
    if (deeds.length === 0) return { version: null, result }
    // Cases are not everybody's: the public version stays.
    const version = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, services.clock.now(), deeds.map((deed) => eventBy(by, { ...deed, outcome: 'done', list: list.code })))
    return { version, result }
  })
  if (version === null) return result
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
  return result
}

/** The code of a case. */
export const codeOf = ({ year, number }: Pick<CaseFacts, 'year' | 'number'>) => caseCode(year, number)

/** Locks a case for a verb. `seen`: the version that whoever asks saw; null where the verb does not ask for it. @throws Refusal 409 where the verb cannot be done with it as it stands, 412 where it was changed since */
export async function lockFor(tx: Database, found: CaseFacts, verb: CaseVerb, seen: number | null): Promise<LockedCase> {
  const locked = await lockCase(tx, found.id)
  if (!canMoveCase(verb, locked.state)) throw wrongState(found, locked)
  return atVersion(found, locked, seen)
}

/** @throws Refusal 412 where a case was changed since */
export function atVersion(found: CaseFacts, locked: LockedCase, seen: number | null): LockedCase {
  if (seen !== null && seen !== locked.version) throw new Refusal(412, 'case.version', `Case ${codeOf(found)} was changed since: it is at version ${locked.version}. Look at it, and say again what is to be done.`, { version: locked.version })
  return locked
}

/** Why something cannot be done with a case as it stands. */
export function wrongState(found: CaseFacts, { state }: Pick<LockedCase, 'state'>): Refusal {
  return new Refusal(409, 'case.state', state === 'closed' ? `Case ${codeOf(found)} is closed. Reopen it first.` : `Case ${codeOf(found)} is ${state}: this cannot be done with it now.`)
}

/** Moves a locked case to where its letters have it now, with whatever else changes of it. Answers where it stands. */
export async function moveOn(tx: Database, found: CaseFacts, locked: LockedCase, change: CaseChange = {}): Promise<Omit<CaseMoved, 'notice'>> {
  const state = change.state ?? caseStateOf(await letterStates(tx, locked.id, change.round ?? locked.round))
  const version = await moveCase(tx, locked, { ...change, state })
  if (version === null) throw new Refusal(409, 'case.moved', `Case ${codeOf(found)} was changed meanwhile. Look at it again.`)
  return { case: codeOf(found), state, version }
}
