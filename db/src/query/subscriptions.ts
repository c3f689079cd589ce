import { randomBytes } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { AccountRole } from '@lastmile/shared/permission'
import type { Belonging } from '@lastmile/shared/purview'
import type { AlertEvent, Pace, Subscription } from '@lastmile/shared/subscription'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/** A subscription with whose it is, as he is now. */
export interface SubscriberRow extends Subscription {
  account: Belonging & { id: string; name: string; role: AccountRole; isDisabled: boolean }
  /** The unit in which an institution's account lies, as the master says now. */
  institutionUnit: string | null
}

interface Raw {
  id: string; list: string; drug: string | null; drugName: Text | null; region: string | null; regionName: Text | null; company: string | null; companyName: Text | null; evidence: number; events: AlertEvent[]; pace: Pace; createdAt: string
  accountId: string; name: string; role: AccountRole; ofList: string | null; unit: string | null; city: string | null; ofCompany: string | null; insurer: string | null; institution: string | null; isDisabled: boolean; institutionUnit: string | null
}

/** All subscriptions of an account, by list and then as they were made. */
export async function subscriptionsOf(db: Database, account: string): Promise<Subscription[]> {
  return (await readRows(db, sql`s.account_id = ${account}`)).map(({ account: _, institutionUnit: __, ...own }) => own)
}

/** All subscriptions, or those of a list, with whose they are. */
export async function subscribersOf(db: Database, listId: number | null): Promise<SubscriberRow[]> {
  return readRows(db, listId === null ? sql`true` : sql`s.list_id = ${listId}`)
}

/** The unit in which an institution lies, as the master says now; null for none that it knows. */
export async function unitOfInstitution(db: Database, list: Pick<ListRow, 'regionSetId'>, institution: string): Promise<string | null> {
  return (await rowsOf<{ unit: string | null }>(db, sql`select ${unitNow(sql`${list.regionSetId}::int`, sql`${institution}::text`)} as unit`))[0]!.unit
}

function unitNow(regionSet: SQL, institution: SQL): SQL {
  return sql`(select w.code from institution i join institution_version v on v.institution_id = i.id and v.known_to is null join unit w on w.id = v.unit_id where i.region_set_id = ${regionSet} and i.code = ${institution})`
}

async function readRows(db: Database, where: SQL): Promise<SubscriberRow[]> {
  const rows = await rowsOf<Raw>(db, sql`
    select s.code as id, l.code as list, d.code as drug, d.data->'name' as "drugName", u.code as region, u.name as "regionName", c.code as company, c.data->'name' as "companyName", s.evidence::int as evidence, s.events, s.pace, s.created_at::text as "createdAt",
      a.id as "accountId", a.name, a.role, a.list as "ofList", a.unit, a.city, a.company as "ofCompany", a.insurer, a.institution, a.disabled_at is not null as "isDisabled",
      ${unitNow(sql`l.region_set_id`, sql`a.institution`)} as "institutionUnit"
    from subscription s join account a on a.id = s.account_id join list l on l.id = s.list_id
    left join drug d on d.id = s.drug_id left join unit u on u.id = s.unit_id left join company c on c.id = s.company_id
    where ${where} order by l.id, s.id`)
  return rows.map((row) => ({
    id: row.id, list: row.list, drug: named(row.drug, row.drugName), region: named(row.region, row.regionName), company: named(row.company, row.companyName),
    evidence: evidenceCodes.word(row.evidence), events: row.events, pace: row.pace, createdAt: new Date(row.createdAt).toISOString(),
    account: { id: row.accountId, name: row.name, role: row.role, list: row.ofList, unit: row.unit, city: row.city, company: row.ofCompany, insurer: row.insurer, institution: row.institution, source: null, isDisabled: row.isDisabled },
    institutionUnit: row.institutionUnit,
  }))
}

function named(code: string | null, name: Text | null): { code: string; name: Text } | null {
  return code === null ? null : { code, name: name! }
}

/** A subscription as it is made, by narrow ids. */
export interface NewSubscriptionRow {
  account: string
  listId: number
  drugId: number | null
  unitId: number | null
  companyId: number | null
  evidence: Evidence
  events: readonly AlertEvent[]
  pace: Pace
  at: Instant
}

/** Notes a subscription. Answers its code; null where the account has one of the same already. */
export async function insertSubscription(tx: Database, { account, listId, drugId, unitId, companyId, evidence, events, pace, at }: NewSubscriptionRow): Promise<string | null> {
  const [row] = await rowsOf<{ code: string }>(tx, sql`
    insert into subscription (code, account_id, list_id, drug_id, unit_id, company_id, evidence, events, pace, created_at)
    values (${randomBytes(8).toString('hex')}, ${account}, ${listId}, ${drugId}, ${unitId}, ${companyId}, ${evidenceCodes.code(evidence)}, ${textArray(events)}, ${pace}, ${at}::timestamptz)
    on conflict do nothing returning code`)
  return row?.code ?? null
}

/** How many an account has. Until the transaction ends, nobody makes it another. */
export async function countSubscriptions(tx: Database, account: string): Promise<number> {
  await tx.execute(sql`select id from account where id = ${account} for update`)
  return (await rowsOf<{ count: number }>(tx, sql`select count(*)::int as count from subscription where account_id = ${account}`))[0]!.count
}

/** Changes a subscription of an account. False where it has none of that code. */
export async function changeSubscription(tx: Database, account: string, code: string, { events, pace }: { events: readonly AlertEvent[]; pace: Pace }): Promise<boolean> {
  return (await rowsOf(tx, sql`update subscription set events = ${textArray(events)}, pace = ${pace} where account_id = ${account} and code = ${code} returning id`)).length === 1
}

/** Ends a subscription of an account. False where it has none of that code. */
export async function deleteSubscription(tx: Database, account: string, code: string): Promise<boolean> {
  return (await rowsOf(tx, sql`delete from subscription where account_id = ${account} and code = ${code} returning id`)).length === 1
}

/** The narrow id of a company of a list, or null. */
export async function companyIdOf(db: Database, listId: number, code: string): Promise<number | null> {
  return (await rowsOf<{ id: number }>(db, sql`select id from company where list_id = ${listId} and code = ${code}`))[0]?.id ?? null
}
