import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import { areCalledTheSame, type Candidacy } from '@lastmile/shared/candidacy'
import type { Instant } from '@lastmile/shared/day'
import { publicFrom, type StageFact } from '@lastmile/shared/drug-stage'
import { everything, type Purview } from '@lastmile/shared/purview'
import { appendAudit } from '../audit/append.js'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { always, inOrder } from '../load/load-candidacies.js'
import { notify, type NewMessage } from '../load/notify.js'
import { saysSomething } from '../load/stands-twice.js'
import { candidacy, candidacyVersion } from '../schema/candidacy.js'
import { bumpVersion } from './acceptance.js'
import { findCandidacy, type CandidacyRecord } from './candidacies.js'
import type { ListRow } from './lists.js'

/** What is known of a candidacy. */
export interface CandidacyContent {
  about: Pick<Candidacy, 'name' | 'categoryCode' | 'bothLists' | 'launched' | 'rareDisease' | 'cover'>
  facts: readonly StageFact[]
}

/** By whom, and when. */
export interface CandidacyKeeping {
  at: Instant
  by: string
  /** What the audit is told of it. */
  event: (before: Candidacy | null, after: Candidacy | null) => AuditEvent
  /** Who is told of it. */
  messages: (before: Candidacy | null, after: Candidacy) => readonly NewMessage[]
}

/** What became of it, the list's new version (null where nothing changed), and whether everybody may see that something did. */
export interface CandidacyKept {
  candidacy: Candidacy
  listVersion: number | null
  isPublic: boolean
}

/** The candidacy is at another version than the one that was named: somebody else changed it since. */
export class OtherCandidacy extends Error {
  override readonly name = 'OtherCandidacy'
  constructor(readonly version: number) {
    super(`the candidacy is at version ${version}`)
  }
}

/** The drug has a candidacy in that edition: somebody was quicker. `company`: whose it is, if anybody's. */
export class CandidacyThere extends Error {
  override readonly name = 'CandidacyThere'
  constructor(readonly company: string | null) {
    super('the drug has a candidacy in that edition')
  }
}

/** The company has a drug of the same name in that edition, of which nobody said that it is another: its code. */
export class CandidacyCalledSo extends Error {
  override readonly name = 'CandidacyCalledSo'
  constructor(readonly code: string) {
    super(`a drug of that name stands there as ${code}`)
  }
}

/** A candidacy that is new. */
export interface CandidacyBegun extends CandidacyContent {
  code: string
  edition: string
  substance: string
  company: string | null
}

/** The narrow id of an edition that is known now; null if there is none. */
export async function editionId(db: Database, list: ListRow, code: string): Promise<number | null> {
  const [row] = await rowsOf<{ id: number }>(db, sql`select e.id from listing_edition e join listing_edition_version v on v.edition_id = e.id and v.known_to is null where e.list_id = ${list.id} and e.code = ${code}`)
  return row?.id ?? null
}

/** Begins a candidacy in an edition that is known. @throws CandidacyThere if the drug has one there, of whatever company: one answers for it; CandidacyCalledSo if nobody says which drug it is, and the company has one of its name there */
export async function beginCandidacy(db: Database, list: ListRow, { code, edition, substance, company, ...content }: CandidacyBegun, keeping: CandidacyKeeping): Promise<CandidacyKept> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const [owner] = company === null ? [null] : await rowsOf<{ id: number }>(tx, sql`select id from company where list_id = ${list.id} and code = ${company}`)
    const inEdition = (await editionId(tx, list, edition))!
    // Whoever begins one of the same edition waits here, and then finds what this one began: a question of its own, for one that waited sees rows as they were.
    await tx.execute(sql`select id from listing_edition where id = ${inEdition} for update`)
    await standsOnce(tx, inEdition, substance, null)
    await calledOnce(tx, { edition: inEdition, company: owner?.id ?? null, but: null }, { code, substance, name: content.about.name })
    const [row] = await tx.insert(candidacy).values({ listId: list.id, code, editionId: inEdition, substance, companyId: owner?.id ?? null, drugId: null, filed: null }).returning({ id: candidacy.id })
    return keep(tx, list, { id: row!.id, version: 1, from: keeping.at, before: null, code }, content, keeping)
  })
}

/** That a drug has no candidacy in an edition that says something, but for one (its narrow id). @throws CandidacyThere */
async function standsOnce(tx: Database, edition: number, substance: string, but: number | null): Promise<void> {
  const [there] = await rowsOf<{ company: string | null }>(tx, sql`
    select o.code as company from candidacy c join candidacy_version v on v.candidacy_id = c.id and v.known_to is null left join company o on o.id = c.company_id
    where c.edition_id = ${edition} and c.substance = ${substance} and ${saysSomething} and c.id is distinct from ${but}::int order by c.id limit 1`)
  if (there) throw new CandidacyThere(there.company)
}

