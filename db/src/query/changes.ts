import { sql } from 'drizzle-orm'
import { setImmediate } from 'node:timers/promises'
import { causes, type Cause, type ChangesAnswer } from '@lastmile/shared/changes'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { certaintyOf } from '@lastmile/shared/state'
import { placesOf } from '../coverage/places.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, lookupFor, type When } from './question.js'

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
  const rows = await pairsMoved(db, list, evidence, before, after, { drug, area })
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

/** Institutions looked up together. */
const institutionsAtOnce = 2_000

/** The pairs that were in stock at one end at least. Every pair asked about is looked at, at both ends: the one question that costs in proportion to them. */
async function pairsMoved(db: Database, list: ListRow, evidence: Evidence, before: When, after: When, limits: { drug: number | null; area: Area | null }): Promise<PairRow[]> {
  const facts = await factsFor(db, list)
  const drugs = new Map((await rowsOf<{ id: number; code: string; company: string }>(db, sql`
    select d.id, d.code, c.code as company from drug d join company c on c.id = d.company_id where d.list_id = ${list.id}`)).map((row) => [row.id, row]))
  const institutions = await institutionsSaidOf(db, list, { areas: limits.area && [limits.area], kind: null }, after.knownOn, limits.drug)
  const [was, is] = [lookupFor(db, list, facts, before), lookupFor(db, list, facts, after)]
  const to = dayNumber(after.asOf)
  const rows: PairRow[] = []
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const some = institutions.slice(at, at + institutionsAtOnce)
    const places = await placesOf(db, list.regionSetId, some, after.knownOn)
    const [a, b] = [await was.on(evidenceCodes.code(evidence), some, limits.drug), await is.on(evidenceCodes.code(evidence), some, limits.drug)]
    for (const institution of some) {
      const place = places.get(institution)!
      const [states, statesAfter] = [a, b].map((on) => new Map((on.get(institution)?.pairs ?? []).map((pair) => [pair.drug, pair.state]))) as [Map<number, number>, Map<number, number>]
      for (const drug of new Set([...states.keys(), ...statesAfter.keys()])) {
        const [x, y] = [states.get(drug) ?? null, statesAfter.get(drug) ?? null]
        if (x !== inStock && y !== inStock) continue
        const { code, company } = drugs.get(drug)!
        rows.push({ institution, before: x, after: y, closed: place.closed !== null && place.closed <= to, drug: code, company, unit: place.unitCode })
      }
    }
    await setImmediate()
  }
  return rows
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
