import { sql, type SQL } from 'drizzle-orm'
import type { Cause, ChangesAnswer } from '@lastmile/shared/changes'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { certaintyOf, type State } from '@lastmile/shared/state'
import { rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'
import { institutionsOn, pairsOn, versionKnown } from './rows-on.js'

interface Move {
  before: number | null
  after: number | null
  drug: string
  company: string
  unit: string | null
}

const inStock = stateCodes.code('in_stock')

/**
 * What entered and left between two days (or, on one day, between two known instants) as a bridge:
 * before + entered − left = after, by cause, for distinct institutions and for pairs.
 */
export async function changesOf(db: Database, list: ListRow, evidence: Evidence, question: { from: Day; to: Day; knownFrom: Instant | null; knownTo: Instant | null; drug: number | null; area: Area | null }): Promise<ChangesAnswer> {
  const { from, to, knownFrom, knownTo, drug, area } = question
  const known = knownFrom !== null || knownTo !== null
  const before = { evidence, asOf: known ? to : from, knownOn: knownFrom, since: null }
  const after = { evidence, asOf: to, knownOn: knownTo, since: null }
  const within = limits(drug, area)
  const pairs = await rowsOf<Move>(db, sql`
    select a.state as before, b.state as after, d.code as drug, co.code as company, u.code as unit
    from ${await pairsOn(db, list, before, evidence)} a
    full join ${await pairsOn(db, list, after, evidence)} b on a.institution_id = b.institution_id and a.drug_id = b.drug_id
    join drug d on d.id = coalesce(a.drug_id, b.drug_id) join company co on co.id = d.company_id
    join institution_version v on v.institution_id = coalesce(a.institution_id, b.institution_id) and ${versionKnown(knownTo)} left join unit u on u.id = v.unit_id
    where (a.state = ${inStock} or b.state = ${inStock}) and ${within}`)
  const institutions = drug !== null ? pairs : await rowsOf<Move>(db, sql`
    select a.state as before, b.state as after, '' as drug, '' as company, u.code as unit
    from ${await institutionsOn(db, list, before, evidence)} a
    full join ${await institutionsOn(db, list, after, evidence)} b on a.institution_id = b.institution_id
    join institution_version v on v.institution_id = coalesce(a.institution_id, b.institution_id) and ${versionKnown(knownTo)} left join unit u on u.id = v.unit_id
    where (a.state = ${inStock} or b.state = ${inStock}) and ${limits(null, area)}`)
  return {
    basis: basisOf(list, after), from, to, knownFrom, knownTo,
    institutions: bridge(institutions, known), pairs: bridge(pairs, known),
    byDrug: moves(pairs, (move) => move.drug).map(({ key, ...rest }) => ({ drug: key, ...rest })),
    byCompany: moves(pairs, (move) => move.company).map(({ key, ...rest }) => ({ company: key, ...rest })),
    byProvince: moves(institutions.filter((move) => move.unit !== null), (move) => move.unit!).map(({ key, ...rest }) => ({ region: key, ...rest })),
  }
}

function limits(drug: number | null, area: Area | null): SQL {
  const parts: SQL[] = [sql`true`]
  if (drug !== null) parts.push(sql`coalesce(a.drug_id, b.drug_id) = ${drug}`)
  if (area) parts.push(area.level === 'unit' ? sql`v.unit_id = ${area.unitId}` : sql`v.city_id = ${area.cityId}`)
  return sql.join(parts, sql` and `)
}

function bridge(rows: readonly Move[], known: boolean): ChangesAnswer['pairs'] {
  const entered = new Map<Cause, number>()
  const left = new Map<Cause, number>()
  let before = 0
  let after = 0
  for (const move of rows) {
    if (move.before === inStock) before += 1
    if (move.after === inStock) after += 1
    if (move.before === move.after) continue
    const into = move.after === inStock
    const cause = known ? 'correction' : into ? causeOfEntry(move.before) : causeOfLeaving(move.after)
    const counts = into ? entered : left
    counts.set(cause, (counts.get(cause) ?? 0) + 1)
  }
  return { before, after, entered: listed(entered), left: listed(left) }
}

function listed(counts: ReadonlyMap<Cause, number>): { cause: Cause; count: number }[] {
  return [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count)
}

function causeOfEntry(before: number | null): Cause {
  const state = before === null ? null : stateCodes.word(before)
  return state === 'stale' || state === 'not_reported' || state === 'not_known' ? 'restated' : 'new_statement'
}

/** A pair that has no state any more has lost its institution: nothing else ends a chain. */
function causeOfLeaving(after: number | null): Cause {
  const state: State | null = after === null ? null : stateCodes.word(after)
  if (state === null) return 'closure'
  if (state === 'stale') return 'lapse'
  if (state === 'not_reported') return 'not_reported'
  return certaintyOf(state) === 'no' || state === 'not_known' ? 'negative_statement' : 'correction'
}

function moves(rows: readonly Move[], keyOf: (move: Move) => string): { key: string; entered: number; left: number }[] {
  const result = new Map<string, { key: string; entered: number; left: number }>()
  for (const move of rows) {
    if (move.before === move.after) continue
    const key = keyOf(move)
    const own = result.get(key) ?? { key, entered: 0, left: 0 }
    if (move.after === inStock) own.entered += 1
    else own.left += 1
    result.set(key, own)
  }
  return [...result.values()].sort((a, b) => b.entered + b.left - a.entered - a.left)
}
