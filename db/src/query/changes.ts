import { sql, type SQL } from 'drizzle-orm'
import { causes, type Cause, type ChangesAnswer } from '@lastmile/shared/changes'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { certaintyOf } from '@lastmile/shared/state'
import { rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'
import { pairsOn, versionKnown } from './rows-on.js'

/** A pair that was in stock at one end at least. */
interface PairRow {
  institution: number
  before: number | null
  after: number | null
  /** The institution is closed by the later day. */
  closed: boolean
  drug: string
  company: string
  unit: string | null
}

/** What is counted once in a bridge: a pair, or an institution over its pairs. */
interface Move {
  drug: string
  company: string
  unit: string | null
  before: boolean
  after: boolean
  /** Null where nothing moved. */
  cause: Cause | null
}

const inStock = stateCodes.code('in_stock')

/** Of several causes the institution shows the one that says least for certain, as its state does; entering, that it had been there. */
const precedence: readonly Cause[] = ['correction', 'lapse', 'not_known', 'not_reported', 'closure', 'negative_statement', 'restated', 'new_statement']

/**
 * What entered and left between two days as a bridge: before + entered − left = after, by cause, for distinct
 * institutions and for pairs. Between two days an instant of knowledge given for one end holds for both, so that the
 * ends differ by what happened; on one day the two ends are two knowledges of it, and all that differs was corrected.
 */
export async function changesOf(db: Database, list: ListRow, evidence: Evidence, question: { from: Day; to: Day; knownFrom: Instant | null; knownTo: Instant | null; drug: number | null; area: Area | null }): Promise<ChangesAnswer> {
  const { from, to, drug, area } = question
  const sameDay = from === to
  const knownFrom = question.knownFrom ?? (sameDay ? null : question.knownTo)
  const knownTo = question.knownTo ?? (sameDay ? null : question.knownFrom)
  const before = { evidence, asOf: from, knownOn: knownFrom, since: null }
  const after = { evidence, asOf: to, knownOn: knownTo, since: null }
  const rows = await rowsOf<PairRow>(db, sql`
    select coalesce(a.institution_id, b.institution_id) as institution, a.state as before, b.state as after, coalesce(v.closed_on <= ${to}, false) as closed,
           d.code as drug, co.code as company, u.code as unit
    from ${await pairsOn(db, list, before, evidence)} a
    full join ${await pairsOn(db, list, after, evidence)} b on a.institution_id = b.institution_id and a.drug_id = b.drug_id
    join drug d on d.id = coalesce(a.drug_id, b.drug_id) join company co on co.id = d.company_id
    join institution_version v on v.institution_id = coalesce(a.institution_id, b.institution_id) and ${versionKnown(knownTo)} left join unit u on u.id = v.unit_id
    where (a.state = ${inStock} or b.state = ${inStock}) and ${limits(drug, area)}`)
  const pairs = rows.map((row) => pairMove(row, sameDay))
  const institutions = institutionMoves(rows, pairs)
  return {
    basis: basisOf(list, after), from, to, knownFrom, knownTo,
    institutions: bridge(institutions), pairs: bridge(pairs),
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

function pairMove(row: PairRow, sameDay: boolean): Move {
  const { drug, company, unit } = row
  const before = row.before === inStock
  const after = row.after === inStock
  const cause = before === after ? null : sameDay ? 'correction' : after ? causeOfEntry(row.before) : causeOfLeaving(row)
  return { drug, company, unit, before, after, cause }
}

/**
 * Institutions over their pairs: in stock where any is. Its cause is that of the pairs that carried it in or out, not
 * of its state over all drugs, in which a drug that never was in stock there may speak loudest.
 */
function institutionMoves(rows: readonly PairRow[], pairs: readonly Move[]): Move[] {
  const result = new Map<number, Move>()
  pairs.forEach((pair, i) => {
    const { institution } = rows[i]!
    const own = result.get(institution)
    if (!own) {
      result.set(institution, { ...pair })
      return
    }
    own.before ||= pair.before
    own.after ||= pair.after
    if (pair.cause !== null && (own.cause === null || precedence.indexOf(pair.cause) < precedence.indexOf(own.cause))) own.cause = pair.cause
  })
  return [...result.values()]
}

function bridge(rows: readonly Move[]): ChangesAnswer['pairs'] {
  const entered = new Map<Cause, number>()
  const left = new Map<Cause, number>()
  let before = 0
  let after = 0
  for (const move of rows) {
    if (move.before) before += 1
    if (move.after) after += 1
    if (move.before === move.after) continue
    const counts = move.after ? entered : left
    counts.set(move.cause!, (counts.get(move.cause!) ?? 0) + 1)
  }
  return { before, after, entered: listed(entered), left: listed(left) }
}

function listed(counts: ReadonlyMap<Cause, number>): { cause: Cause; count: number }[] {
  return [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count || causes.indexOf(a.cause) - causes.indexOf(b.cause))
}

function causeOfEntry(before: number | null): Cause {
  const state = before === null ? null : stateCodes.word(before)
  return state === 'stale' || state === 'not_reported' || state === 'not_known' ? 'restated' : 'new_statement'
}

/** A pair that has no state any more has lost its institution, or the statement was taken back: nothing else ends a chain. */
function causeOfLeaving(row: PairRow): Cause {
  if (row.after === null) return row.closed ? 'closure' : 'correction'
  const state = stateCodes.word(row.after)
  if (state === 'stale') return 'lapse'
  if (state === 'not_reported' || state === 'not_known') return state
  return certaintyOf(state) === 'no' ? 'negative_statement' : 'correction'
}

function moves(rows: readonly Move[], keyOf: (move: Move) => string): { key: string; entered: number; left: number }[] {
  const result = new Map<string, { key: string; entered: number; left: number }>()
  for (const move of rows) {
    if (move.before === move.after) continue
    const key = keyOf(move)
    const own = result.get(key) ?? { key, entered: 0, left: 0 }
    if (move.after) own.entered += 1
    else own.left += 1
    result.set(key, own)
  }
  return [...result.values()].sort((a, b) => b.entered + b.left - a.entered - a.left || (a.key < b.key ? -1 : 1))
}
