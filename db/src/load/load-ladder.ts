import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { PublishedFact } from '@lastmile/shared/ladder-fact'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { ladderFact, ladderFactVersion } from '../schema/ladder.js'
import { knownFromDocument } from './known-from-document.js'
import { LoadedLater } from './loaded-later.js'

/** One published fact of one drug (or all) in one unit (or everywhere). */
interface One {
  code: string
  drug: string | null
  unit: string | null
  fact: PublishedFact
}

/**
 * Loads the published facts of an edition's ladder as known from an instant on: what they say otherwise than before becomes known then, and
 * what its files no longer name says nothing any more. Nobody knows of a fact before its document was published: it is known from that day at the earliest. What was known before stays, and so does what offices and companies entered.
 * Answers whether anything changed. @throws LoadedLater where something of one became known after that instant
 */
export async function loadLadder(db: Database, listId: number, facts: readonly PublishedFact[], at: Instant): Promise<boolean> {
  const wanted = new Map(facts.flatMap(spread).map((one) => [one.code, one]))
  const known = new Map((await rowsOf<{ id: number; code: string; version: number; said: unknown }>(db, sql`
    select f.id, f.code, (select coalesce(max(x.version), 0)::int from ladder_fact_version x where x.fact_id = f.id) as version,
           case when v.id is not null then jsonb_build_array(f.rung, d.code, u.code, r.code, v.says, v.detail, v.valid_from, v.valid_to, v.exact, v.source, v.note) end as said
    from ladder_fact f left join ladder_fact_version v on v.fact_id = f.id and v.known_to is null left join drug d on d.id = f.drug_id left join unit u on u.id = f.unit_id left join region r on r.id = f.city_id
    where f.list_id = ${listId} and f.origin = 'published'`)).map((row) => [row.code, row]))
  const knownFrom = await knownFromDocument(db, listId, at)
  const changed = [...wanted.values()].filter((one) => canonical(known.get(one.code)?.said ?? null) !== canonical(saidOf(one)))
  const ended = [...known.values()].filter(({ code, said }) => said !== null && !wanted.has(code))
  for (const { code } of [...changed, ...ended]) {
    const id = known.get(code)?.id
    if (id === undefined) continue
    const then = wanted.has(code) ? knownFrom(wanted.get(code)!.fact.source.dated) : at
    if ((await rowsOf(db, sql`select 1 from ladder_fact_version where fact_id = ${id} and (known_from > ${then} or known_to > ${then}) limit 1`)).length > 0) throw new LoadedLater(`the published fact ${code}`, then)
    await db.execute(sql`update ladder_fact_version set known_to = ${then} where fact_id = ${id} and known_to is null`)
  }
  for (const one of changed) {
    const { says, detail, validFrom, validTo, exact, source, note } = one.fact
    const before = known.get(one.code)
    const factId = before?.id ?? await begin(db, listId, one)
    await db.insert(ladderFactVersion).values({ factId, version: (before?.version ?? 0) + 1, says, detail, validFrom, validTo, exact, source, note, saidBy: 'edition', office: null, standing: 'confirmed', knownFrom: knownFrom(one.fact.source.dated) })
  }
  return changed.length + ended.length > 0
}

async function begin(db: Database, listId: number, { code, drug, unit, fact }: One): Promise<number> {
  const [place] = await rowsOf<{ drugId: number | null; unitId: number | null; cityId: number | null }>(db, sql`
    select (select id from drug where list_id = l.id and code = ${drug}) as "drugId", (select id from unit where region_set_id = l.region_set_id and code = ${unit}) as "unitId", (select id from region where region_set_id = l.region_set_id and code = ${fact.city}) as "cityId"
    from list l where l.id = ${listId}`)
  const [row] = await db.insert(ladderFact).values({ listId, code, rung: fact.rung, ...place!, origin: 'published' }).returning({ id: ladderFact.id })
  return row!.id
}

/** A published fact as those that it stands for. Their codes name what they are of, so that another drug or unit is another fact. */
function spread(fact: PublishedFact): One[] {
  return (fact.drugs ?? [null]).flatMap((drug) => (fact.units ?? [null]).map((unit) => ({ code: ['pub', fact.code, fact.rung, drug, unit, fact.city].filter((part) => part !== null).join('-'), drug, unit, fact })))
}

function saidOf({ drug, unit, fact: { rung, city, says, detail, validFrom, validTo, exact, source, note } }: One): unknown {
  return [rung, drug, unit, city, says, detail, validFrom, validTo, exact, source, note]
}
