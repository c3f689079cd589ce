import { sql, type SQL } from 'drizzle-orm'
import { stateOn, type Opening } from '@lastmile/shared/chain'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { Pauses } from '../pause.js'
import { versionKnown } from '../version-known.js'
import { addPastOf, emptyHolding, type Holding } from './holding.js'
import { institutionRanges } from './institutions.js'
import { suppliedLens } from './lens.js'
import type { ListFacts } from './list-facts.js'
import { institutionsNaming } from './named.js'
import type { PastSpan } from './past.js'
import { latestDayOn, unpackShelf } from './shelf.js'
import { spansSince } from './view.js'

/** What a pair counts as on two days; `noState` (shared) where nothing holds. */
export interface PairBetween {
  drug: number
  before: number
  after: number
}

/** An institution with its pairs. */
export interface InstitutionBetween extends Opening {
  institution: number
  unitCode: string | null
  pairs: PairBetween[]
}

/** Institutions read together: what is added up of them holds nobody else up for long. */
const institutionsAtOnce = 1_000

/** An institution as its shelf and the master's version of it stand there. */
interface ShelfRow extends Opening {
  institution: number
  pairs: Uint8Array
  unitCode: string | null
}

/**
 * What holds on two days (in any order), under one kind of evidence, as is known now: from what is maintained, each shelf
 * read once for both, and of the past only what reaches between them. `within` are conditions on `v`, the master's version
 * of an institution; `drug` null asks for all. A thousand institutions at a time, by id. Costs what is kept of the
 * institutions, not what was ever said of them.
 */
export async function* pairsBetween(db: Database, list: ListFacts, lens: number, days: readonly [number, number], drug: number | null, within: SQL): AsyncGenerator<Iterable<InstitutionBetween>> {
  const pauses = new Pauses()
  const [from, to] = [Math.min(...days), Math.max(...days)]
  for await (const rows of shelfRows(db, list, drug, within)) {
    const holdings = new Map(rows.flatMap(({ institution, pairs }) => (latestDayOn(pairs) > from ? [[institution, emptyHolding(institution)] as const] : [])))
    if (lens !== suppliedLens) await addPastOf(db, list.listId, [...holdings.values()], { from, to: to + 1 })
    yield statesOn(list, lens, days, drug, rows, holdings)
    await pauses.take()
  }
}

/** The institutions of some shelves one after the other, so that what is unpacked of each dies young. */
function* statesOn(list: ListFacts, lens: number, days: readonly [number, number], drug: number | null, rows: readonly ShelfRow[], holdings: ReadonlyMap<number, Holding>): Generator<InstitutionBetween> {
  const from = Math.min(...days)
  for (const { institution, pairs, unitCode, opened, closed } of rows) {
    const pastOf = byDrug(holdings.get(institution)?.past ?? none, lens)
    const states: PairBetween[] = []
    for (const pair of unpackShelf(pairs)) {
      if (drug !== null && pair.drug !== drug) continue
      const spans = spansSince(pair, lens, pastOf.get(pair.drug) ?? none, from, list.drugs.get(pair.drug)!.freshnessDays, { opened, closed })
      states.push({ drug: pair.drug, before: stateOn(spans, days[0]), after: stateOn(spans, days[1]) })
    }
    yield { institution, unitCode, opened, closed, pairs: states }
  }
}

const none: readonly PastSpan[] = []

function byDrug(past: readonly PastSpan[], lens: number): Map<number, PastSpan[]> {
  const result = new Map<number, PastSpan[]>()
  for (const span of past) {
    if (span.lens !== lens) continue
    const own = result.get(span.drug)
    if (own) own.push(span)
    else result.set(span.drug, [span])
  }
  return result
}

/** Shelves on which anything stands, with the institutions that they are of: of one drug those that it was ever named at, of all one range of ids after the other. */
async function* shelfRows(db: Database, list: ListFacts, drug: number | null, within: SQL): AsyncGenerator<ShelfRow[]> {
  const read = (which: SQL) => rowsOf<ShelfRow>(db, sql`
    select s.institution_id as institution, s.pairs, u.code as "unitCode", v.opened_on - date '1970-01-01' as opened, v.closed_on - date '1970-01-01' as closed
    from shelf s join institution_version v on v.institution_id = s.institution_id and ${versionKnown(null)} left join unit u on u.id = v.unit_id
    where s.list_id = ${list.listId} and ${which} and octet_length(s.pairs) > 2 and ${within}`)
  if (drug === null) for (const { first, last } of await institutionRanges(db, list.regionSetId, institutionsAtOnce)) yield await read(sql`s.institution_id between ${first} and ${last}`)
  else {
    const named = await institutionsNaming(db, [drug])
    for (let at = 0; at < named.length; at += institutionsAtOnce) yield await read(sql`s.institution_id = any(${arrayOf('int', named.slice(at, at + institutionsAtOnce))})`)
  }
}
