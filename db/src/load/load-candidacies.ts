import { eq, sql } from 'drizzle-orm'
import type { FiledCandidacy } from '@lastmile/shared/candidacy'
import type { Day, Instant, PartialDay } from '@lastmile/shared/day'
import { publicFrom, type StageFact } from '@lastmile/shared/drug-stage'
import type { ListingEdition } from '@lastmile/shared/listing-edition'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { candidacy, candidacyVersion, listingEdition, listingEditionVersion } from '../schema/candidacy.js'
import { knownFromDocument } from './known-from-document.js'
import { LoadedLater } from './loaded-later.js'
import { holdOnce, lockEditions } from './stands-twice.js'

/** Editions side by side, and the candidacies that files state of them. */
export interface FiledEditions {
  editions: readonly ListingEdition[]
  candidacies: readonly FiledCandidacy[]
}

/** A stage without any day is everybody's to see with its course: before every day that there is. */
export const always: Day = '1900-01-01'

/** Rows written with one statement: a statement takes so many values. */
const writtenAtOnce = 500

type About = typeof candidacyVersion.$inferSelect.about

/**
 * Loads editions and the candidacies that files state, as known from an instant on: what they say otherwise than before becomes known
 * then. Nobody knows of a stage before the document that states it: it is known from that document's day at the earliest, so that a
 * history that is loaded at once is known a document at a time (`courseOf`). No document is of a day to come: whoever loads sees to that, or it
 * would be told as known now. What companies and operators stated of a candidacy stays beside it. Answers whether anything changed.
 * @throws LoadedLater where something of one became known after that instant, StandsTwice where a drug would stand in an edition twice
 */
export async function loadCandidacies(db: Database, listId: number, { editions, candidacies }: FiledEditions, at: Instant): Promise<boolean> {
  const changed = await loadEditions(db, listId, editions, at)
  await lockEditions(db, listId)
  const known = new Map((await rowsOf<KnownCandidacy>(db, sql`
    select c.id, c.code, c.filed, v.version, v.about, v.facts, (select coalesce(max(w.version), 0) from candidacy_version w where w.candidacy_id = c.id)::int as last
    from candidacy c left join candidacy_version v on v.candidacy_id = c.id and v.known_to is null where c.list_id = ${listId}`)).map((row) => [row.code, row]))
  const named = new Set(candidacies.map(({ code }) => code))
  const fresh = candidacies.filter(({ code }) => !known.has(code))
  const other = candidacies.filter((one) => known.has(one.code) && canonical(known.get(one.code)!.filed) !== canonical(one))
  const left = [...known.values()].filter(({ code, filed }) => filed !== null && !named.has(code))
  const ids = await idsOf(db, listId)
  const loaded: Loaded = { ids, at, knownFrom: await knownFromDocument(db, listId, at) }
  await insertNew(db, listId, loaded, fresh)
  for (const filed of other) await restate(db, loaded, known.get(filed.code)!, filed)
  for (const one of left) await restate(db, loaded, one, null)
  if (fresh.length + other.length > 0) await holdOnce(db, listId)
  return changed || fresh.length + other.length + left.length > 0
}

interface KnownCandidacy {
  id: number
  code: string
  filed: FiledCandidacy | null
  version: number | null
  about: About | null
  facts: StageFact[] | null
  /** The last version that it had; of one that has ended too. */
  last: number
}

/** What a load knows beside its files: narrow ids, and from when on what it says is known, and what a document says. */
interface Loaded {
  ids: Ids
  at: Instant
  knownFrom: (dated: PartialDay | null) => Instant
}

interface Ids {
  editions: ReadonlyMap<string, number>
  companies: ReadonlyMap<string, number>
  drugs: ReadonlyMap<string, number>
}

async function idsOf(db: Database, listId: number): Promise<Ids> {
  const read = async (table: 'listing_edition' | 'company' | 'drug') =>
    new Map((await rowsOf<{ id: number; code: string }>(db, sql`select id, code from ${sql.identifier(table)} where list_id = ${listId}`)).map(({ id, code }) => [code, id]))
  return { editions: await read('listing_edition'), companies: await read('company'), drugs: await read('drug') }
}

async function loadEditions(db: Database, listId: number, editions: readonly ListingEdition[], at: Instant): Promise<boolean> {
  const known = new Map((await rowsOf<{ id: number; code: string; place: number | null; data: ListingEdition | null }>(db, sql`
    select e.id, e.code, v.place, v.data from listing_edition e left join listing_edition_version v on v.edition_id = e.id and v.known_to is null where e.list_id = ${listId}`)).map((row) => [row.code, row]))
  const changed = editions.map((data, place) => ({ data, place })).filter(({ data, place }) => known.get(data.code)?.place !== place || canonical(known.get(data.code)?.data ?? null) !== canonical(data))
  const left = [...known.values()].filter(({ code, data }) => data !== null && !editions.some((one) => one.code === code))
  for (const code of [...changed.map(({ data }) => data.code), ...left.map((one) => one.code)]) {
    const id = known.get(code)?.id
    if (id === undefined) continue
    if ((await rowsOf(db, sql`select 1 from listing_edition_version where edition_id = ${id} and (known_from > ${at} or known_to > ${at}) limit 1`)).length > 0) throw new LoadedLater(`the edition ${code}`, at)
    await db.execute(sql`update listing_edition_version set known_to = ${at} where edition_id = ${id} and known_to is null`)
  }
  for (const { data, place } of changed) {
    const id = known.get(data.code)?.id ?? (await db.insert(listingEdition).values({ listId, code: data.code }).returning({ id: listingEdition.id }))[0]!.id
    await db.insert(listingEditionVersion).values({ editionId: id, place, data, knownFrom: at })
  }
  return changed.length + left.length > 0
}

