import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { closeFact, factPlaceOf, heldFact, insertFact, sameFact, sayFact, settleLadder } from '@lastmile/db/query/keep-ladder-fact'
import { ladderFactByCode } from '@lastmile/db/query/ladder-facts'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import type { LadderFact, LadderFactSaid } from '@lastmile/shared/ladder-fact'
import { everything } from '@lastmile/shared/purview'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { atVersion, changeFacts, noted } from './change-facts.js'
import { checkHis, decisionOf, enteringHere, keepingNow, type Entering } from './entering.js'

/** A fact as it is named by who changes it: its code, and the version that he saw. */
export interface NamedFact {
  code: string
  version: number
}

/** The code of a fact that is new: nobody guesses the next. */
export const newFactCode = () => `lf-${randomBytes(6).toString('hex')}`

/** Enters a fact. @throws Refusal 409 if the asker says something of the same from the same day already, 422 for what is not in the list or not his */
export async function enterFact(services: Services, c: Context, list: ListRow, said: LadderFactSaid): Promise<LadderFact> {
  const entering = enteringHere(c, list)
  const place = await factPlaceOf(services.db, list, said)
  checkHis(entering, said, place, list)
  const keeping = keepingNow(services, c, entering)
  const code = newFactCode()
  return changeFacts(services, c, list, async (tx) => {
    const same = await sameFact(tx, list, entering.holder, place, said)
    if (same !== null) throw saysOtherwise(same)
    await insertFact(tx, list, code, entering.holder, place, said, keeping, decisionOf(entering, keeping))
    await tellProvince(tx, list, entering, [{ unit: said.unit, drug: said.drug }], { ...keeping, batch: `${code} 1` })
    const fact = (await heldFact(tx, list, code))!.fact
    return { deeds: [{ action: 'ladder_fact.enter', object: code, after: noted(fact) }], result: fact }
  })
}

/** Says otherwise of a fact of the asker's: all of it but of what it speaks. What says the same changes nothing; what a company says anew is to be confirmed anew. @throws Refusal 404, 412 or 422 */
export async function changeFact(services: Services, c: Context, list: ListRow, { code, version }: NamedFact, said: LadderFactSaid): Promise<LadderFact> {
  const entering = enteringHere(c, list)
  const found = await ownFact(services.db, list, entering, code)
  if (speaksOfOther(found, said)) throw new Refusal(422, 'ladder_fact.other', 'rung: a fact goes on speaking of the same rung, drug and place. Withdraw it, and enter another.', { field: 'rung' })
  const place = await factPlaceOf(services.db, list, said)
  checkHis(entering, said, place, list)
  const keeping = keepingNow(services, c, entering)
  return changeFacts(services, c, list, async (tx) => {
    const held = await heldFact(tx, list, code)
    if (!held) throw notFound('ladder_fact', code)
    atVersion(held.fact, version)
    if (saysTheSame(held.fact, said)) return { deeds: [], result: held.fact }
    const same = await sameFact(tx, list, entering.holder, place, said)
    if (same !== null && same !== code) throw saysOtherwise(same)
    await sayFact(tx, held.id, version + 1, said, keeping, decisionOf(entering, keeping))
    await settleLadder(tx, list, { unit: said.unit, code, at: keeping.at })
    await tellProvince(tx, list, entering, [{ unit: said.unit, drug: said.drug }], { ...keeping, batch: `${code} ${version + 1}` })
    const fact = (await heldFact(tx, list, code))!.fact
    return { deeds: [{ action: 'ladder_fact.change', object: code, ...difference(held.fact, fact) }], result: fact }
  })
}

/** Withdraws a fact of the asker's: from now on it says nothing, and what was known of it stays. @throws Refusal 404 or 412 */
export async function withdrawFact(services: Services, c: Context, list: ListRow, { code, version }: NamedFact): Promise<LadderFact> {
  const entering = enteringHere(c, list)
  await ownFact(services.db, list, entering, code)
  const { at } = keepingNow(services, c, entering)
  return changeFacts(services, c, list, async (tx) => {
    const held = await heldFact(tx, list, code)
    if (!held) throw notFound('ladder_fact', code)
    atVersion(held.fact, version)
    const knownTo = await closeFact(tx, held.id, at)
    await settleLadder(tx, list, { unit: held.fact.unit, code, at })
    return { deeds: [{ action: 'ladder_fact.withdraw', object: code, before: noted(held.fact) }], result: { ...held.fact, knownTo } }
  })
}

/** Tells each province what a company entered there, one message for all of it. */
export async function tellProvince(tx: Database, list: ListRow, { holder }: Entering, about: readonly { unit: string | null; drug: string | null }[], { at, by, batch }: { at: Instant; by: string; batch: string }): Promise<void> {
  if (holder.origin !== 'company') return
  const units = [...new Set(about.flatMap(({ unit }) => unit ?? []))]
  await notify(tx, units.map((unit) => ({
    kind: 'ladder_fact_entered' as const, listId: list.id, sourceId: null, to: [{ role: 'province_officer' as const, unit }], by, at, key: `${batch} ${unit}`,
    subject: { regions: [unit], drugs: [...new Set(about.flatMap((one) => (one.unit === unit && one.drug !== null ? [one.drug] : [])))] },
  })))
}

/** Whether something is said of another rung, drug or place than a fact speaks of. */
export function speaksOfOther(fact: LadderFact, said: LadderFactSaid): boolean {
  return said.rung !== fact.rung || said.drug !== fact.drug || said.unit !== fact.unit || said.city !== fact.city
}

/** That another fact of the asker's says something of the same from the same day on. */
export function saysOtherwise(code: string): Refusal {
  return new Refusal(409, 'ladder_fact.exists', `validFrom: you say something of this rung from this day already (${code}). Change that.`, { field: 'validFrom' })
}

/** Whether what is known of a fact is what is said of it now, however many blanks stand between words. What was refused is said anew by that, unless `evenRefused`. */
export function saysTheSame(fact: LadderFact, said: LadderFactSaid, evenRefused = false): boolean {
  const content = ({ says, detail, validFrom, validTo, exact, source, note }: LadderFact | LadderFactSaid) => JSON.stringify([says, Object.entries(detail).sort(), validFrom, validTo, exact, source.text.zh, source.text.en, source.number, source.dated, source.url, note?.zh, note?.en]).replace(/\s+/gu, ' ')
  return (evenRefused || fact.standing !== 'refused') && content(fact) === content(said)
}

/** A fact of the asker's own. @throws Refusal 404 if it is another's, was withdrawn or never was */
async function ownFact(db: Database, list: ListRow, entering: Entering, code: string): Promise<LadderFact> {
  const found = await findOwnFact(db, list, entering, code)
  if (found === null) throw notFound('ladder_fact', code)
  return found
}

/** A fact of the asker's own; null if it is another's, was withdrawn or never was. */
export async function findOwnFact(db: Database, list: ListRow, { holder, purview }: Entering, code: string): Promise<LadderFact | null> {
  const found = (await ladderFactByCode(db, list, everything, code))?.fact
  const isOwn = found?.origin === holder.origin && (holder.origin !== 'company' || found.enteredBy?.company === holder.company) && (purview.of !== 'unit' || found.unit === purview.unit)
  return isOwn ? found : null
}

function difference(before: LadderFact, after: LadderFact): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const [was, is] = [noted(before), noted(after)]
  const changed = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
  const only = (said: Record<string, unknown>) => Object.fromEntries(changed.map((field) => [field, said[field]]))
  return { before: only(was), after: only(is) }
}

