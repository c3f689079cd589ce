import { randomUUID } from 'node:crypto'
import { factPlaceOf, insertFact, undecided, type FactDecision } from '@lastmile/db/query/keep-ladder-fact'
import { LadderFactSaid } from '@lastmile/shared/ladder-fact'
import type { Database } from '@lastmile/db/database'
import type { World } from './given.js'

/** What is said of a rung, as it is sent: alpha is listed on the platform of the North since 1 February 2026, unless stated. */
export function factSaid(own: Record<string, unknown> = {}): LadderFactSaid {
  return LadderFactSaid.parse({ rung: 'platform_listed', drug: 'alpha', unit: '100000', says: 'yes', validFrom: '2026-02-01', source: { text: { zh: '平台公告', en: 'the platform says so' } }, ...own })
}

/** Enters a fact past all permissions, under a code. `company`: who entered it, unconfirmed; else its province did. */
export async function givenFact(world: World, code: string, own: Record<string, unknown> = {}, company: string | null = null): Promise<void> {
  const [list, said, at] = [await world.list(), factSaid(own), '2026-02-05T04:00:00.000Z']
  const place = await factPlaceOf(world.services.db, list, said)
  if ('field' in place) throw new Error(`the fact's ${place.field} is not in the list`)
  const office = company === null ? { role: 'province_officer' as const, unit: said.unit, company: null } : { role: 'company' as const, unit: null, company }
  const decision: FactDecision = company === null ? { standing: 'confirmed', decidedBy: 'someone', decidedOffice: office, decidedAt: at, reason: null } : undecided
  await world.services.db.transaction(async (tx) => insertFact(tx as Database, list, code, { origin: company === null ? 'province' : 'company', company }, place, said, { at, by: randomUUID(), office }, decision))
  world.services.lists.forget()
}
