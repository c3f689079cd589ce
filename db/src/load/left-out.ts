import { sql, type SQL } from 'drizzle-orm'
import type { Scope } from '@lastmile/shared/source'
import { institutionsNaming } from '../coverage/named.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'

/** Institutions that snapshots of these scopes can leave out: of which something is known, within their regions and drugs. Ascending. */
export async function candidatesOf(db: Database, list: ListFacts, scopes: readonly Scope[]): Promise<number[]> {
  const all = new Set<number>()
  for (const scope of scopes) {
    const rows = await rowsOf<{ institution: number }>(db, sql`
      select s.institution_id as institution from shelf s ${within(scope, list.regionSetId)} where s.list_id = ${list.listId} and octet_length(s.pairs) > 2 ${await naming(db, list, scope)}`)
    for (const row of rows) all.add(row.institution)
  }
  return [...all].sort((a, b) => a - b)
}

function within(scope: Scope, regionSetId: number): SQL {
  if (scope.regions === null) return sql``
  return sql`join institution_version v on v.institution_id = s.institution_id and v.known_to is null and (
    v.unit_id in (select id from unit where region_set_id = ${regionSetId} and code = any(${textArray(scope.regions)}))
    or v.city_id in (select id from region where region_set_id = ${regionSetId} and code = any(${textArray(scope.regions)})))`
}

async function naming(db: Database, list: ListFacts, scope: Scope): Promise<SQL> {
  if (scope.drugs === null) return sql``
  const wanted = new Set(scope.drugs)
  const drugs = [...list.drugCodes].filter(([, code]) => wanted.has(code)).map(([id]) => id)
  return sql`and s.institution_id = any(${arrayOf('int', await institutionsNaming(db, drugs))})`
}

/** Institutions that a report names. */
export async function touchedBy(db: Database, reportId: number): Promise<number[]> {
  return (await rowsOf<{ institution: number }>(db, sql`select institution_id as institution from report_lines where report_id = ${reportId} order by 1`)).map((row) => row.institution)
}
