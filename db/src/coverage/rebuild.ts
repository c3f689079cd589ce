import { sql } from 'drizzle-orm'
import type { Database } from '../database.js'
import { listFacts } from './list-facts.js'
import { replaceInstitutionSpans } from './refresh.js'
import { replaceSpans } from './spans.js'
import { wholeDeltas, wholeSpans } from './whole.js'
import { writeCoverage } from './write-coverage.js'

export { verifyCoverage, type Discrepancy } from './verify.js'

/** Makes the spans and counts of a list anew from its statements: after a master, an eligibility file or an edition changed. */
export async function rebuildCoverage(db: Database, listId: number): Promise<void> {
  const list = await listFacts(db, listId)
  const whole = await wholeSpans(db, list, { knownOn: null })
  await db.execute(sql`delete from pair_span where drug_id in (select id from drug where list_id = ${listId})`)
  await db.execute(sql`delete from institution_span where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_city where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_unit where list_id = ${listId}`)
  for (const [lens, pairs] of whole.pairs) await replaceSpans(db, lens, pairs)
  for (const [lens, institutions] of whole.institutions) await replaceInstitutionSpans(db, listId, lens, institutions)
  for (const [lens, deltas] of wholeDeltas(whole)) await writeCoverage(db, list, lens, deltas)
}