/**
 * Of a drug that is told by its name alone: that its company (or nobody) has no other of that name in the edition. Two companies may
 * apply with the same generic name, and who names the substance says which drug it is. One that was withdrawn or removed stands there
 * still: that it is applied for again is the next stage of its course, not a second course. One whose only stage was taken back stands
 * nowhere. @throws CandidacyCalledSo
 */
async function calledOnce(tx: Database, { edition, company, but }: { edition: number; company: number | null; but: number | null }, { code, substance, name }: Pick<Candidacy, 'code' | 'substance' | 'name'>): Promise<void> {
  if (substance !== code) return
  const others = await rowsOf<Pick<Candidacy, 'code' | 'name'>>(tx, sql`
    select c.code, v.about->'name' as name from candidacy c join candidacy_version v on v.candidacy_id = c.id and v.known_to is null
    where c.edition_id = ${edition} and c.company_id is not distinct from ${company}::int and ${saysSomething} and c.id is distinct from ${but}::int order by c.id`)
  const same = others.find((other) => areCalledTheSame(other.name, name))
  if (same) throw new CandidacyCalledSo(same.code)
}

/** Says otherwise of a candidacy of which the asker sees all: `change` looks at it as it is then, and answers what is known of it from now on. What says the same changes nothing. Null if it is none of his. @throws OtherCandidacy, CandidacyThere for a stage of one that says nothing where the drug has another there by now, CandidacyCalledSo where by that it is called as another */
export async function changeCandidacy(db: Database, list: ListRow, own: { purview: Purview; code: string; version: number }, change: (before: Candidacy) => CandidacyContent, keeping: CandidacyKeeping): Promise<CandidacyKept | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const held = await heldCandidacy(tx, list, own)
    if (!held) return null
    const { id, data, isFiled } = held
    const content = change(data)
    if (canonical({ about: aboutOf(data), facts: data.facts }) === canonical({ about: content.about, facts: inOrder(content.facts) })) return { candidacy: data, listVersion: null, isPublic: false }
    const inEdition = (await editionId(tx, list, data.edition))!
    const begins = data.facts.length === 0 && content.facts.length > 0
    if (begins) await standsOnce(tx, inEdition, data.substance, id)
    if (begins || (canonical(data.name) !== canonical(content.about.name) && (isFiled || content.facts.length > 0))) {
      const [owner] = await rowsOf<{ id: number | null }>(tx, sql`select company_id as id from candidacy where id = ${id}`)
      await calledOnce(tx, { edition: inEdition, company: owner!.id, but: id }, { ...data, name: content.about.name })
    }
    // Known until then, whatever the clock of this server says.
    const from = keeping.at > data.knownFrom ? keeping.at : data.knownFrom
    await tx.execute(sql`update candidacy_version set known_to = ${from}::timestamptz where candidacy_id = ${id} and known_to is null`)
    return keep(tx, list, { id, version: data.version + 1, from, before: data, code: own.code }, content, keeping)
  })
}

/** Whoever keeps the same candidacy waits here, and then finds what this one has said: a question of its own, for one that waited sees rows as they were. */
async function heldCandidacy(tx: Database, list: ListRow, { purview, code, version }: { purview: Purview; code: string; version: number }): Promise<CandidacyRecord | null> {
  // The edition first, as by whoever begins one in it, and by its files: what stands in it is looked at by one at a time.
  await tx.execute(sql`select id from listing_edition where id = (select edition_id from candidacy where list_id = ${list.id} and code = ${code}) for update`)
  await tx.execute(sql`select id from candidacy where list_id = ${list.id} and code = ${code} for update`)
  const found = await findCandidacy(tx, list, purview, code)
  if (!found?.isOwn) return null
  if (found.data.version !== version) throw new OtherCandidacy(found.data.version)
  return found
}

async function keep(tx: Database, list: ListRow, at: { id: number; version: number; from: Instant; before: Candidacy | null; code: string }, { about, facts }: CandidacyContent, { by, at: now, event, messages }: CandidacyKeeping): Promise<CandidacyKept> {
  const { id, version, from: knownFrom, before, code } = at
  await tx.insert(candidacyVersion).values({ candidacyId: id, version, about, facts: inOrder(facts), publicFrom: publicFrom(facts, always), knownFrom, enteredBy: by })
  const after = (await findCandidacy(tx, list, everything, code))!.data
  const isPublic = after.published || before?.published === true
  const listVersion = await bumpVersion(tx, list.id, isPublic ? '' : null)
  await notify(tx, messages(before, after))
  await appendAudit(tx, now, [event(before, after)])
  return { candidacy: after, listVersion, isPublic }
}

/** What is said of the drug, without its stages. */
export function aboutOf({ name, categoryCode, bothLists, launched, rareDisease, cover }: Candidacy): CandidacyContent['about'] {
  return { name, categoryCode, bothLists, launched, rareDisease, cover }
}
