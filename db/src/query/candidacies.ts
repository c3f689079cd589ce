import { sql, type SQL } from 'drizzle-orm'
import type { Candidacy, FiledCandidacy } from '@lastmile/shared/candidacy'
import { dayIn, type Day, type Instant } from '@lastmile/shared/day'
import { isToldOn, publicFact, type StageFact } from '@lastmile/shared/drug-stage'
import { editionKnownOn, type ListingEdition } from '@lastmile/shared/listing-edition'
import type { Purview } from '@lastmile/shared/purview'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { ListRow } from './lists.js'
import { candidaciesWithin } from './within-purview.js'

/** A candidacy with its narrow id, and whether the asker sees all of it, or what everybody does. */
export interface CandidacyRecord {
  id: number
  /** True where it is the asker's own, or he sees all. */
  isOwn: boolean
  /** Whether the files of the edition state it. */
  isFiled: boolean
  data: Candidacy
}

interface Raw extends Omit<Candidacy, 'name' | 'categoryCode' | 'bothLists' | 'launched' | 'rareDisease' | 'cover' | 'madeUp'> {
  id: number
  isOwn: boolean
  isFiled: boolean
  filedLaunched: FiledCandidacy['launched']
  about: Pick<Candidacy, 'name' | 'categoryCode' | 'bothLists' | 'launched' | 'rareDisease' | 'cover'>
}

/** The editions of a list as they are known now or were on an instant, in the order of the files. Of one that was loaded with its history nobody knew on an instant what had not happened yet. */
export async function editionsOf(db: Database, list: ListRow, knownOn: Instant | null): Promise<ListingEdition[]> {
  const rows = await rowsOf<{ data: ListingEdition }>(db, sql`select v.data from listing_edition e join listing_edition_version v on v.edition_id = e.id where e.list_id = ${list.id} and ${versionKnown(knownOn)} order by v.place`)
  return rows.map(({ data }) => (knownOn === null ? data : editionKnownOn(data, dayIn(list.timeZone, knownOn))))
}

/** The day on which a list was published, as its editions say it now; null where none says so. */
export async function publishedOn(db: Database, list: ListRow): Promise<Day | null> {
  return (await editionsOf(db, list, null)).find((edition) => edition.list === list.code)?.publishedOn ?? null
}

/**
 * Candidacies as they are known now or were on an instant, by edition and code: the asker's own, and those that are everybody's to see
 * on the list's today. Of the latter only the stages that were told, as everybody is told them (`publicFact`, shared). They are some
 * hundred in all.
 */
export async function candidaciesOf(db: Database, list: ListRow, purview: Purview, knownOn: Instant | null): Promise<CandidacyRecord[]> {
  return read(db, list, purview, knownOn, sql`${versionKnown(knownOn)}`)
}

/** One candidacy that the asker may see, as it is known now; null if there is none. */
export async function findCandidacy(db: Database, list: ListRow, purview: Purview, code: string): Promise<CandidacyRecord | null> {
  const [row] = await read(db, list, purview, null, sql`c.code = ${code} and ${versionKnown(null)}`)
  return row ?? null
}

/** What was known of candidacies before, the latest first: of those alone of which the asker sees all. */
export async function formerOf(db: Database, list: ListRow, purview: Purview, records: readonly CandidacyRecord[], knownOn: Instant | null): Promise<Map<number, Candidacy[]>> {
  const former = new Map<number, Candidacy[]>()
  for (const { id, isOwn, data } of records) {
    if (!isOwn) continue
    const rows = await read(db, list, purview, knownOn, sql`c.id = ${id} and v.version < ${data.version}`)
    former.set(id, rows.filter((one) => one.isOwn).map((one) => one.data).reverse())
  }
  return former
}

/** How many customised insurance plans that are valid on a day name each drug of a list, as it is known now or was on an instant. */
export async function plansNaming(db: Database, list: ListRow, asOf: Day, knownOn: Instant | null): Promise<Map<string, number>> {
  const rows = await rowsOf<{ drug: string; plans: number }>(db, sql`
    select d.code as drug, count(distinct p.id)::int as plans from plan p join plan_version v on v.plan_id = p.id join plan_drug n on n.plan_version_id = v.id join drug d on d.id = n.drug_id
    where p.list_id = ${list.id} and ${versionKnown(knownOn)} and v.valid_from <= ${asOf} and (v.valid_to is null or v.valid_to >= ${asOf}) group by d.code`)
  return new Map(rows.map(({ drug, plans }) => [drug, plans]))
}

async function read(db: Database, list: ListRow, purview: Purview, knownOn: Instant | null, where: SQL): Promise<CandidacyRecord[]> {
  const own = candidaciesWithin(purview)
  const rows = await rowsOf<Raw>(db, sql`
    select c.id, ${own} as "isOwn", c.filed is not null as "isFiled", c.filed->'launched' as "filedLaunched", c.code, e.code as edition, c.substance, d.code as drug, y.code as company, y.data->'name' as "companyName", v.version, v.about, v.facts,
           coalesce(v.public_from <= ${list.today}, false) as published, v.known_from as "knownFrom", ${knownOn === null ? sql`v.known_to` : sql`case when v.known_to <= ${knownOn} then v.known_to end`} as "knownTo"
    from candidacy c join candidacy_version v on v.candidacy_id = c.id join listing_edition e on e.id = c.edition_id join listing_edition_version w on w.edition_id = e.id and ${versionKnown(knownOn, sql`w`)}
    left join company y on y.id = c.company_id left join drug d on d.id = c.drug_id
    where c.list_id = ${list.id} and ${where} and (${own} or coalesce(v.public_from <= ${list.today}, false)) order by w.place, c.code collate "C", v.version`)
  return rows.map(({ id, isOwn, isFiled, filedLaunched, about: { cover, launched, ...about }, facts, knownFrom, knownTo, ...row }) => ({
    id, isOwn, isFiled,
    data: {
      ...row, ...about, cover: isOwn || cover?.by === 'edition' ? cover : null, madeUp: list.demonstration && !isFiled,
      // By which words a drug was launched then is everybody's where the files of the edition say so; else they are of who wrote them.
      launched: launched && { on: launched.on, source: isOwn || canonical(launched) === canonical(filedLaunched) ? launched.source : null },
      facts: isOwn ? facts : facts.filter((fact: StageFact) => isToldOn(fact, list.today)).map((fact: StageFact) => publicFact(fact, list.today)),
      knownFrom: new Date(knownFrom).toISOString(), knownTo: knownTo && new Date(knownTo).toISOString(),
    },
  }))
}
