import { sql } from 'drizzle-orm'
import { spanOn } from '@lastmile/shared/chain'
import { dayNumber } from '@lastmile/shared/day'
import type { EntryFormAnswer, EntryRow, Unchanged } from '@lastmile/shared/entry'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { Scope } from '@lastmile/shared/source'
import type { Word } from '@lastmile/shared/trail'
import { emptyHolding, loadHoldings } from '../coverage/holding.js'
import { placesOf } from '../coverage/places.js'
import { coveringTest } from '../coverage/reports-known.js'
import { eligibleDays } from '../coverage/view.js'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { institutionsIn } from './institutions-in.js'
import { lastWordOf, saidBy, type Said, type Speaker } from './last-said.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'
import type { SourceRow } from './sources.js'

/** Which lines of a source's form are asked for: within a scope that is the source's own or narrower, by area, drug and kind. */
export interface EntryFormFilter {
  scope: Scope
  /** Areas that the scope names, and the one that is asked for; null: no limit. */
  areas: readonly Area[] | null
  area: Area | null
  drug: number | null
  kind: Kind | null
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

interface Line { institution: number; drug: number; eligible: boolean | null; word: Word | null }

/**
 * The form of a source as of the list's today: the pairs that it spoke of last, and those that are eligible; of an
 * institution that reports of itself, every drug. By unit, institution and drug. Closed institutions have no line. Costs
 * what is kept of the institutions in the scope.
 */
export async function entryFormOf(db: Database, list: ListRow, source: SourceRow, filter: EntryFormFilter, page: { offset: number; limit: number }): Promise<Pick<EntryFormAnswer, 'rows' | 'said' | 'page'>> {
  const facts = await factsFor(db, list)
  const today = dayNumber(list.today)
  const speaker = speakerOf(source)
  const covers = coveringTest(filter.scope, facts.drugCodes, facts.unitCodes, kinds)
  const own = source.data.institution
  const ids = await institutionsIn(db, list, { areas: filter.area ? [filter.area] : filter.areas, kind: filter.kind, code: own, said: own === null }, null, null)
  const lines: Line[] = []
  let [total, said] = [0, 0]
  for (let at = 0; at < ids.length; at += institutionsAtOnce) {
    const some = ids.slice(at, at + institutionsAtOnce)
    const [holdings, places] = [await loadHoldings(db, list.id, some, null), await placesOf(db, list.regionSetId, some, null)]
    for (const institution of some) {
      const place = places.get(institution)
      if (!place || (place.closed !== null && place.closed <= today)) continue
      const holding = holdings.get(institution) ?? emptyHolding(institution)
      const pairs = new Map(holding.pairs.map((pair) => [pair.drug, pair]))
      for (const [drug, { eligibleWhenReported, eligibilityLoaded }] of facts.drugs) {
        if ((filter.drug !== null && drug !== filter.drug) || !covers(drug, place)) continue
        const pair = pairs.get(drug)
        const filed = holding.filed.get(drug)
        if (!pair && !filed && own === null) continue
        const word = pair && speaker.source !== 0 ? lastWordOf(pair, speaker) : null
        const eligible = eligibilityLoaded ? spanOn(eligibleDays(filed ?? [], eligibleWhenReported, pair?.firstNamed ?? null, place), today) !== null : null
        if (word === null && !eligible && own === null) continue
        if (word !== null) said += 1
        if (total >= page.offset && lines.length < page.limit) lines.push({ institution, drug, eligible, word })
        total += 1
      }
    }
  }
  return { rows: await rowsOfLines(db, list, lines), said, page: { ...page, total } }
}

async function rowsOfLines(db: Database, list: ListRow, lines: readonly Line[]): Promise<EntryRow[]> {
  const facts = await factsFor(db, list)
  const institutions = new Map((await rowsOf<{ id: number; code: string; name: string; kind: number; city: string | null }>(db, sql`
    select i.id, i.code, v.name, v.kind, c.code as city from institution i join institution_version v on v.institution_id = i.id and v.known_to is null left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', [...new Set(lines.map((line) => line.institution))])})`)).map((row) => [row.id, row]))
  const spoken = lines.filter((line): line is Line & { word: Word } => line.word !== null)
  const said = new Map((await saidBy(db, facts, spoken, list.today)).map((one, at) => [spoken[at]! as Line, one]))
  return lines.map((line) => {
    const { code, name, kind, city } = institutions.get(line.institution)!
    const { quantity: _, ...last } = said.get(line) ?? { quantity: null }
    return { institution: code, institutionName: name, kind: kindCodes.word(kind), city, drug: facts.drugCodes.get(line.drug)!, eligible: line.eligible, last: 'status' in last ? last : null }
  })
}

/** What a source said last of some pairs, in their order; null where it never did, has left the pair out since, or there is no such pair. */
export async function lastSaidOf(db: Database, list: ListRow, source: SourceRow, pairs: readonly Pick<Unchanged, 'institution' | 'drug'>[]): Promise<(Said | null)[]> {
  const facts = await factsFor(db, list)
  const ids = new Map((await rowsOf<{ id: number; code: string }>(db, sql`
    select id, code from institution where region_set_id = ${list.regionSetId} and code = any(${textArray([...new Set(pairs.map((pair) => pair.institution))])})`)).map(({ id, code }) => [code, id]))
  const drugs = new Map([...facts.drugCodes].map(([id, code]) => [code, id]))
  const holdings = await loadHoldings(db, list.id, [...ids.values()], null)
  const speaker = speakerOf(source)
  const found = pairs.map(({ institution: code, drug: drugCode }) => {
    const [institution, drug] = [ids.get(code), drugs.get(drugCode)]
    const pair = institution === undefined ? undefined : holdings.get(institution)?.pairs.find((one) => one.drug === drug)
    const word = pair ? lastWordOf(pair, speaker) : null
    return word === null ? null : { institution: institution!, drug: drug!, word }
  })
  const spoken = found.filter((one) => one !== null)
  const said = await saidBy(db, facts, spoken, list.today)
  const bySpoken = new Map(spoken.map((one, at) => [one, said[at]!]))
  return found.map((one) => (one === null ? null : bySpoken.get(one)!))
}

/** A source that states, as what it says is kept. */
function speakerOf({ id, data: { evidence } }: SourceRow): Speaker {
  return { source: id, lens: evidenceCodes.code(evidence) }
}
