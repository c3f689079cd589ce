import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { afterVisit, type Visits } from '@lastmile/shared/visit'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'

/** Whose looks: an account at a company (its code) of a list. */
export interface Visitor {
  account: string
  company: string
}

/** What is remembered of somebody's looks; null: he was never here. */
export async function visitsOf(db: Database, list: ListRow, { account, company }: Visitor): Promise<Visits | null> {
  const [row] = await rowsOf<Visits>(db, sql`
    select v.since, v.last_at as "lastAt" from company_visit v join company c on c.id = v.company_id where v.account_id = ${account} and c.list_id = ${list.id} and c.code = ${company}`)
  return row ? { since: new Date(row.since).toISOString(), lastAt: new Date(row.lastAt).toISOString() } : null
}

/** Notes a look, or that what was told at an instant was seen. Of two windows that look at once one comes after the other. Answers what was remembered before, and what is now. */
export async function noteVisit(db: Database, list: ListRow, visitor: Visitor, now: Instant, seen: Instant | null): Promise<{ before: Visits | null; after: Visits }> {
  return db.transaction(async (tx) => {
    const own = tx as Database
    const first = afterVisit(null, now, list.timeZone, seen, list.today)
    const { account, company } = visitor
    const made = await rowsOf(own, sql`
      insert into company_visit (account_id, company_id, since, last_at) select ${account}, c.id, ${first.since}::timestamptz, ${first.lastAt}::timestamptz from company c where c.list_id = ${list.id} and c.code = ${company}
      on conflict do nothing returning account_id`)
    if (made.length > 0) return { before: null, after: first }
    await own.execute(sql`select 1 from company_visit v join company c on c.id = v.company_id where v.account_id = ${account} and c.list_id = ${list.id} and c.code = ${company} for update of v`)
    const before = await visitsOf(own, list, visitor)
    const after = afterVisit(before, now, list.timeZone, seen, list.today)
    await own.execute(sql`
      update company_visit set since = ${after.since}::timestamptz, last_at = ${after.lastAt}::timestamptz
      where account_id = ${account} and company_id = (select c.id from company c where c.list_id = ${list.id} and c.code = ${company})`)
    return { before, after }
  })
}
