import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Candidacy } from '@lastmile/shared/candidacy'
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

/** The drug has a candidacy in that edition: somebody was quicker. */
export class CandidacyThere extends Error {
  override readonly name = 'CandidacyThere'
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

/** Begins a candidacy in an edition that is known. @throws CandidacyThere if the drug has one there, of whatever company: one answers for it */
export async function beginCandidacy(db: Database, list: ListRow, { code, edition, substance, company, ...content }: CandidacyBegun, keeping: CandidacyKeeping): Promise<CandidacyKept> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const [owner] = company === null ? [null] : await rowsOf<{ id: number }>(tx, sql`select id from company where list_id = ${list.id} and code = ${company}`)
    const inEdition = (await editionId(tx, list, edition))!
    // Whoever begins one of the same edition waits here, and then finds what this one began: a question of its own, for one that waited sees rows as they were.
    await tx.execute(sql`select id from listing_edition where id = ${inEdition} for update`)
    if (await isThere(tx, inEdition, substance, null)) throw new CandidacyThere(`${substance} stands in ${edition}`)
    const [row] = await tx.insert(candidacy).values({ listId: list.id, code, editionId: inEdition, substance, companyId: owner?.id ?? null, drugId: null, filed: null }).returning({ id: candidacy.id })
    return keep(tx, list, { id: row!.id, version: 1, from: keeping.at, before: null, code }, content, keeping)
  })
}

/** Whether a drug has a candidacy in an edition that says something, but for one (its narrow id). */
async function isThere(tx: Database, edition: number, substance: string, but: number | null): Promise<boolean> {
  return (await rowsOf(tx, sql`
    select 1 from candidacy c join candidacy_version v on v.candidacy_id = c.id and v.known_to is null
    where c.edition_id = ${edition} and c.substance = ${substance} and ${saysSomething} and c.id is distinct from ${but}::int limit 1`)).length > 0
}

/** Says otherwise of a candidacy of which the asker sees all: `change` looks at it as it is then, and answers what is known of it from now on. What says the same changes nothing. Null if it is none of his. @throws OtherCandidacy, CandidacyThere for a stage of one that says nothing where the drug has another there by now */
export async function changeCandidacy(db: Database, list: ListRow, own: { purview: Purview; code: string; version: number }, change: (before: Candidacy) => CandidacyContent, keeping: CandidacyKeeping): Promise<CandidacyKept | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const held = await heldCandidacy(tx, list, own)
    if (!held) return null
    const { id, data } = held
    const content = change(data)
    if (canonical({ about: aboutOf(data), facts: data.facts }) === canonical({ about: content.about, facts: inOrder(content.facts) })) return { candidacy: data, listVersion: null, isPublic: false }
    if (data.facts.length === 0 && content.facts.length > 0 && (await isThere(tx, (await editionId(tx, list, data.edition))!, data.substance, id))) throw new CandidacyThere(`${data.substance} stands in ${data.edition}`)
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
