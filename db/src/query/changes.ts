import { sql } from 'drizzle-orm'
import { setImmediate } from 'node:timers/promises'
import type { Cause, ChangesAnswer } from '@lastmile/shared/changes'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { noUnit } from '@lastmile/shared/region'
import { certaintyOf, noState } from '@lastmile/shared/state'
import type { ListFacts } from '../coverage/list-facts.js'
import { pairsBetween, type InstitutionBetween } from '../coverage/pairs-between.js'
import { placesOf } from '../coverage/places.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { Bridge, Turnover } from './bridge.js'
import { inAreas, institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, isMaintained, lookupFor, type When } from './question.js'

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
  const drugs = new Map((await rowsOf<{ id: number; code: string; company: string }>(db, sql`
    select d.id, d.code, c.code as company from drug d join company c on c.id = d.company_id where d.list_id = ${list.id}`)).map((row) => [row.id, row]))
  const [institutions, pairs] = [new Bridge(), new Bridge()]
  const [byDrug, byCompany, byProvince] = [new Turnover(), new Turnover(), new Turnover()]
  const last = dayNumber(to)
  for await (const batch of pairsOf(db, list, before, after, { drug, area })) {
    for (const own of batch) {
      let [was, is, why] = [false, false, null as Cause | null]
      for (const pair of own.pairs) {
        const [x, y] = [pair.before === inStock, pair.after === inStock]
        if (!x && !y) continue
        const cause = x === y ? null : sameDay ? 'correction' : y ? causeOfEntry(pair.before) : causeOfLeaving(pair.after, own.closed !== null && own.closed <= last)
        pairs.add(x, y, cause)
        was ||= x
        is ||= y
        if (cause === null) continue
        const { code, company } = drugs.get(pair.drug)!
        byDrug.add(code, y)
        byCompany.add(company, y)
        // Its cause is that of the pairs that carried it in or out, not of its state over all drugs, in which a drug that never was in stock there may speak loudest.
        if (why === null || precedence.indexOf(cause) < precedence.indexOf(why)) why = cause
      }
      institutions.add(was, is, why)
      if (was !== is) byProvince.add(own.unitCode ?? noUnit, is)
    }
  }
  return {
    basis: basisOf(list, after), from, to, knownFrom, knownTo, institutions: institutions.answer(), pairs: pairs.answer(),
    counted: { byDrug: 'pairs', byCompany: 'pairs', byProvince: 'institutions' },
    byDrug: byDrug.answer().map(({ key, ...rest }) => ({ drug: key, ...rest })),
    byCompany: byCompany.answer().map(({ key, ...rest }) => ({ company: key, ...rest })),
    byProvince: byProvince.answer().map(({ key, ...rest }) => ({ region: key, ...rest })),
  }
}

/** Institutions looked up together. */
const institutionsAtOnce = 2_000

/** Pairs with their states at both ends, some thousand institutions at a time. */
async function* pairsOf(db: Database, list: ListRow, before: When & { evidence: Evidence }, after: When, limits: { drug: number | null; area: Area | null }): AsyncGenerator<Iterable<InstitutionBetween>> {
  const facts = await factsFor(db, list)
  const lens = evidenceCodes.code(before.evidence)
  if (isMaintained(list, before) && isMaintained(list, after)) yield* pairsBetween(db, facts, lens, [dayNumber(before.asOf), dayNumber(after.asOf)], limits.drug, limits.area ? inAreas([limits.area]) : sql`true`)
  else yield* pairsAsKnown(db, list, facts, lens, before, after, limits)
}

/** The same as `pairsBetween` where an end is asked for as it was known in the past: every pair asked about is computed from its statements, at both ends. */
async function* pairsAsKnown(db: Database, list: ListRow, facts: ListFacts, lens: number, before: When, after: When, limits: { drug: number | null; area: Area | null }): AsyncGenerator<InstitutionBetween[]> {
  const institutions = await institutionsSaidOf(db, list, { areas: limits.area && [limits.area], kind: null }, { knownOn: after.knownOn, since: null, maintained: false }, limits.drug, null)
  const [was, is] = [lookupFor(db, list, facts, before), lookupFor(db, list, facts, after)]
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const some = institutions.slice(at, at + institutionsAtOnce)
    const places = await placesOf(db, list.regionSetId, some, after.knownOn)
    const [a, b] = [await was.on(lens, some, limits.drug), await is.on(lens, some, limits.drug)]
    yield some.map((institution) => {
      const { unitCode, opened, closed } = places.get(institution)!
      const [states, statesAfter] = [a, b].map((on) => new Map((on.get(institution)?.pairs ?? []).map((pair) => [pair.drug, pair.state]))) as [Map<number, number>, Map<number, number>]
      return {
        institution, unitCode, opened, closed,
        pairs: [...new Set([...states.keys(), ...statesAfter.keys()])].map((drug) => ({ drug, before: states.get(drug) ?? noState, after: statesAfter.get(drug) ?? noState })),
      }
    })
    await setImmediate()
  }
}

function causeOfEntry(before: number): Cause {
  const state = before === noState ? null : stateCodes.word(before)
  return state === 'stale' || state === 'not_reported' || state === 'not_known' ? 'restated' : 'new_statement'
}

/** A pair that has no state any more has lost its institution, or the statement was taken back: nothing else ends a chain. */
function causeOfLeaving(after: number, closed: boolean): Cause {
  if (after === noState) return closed ? 'closure' : 'correction'
  const state = stateCodes.word(after)
  if (state === 'stale') return 'lapse'
  if (state === 'not_reported' || state === 'not_known') return state
  return certaintyOf(state) === 'no' ? 'negative_statement' : 'correction'
}
