import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { lockLadder } from '@lastmile/db/query/keep-ladder-fact'
import type { ListRow } from '@lastmile/db/query/lists'
import type { LadderFact } from '@lastmile/shared/ladder-fact'
import type { Context } from 'hono'
import { eventOf, type Deed } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Changes facts of a list and notes it, in one transaction under the lock of its ladder; then whoever looks is told. Where nothing is noted, nothing was changed. */
export async function changeFacts<Result>(services: Services, c: Context, list: ListRow, work: (tx: Database) => Promise<{ deeds: readonly Omit<Deed, 'outcome' | 'list'>[]; result: Result }>): Promise<Result> {
  const { version, result } = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockLadder(tx, list.id)
    const { deeds, result } = await work(tx)
    if (deeds.length === 0) return { version: null, result }
    const version = await bumpVersion(tx, list.id)
    await appendAudit(tx, services.clock.now(), deeds.map((deed) => eventOf(c, { ...deed, outcome: 'done', list: list.code })))
    return { version, result }
  })
  if (version === null) return result
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: '' })
  return result
}

/** @throws Refusal 412 where a fact was changed since */
export function atVersion(fact: LadderFact, seen: number): void {
  if (fact.version !== seen) throw new Refusal(412, 'ladder_fact.version', `The fact was changed since: it is at version ${fact.version}. Look at it, and say again what is to be done.`, { version: fact.version })
}

/** What the audit keeps of a fact: all that is said of it. */
export function noted({ cityName: _, enteredBy: __, decidedBy: ___, decidedAt: ____, knownFrom: _____, knownTo: ______, ...said }: LadderFact): Record<string, unknown> {
  return said
}
