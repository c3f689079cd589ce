import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Day, Instant } from '@lastmile/shared/day'
import type { NewSettlementPrice, SettlementPrice } from '@lastmile/shared/price'
import { everything, type Purview } from '@lastmile/shared/purview'
import { appendAudit } from '../audit/append.js'
import { asViewer, seeAs } from '../as-viewer.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { findDrug } from './drugs.js'
import type { ListRow } from './lists.js'
import { settlementWithin } from './within-purview.js'

/** Which settlement prices are asked for, by whom. */
export interface SettlementFilter {
  purview: Purview
  /** Narrow id. */
  drug: number | null
  /** Those too that others took the place of. */
  history: boolean
}

interface Raw extends Omit<SettlementPrice, 'enteredAt' | 'enteredBy' | 'replacedAt'> {
  enteredAt: string
  enteredBy: string | null
  replacedAt: string | null
}

/** Settlement prices of a list's drugs within the asker's purview, in list order, the latest day first and of one day the one entered last. Who entered them is said to the regulator alone. */
export async function settlementPricesOf(db: Database, list: ListRow, { purview, drug, history }: SettlementFilter): Promise<SettlementPrice[]> {
  const rows = await asViewer(db, purview, (tx) => rowsOf<Raw>(tx, sql`
    select d.code as drug, s.valid_from::text as "validFrom", s.amount::text as amount, s.pack, s.known_from::text as "enteredAt", ${purview.of === 'all' ? sql`coalesce(b.name, s.entered_by)` : sql`null`} as "enteredBy", s.known_to::text as "replacedAt"
    from settlement_price s join drug d on d.id = s.drug_id join company c on c.id = d.company_id left join account b on b.id = s.entered_by
    where d.list_id = ${list.id} and ${drug === null ? sql`true` : sql`d.id = ${drug}`} and ${history ? sql`true` : sql`s.known_to is null`} and ${settlementWithin(purview)}
    order by d.no, s.valid_from desc, s.id desc`))
  return rows.map(({ enteredBy, ...row }) => ({ ...row, ...(enteredBy === null ? {} : { enteredBy }), enteredAt: new Date(row.enteredAt).toISOString(), replacedAt: row.replacedAt && new Date(row.replacedAt).toISOString() }))
}

/** The settlement price of each drug (by code) that holds on a day. For who may see them all. */
export async function settlementsHolding(db: Database, list: ListRow, day: Day): Promise<Map<string, string>> {
  const rows = await asViewer(db, everything, (tx) => rowsOf<{ drug: string; amount: string }>(tx, sql`
    select distinct on (d.id) d.code as drug, s.amount::text as amount from settlement_price s join drug d on d.id = s.drug_id
    where d.list_id = ${list.id} and s.known_to is null and s.valid_from <= ${day} order by d.id, s.valid_from desc`))
  return new Map(rows.map(({ drug, amount }) => [drug, amount]))
}

/** Whether a drug's settlement price is the asker's to see. */
export async function seesSettlementOf(db: Database, drugId: number, purview: Purview): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 from drug d join company c on c.id = d.company_id where d.id = ${drugId} and ${settlementWithin(purview)}`)).length > 0
}

/** A drug that is no drug of the list. */
export class NoSuchDrug extends Error {
  override readonly name = 'NoSuchDrug'
}

/** By whom, and when, a price is entered. */
export interface Entering {
  at: Instant
  by: string
  /** What the audit is told of it; nothing of what the program does of itself. */
  event?: AuditEvent
}

/**
 * Enters settlement prices, all in one transaction or none. One that says of its drug and day what holds is left as it is;
 * one that says otherwise takes the place of what held, which stays as what was known until then. Nothing that is counted
 * changes, so the list's version does not move: it would tell everybody that a price did.
 * @throws NoSuchDrug
 */
export async function enterSettlementPrices(db: Database, list: ListRow, prices: readonly NewSettlementPrice[], { at, by, event }: Entering): Promise<{ entered: number; unchanged: number }> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await seeAs(tx, everything)
    const drugs = await drugsNamed(tx, list, prices)
    // Whoever enters one for the same drug waits here, and then finds what this one has entered.
    await tx.execute(sql`select id from drug where id = any(${arrayOf('int', [...drugs.values()].sort((a, b) => a - b))}) order by id for no key update`)
    let entered = 0
    for (const price of prices) if (await enter(tx, drugs.get(price.drug)!, price, { at, by })) entered += 1
    if (event && entered > 0) await appendAudit(tx, at, [event])
    return { entered, unchanged: prices.length - entered }
  })
}

async function drugsNamed(db: Database, list: ListRow, prices: readonly NewSettlementPrice[]): Promise<Map<string, number>> {
  const drugs = new Map<string, number>()
  for (const code of new Set(prices.map(({ drug }) => drug))) {
    const drug = await findDrug(db, list.id, code)
    if (!drug) throw new NoSuchDrug(code)
    drugs.set(code, drug.id)
  }
  return drugs
}

/** True if it was not what held already. */
async function enter(db: Database, drug: number, { validFrom, amount, pack }: NewSettlementPrice, { at, by }: Entering): Promise<boolean> {
  const [held] = await rowsOf<{ id: number; isSame: boolean }>(db, sql`
    select id, amount = ${amount}::numeric and pack = ${pack} as "isSame" from settlement_price where drug_id = ${drug} and valid_from = ${validFrom} and known_to is null`)
  if (held?.isSame) return false
  // One that waited, or came from a server whose clock is behind, is known from when the one before it was, and not before.
  const [closed] = held ? await rowsOf<{ at: string }>(db, sql`update settlement_price set known_to = greatest(${at}::timestamptz, known_from) where id = ${held.id} returning known_to::text as at`) : []
  await db.execute(sql`insert into settlement_price (drug_id, valid_from, amount, pack, known_from, entered_by) values (${drug}, ${validFrom}, ${amount}::numeric, ${pack}, ${closed?.at ?? at}, ${by})`)
  return true
}