async function insertNew(db: Database, listId: number, loaded: Loaded, filed: readonly FiledCandidacy[]): Promise<void> {
  for (let from = 0; from < filed.length; from += writtenAtOnce) {
    const some = filed.slice(from, from + writtenAtOnce)
    const rows = await db.insert(candidacy).values(some.map((one) => ({ listId, code: one.code, ...ownOf(loaded.ids, one) }))).returning({ id: candidacy.id, code: candidacy.code })
    const byCode = new Map(rows.map(({ id, code }) => [code, id]))
    const versions = some.flatMap((one) => versionsOf({ id: byCode.get(one.code)!, last: 0 }, aboutOf(one, null), courseOf(one, null, loaded)))
    for (let i = 0; i < versions.length; i += writtenAtOnce) await db.insert(candidacyVersion).values(versions.slice(i, i + writtenAtOnce))
  }
}

/** What files say of a candidacy now: null is nothing any more, and what others stated stays. */
async function restate(db: Database, loaded: Loaded, known: KnownCandidacy, filed: FiledCandidacy | null): Promise<void> {
  const { id, code } = known
  const { at, ids } = loaded
  if ((await rowsOf(db, sql`select 1 from candidacy_version where candidacy_id = ${id} and (known_from > ${at} or known_to > ${at}) limit 1`)).length > 0) throw new LoadedLater(`the candidacy ${code}`, at)
  await db.execute(sql`update candidacy_version set known_to = ${at} where candidacy_id = ${id} and known_to is null`)
  await db.update(candidacy).set(filed === null ? { filed: null } : ownOf(ids, filed)).where(eq(candidacy.id, id))
  const course = courseOf(filed, known.version === null ? null : known.facts ?? [], loaded)
  if (filed === null && course.every(({ facts }) => facts.length === 0)) return
  await db.insert(candidacyVersion).values(versionsOf(known, filed === null ? known.about! : aboutOf(filed, known.about), course))
}

/** A course as rows, each known until the next. */
function versionsOf({ id, last }: Pick<KnownCandidacy, 'id' | 'last'>, about: About, course: readonly Known[]): (typeof candidacyVersion.$inferInsert)[] {
  return course.map(({ from, facts }, i) => ({ candidacyId: id, version: last + i + 1, about, facts, publicFrom: publicFrom(facts, always), knownFrom: from, knownTo: course[i + 1]?.from ?? null, enteredBy: 'command' }))
}

function ownOf({ editions, companies, drugs }: Ids, filed: FiledCandidacy) {
  return { editionId: editions.get(filed.edition)!, substance: filed.substance, companyId: filed.company === null ? null : companies.get(filed.company)!, drugId: filed.drug === null ? null : drugs.get(filed.drug)!, filed }
}

/** What the file says of the drug; whether commercial insurance covers it is said by others. */
function aboutOf({ name, categoryCode, bothLists, launched, rareDisease }: FiledCandidacy, before: About | null): About {
  return { name, categoryCode, bothLists, launched, rareDisease, cover: before?.cover ?? null }
}

/** What is known of a course from an instant on. */
interface Known {
  from: Instant
  facts: StageFact[]
}

/**
 * What is known of a course by files, an instant at a time: from the load on, and from the day of each document that came after it. What
 * others stated stays beside it, and what files said before holds until the document that says that stage otherwise. `before`: what was known
 * until the load; null: nothing, and a course begins with the first document that states something of it. At least one, the first first.
 */
function courseOf(filed: FiledCandidacy | null, before: readonly StageFact[] | null, { at, knownFrom }: Loaded): [Known, ...Known[]] {
  const was = (before ?? []).filter(({ by }) => by === 'edition')
  let next = (before ?? []).reduce((most, { no }) => Math.max(most, no), 0)
  const own = (filed?.stages ?? []).map((said): { from: Instant; fact: StageFact } => {
    const same = was.find(({ no: _, by: __, at: ___, ...one }) => canonical(one) === canonical(said))
    if (same) return { from: at, fact: same }
    const from = knownFrom(said.evidence.day)
    return { from, fact: { no: ++next, ...said, by: 'edition', at: from } }
  })
  const replaced = ({ stage }: StageFact) => own.filter(({ fact }) => fact.stage === stage && !was.includes(fact)).map(({ from }) => from).sort()[0] ?? at
  const old = was.filter((fact) => own.every((one) => one.fact !== fact)).map((fact) => ({ fact, to: replaced(fact) }))
  const others = (before ?? []).filter(({ by }) => by !== 'edition')
  const [first = at, ...rest] = [...new Set([...(before === null ? [] : [at]), ...own.map(({ from }) => from)])].sort()
  const knownAt = (now: Instant): Known => ({ from: now, facts: inOrder([...own.filter(({ from }) => from <= now).map(({ fact }) => fact), ...old.filter(({ to }) => to > now).map(({ fact }) => fact), ...others]) })
  return [knownAt(first), ...rest.map(knownAt)]
}

/** Stages in the order of their days; those whose day is not known before them, as they were stated. */
export function inOrder(facts: readonly StageFact[]): StageFact[] {
  const day = ({ on, evidence }: StageFact) => on ?? evidence.day ?? ''
  return facts.toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a.no - b.no))
}

