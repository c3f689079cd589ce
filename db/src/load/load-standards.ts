import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { StandardRule, StandardsFile } from '@lastmile/shared/standard'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { insertStandard, standardNow } from '../query/standard-versions.js'
import { standardFiled } from '../schema/standard.js'
import { LoadedLater } from './loaded-later.js'

/** A standard that stays as an officer decided it, although the files say otherwise. */
export interface StandardKept {
  drug: string
  author: string
  since: Instant
}

/**
 * What the files say of a drug otherwise than what is known becomes known, unless an officer decided that: his word stays,
 * and what the files say is noted beside it. Answers whether anything changed, and whose word stayed.
 */
export async function loadStandards(db: Database, standards: StandardsFile, drugs: ReadonlyMap<string, number>, at: Instant): Promise<{ changed: boolean; kept: StandardKept[] }> {
  let changed = false
  const kept: StandardKept[] = []
  for (const [code, drugId] of drugs) {
    const own = standards.filter((one) => one.drug === code)
    const rules = own.map(({ drug: _, author: __, ...rule }): StandardRule => rule)
    const author = [...new Set(own.map((one) => one.author))].join('; ')
    changed = (await fileStandard(db, drugId, author, rules)) || changed
    const now = await standardNow(db, drugId)
    const isSaid = canonical(now?.rules ?? []) === canonical(rules)
    if (now?.origin === 'officer') {
      if (!isSaid) kept.push({ drug: code, author: now.author, since: now.knownFrom })
      continue
    }
    if (isSaid && (rules.length === 0 || now?.author === author)) continue
    changed = true
    const [later] = await rowsOf(db, sql`select 1 from standard_version where drug_id = ${drugId} and (known_from > ${at} or known_to > ${at}) limit 1`)
    if (later) throw new LoadedLater(`the standard of ${code}`, at)
    await insertStandard(db, drugId, now, { origin: 'edition', author: author || (now?.author ?? ''), account: null, role: null, why: null, rules }, at)
  }
  return { changed, kept }
}

/** Notes what the files say of a drug. Answers whether that is new. */
async function fileStandard(db: Database, drugId: number, author: string, rules: StandardRule[]): Promise<boolean> {
  const [filed] = await rowsOf<{ author: string; rules: StandardRule[] }>(db, sql`select author, rules from standard_filed where drug_id = ${drugId}`)
  if (canonical(filed ?? { author: '', rules: [] }) === canonical({ author, rules })) return false
  await db.insert(standardFiled).values({ drugId, author, rules }).onConflictDoUpdate({ target: standardFiled.drugId, set: { author, rules } })
  return true
}
