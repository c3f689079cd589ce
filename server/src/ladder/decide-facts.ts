import type { Context } from 'hono'
import { notify } from '@lastmile/db/load/notify'
import { heldFact, saidBy, sayFact, settleLadder } from '@lastmile/db/query/keep-ladder-fact'
import { ladderFactByCode } from '@lastmile/db/query/ladder-facts'
import type { ListRow } from '@lastmile/db/query/lists'
import type { LadderFact } from '@lastmile/shared/ladder-fact'
import { purviewHere } from '../http/actor.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { atVersion, changeFacts } from './change-facts.js'
import type { NamedFact } from './keep-facts.js'

/** Confirms what a company entered. @throws Refusal 404 where it is not the asker's to confirm, 409 where it is confirmed or no company's, 412 */
export async function confirmFact(services: Services, c: Context, list: ListRow, named: NamedFact): Promise<LadderFact> {
  return decide(services, c, list, named, 'confirmed', null)
}

/** Refuses what a company entered, with a reason: from now on it says nothing of the rung. @throws Refusal as {@link confirmFact} */
export async function refuseFact(services: Services, c: Context, list: ListRow, named: NamedFact, reason: string): Promise<LadderFact> {
  return decide(services, c, list, named, 'refused', reason)
}

async function decide(services: Services, c: Context, list: ListRow, { code, version }: NamedFact, standing: 'confirmed' | 'refused', reason: string | null): Promise<LadderFact> {
  const purview = purviewHere(c, 'ladder.confirm', list.code)
  const found = (await ladderFactByCode(services.db, list, purview, code))?.fact
  if (!found || purview.of === 'nothing' || (purview.of === 'unit' && found.unit !== purview.unit)) throw notFound('ladder_fact', code)
  const { id: by, role } = c.get('actor')
  const at = services.clock.now()
  const office = { role, unit: purview.of === 'unit' ? purview.unit : null, company: null }
  return changeFacts(services, c, list, async (tx) => {
    const held = await heldFact(tx, list, code)
    if (!held) throw notFound('ladder_fact', code)
    const { fact, id } = held
    atVersion(fact, version)
    if (fact.origin !== 'company') throw new Refusal(409, 'ladder_fact.not_a_companys', 'No company entered this fact: who entered it stands for it, and there is nothing to confirm.')
    if (fact.standing === standing) throw new Refusal(409, 'ladder_fact.decided', `The fact is ${standing} already.`)
    const said = await saidBy(tx, id)
    await sayFact(tx, id, version + 1, fact, { at, ...said }, { standing, decidedBy: by, decidedOffice: office, decidedAt: at, reason })
    await settleLadder(tx, list, { unit: fact.unit, code, at })
    const kind = standing === 'confirmed' ? 'ladder_fact_confirmed' as const : 'ladder_fact_refused' as const
    await notify(tx, [{ kind, listId: list.id, sourceId: null, to: [{ role: 'company', company: fact.enteredBy!.company! }], by, at, key: `${code} ${version + 1}`, subject: { drugs: [fact.drug!], regions: [fact.unit!] } }])
    const after = (await heldFact(tx, list, code))!.fact
    return { deeds: [{ action: standing === 'confirmed' ? 'ladder_fact.confirm' : 'ladder_fact.refuse', object: code, before: { standing: fact.standing, version }, after: { standing, version: after.version, reason } }], result: after }
  })
}
