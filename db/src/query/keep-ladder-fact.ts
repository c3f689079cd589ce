import { sql } from 'drizzle-orm'
import type { Instant, PartialDay } from '@lastmile/shared/day'
import type { FactOffice, LadderFact, LadderFactSaid } from '@lastmile/shared/ladder-fact'
import { everything } from '@lastmile/shared/purview'
import type { FactOrigin, FactStanding } from '@lastmile/shared/rung'
import { rowsOf, type Database } from '../database.js'
import { tellOfMessages } from '../load/notify.js'
import { ladderFact, ladderFactVersion } from '../schema/ladder.js'
import { findArea, isCityOf } from './area.js'
import { ladderFactByCode } from './ladder-facts.js'
import type { ListRow } from './lists.js'

/** Of what a fact speaks, by narrow ids; and the company of its drug. */
export interface FactPlace {
  drugId: number | null
  company: string | null
  /** When its drug was launched, as everybody may know it; null: not known, or all drugs. */
  launched: PartialDay | null
  unitId: number | null
  cityId: number | null
}

/** A place or drug that a fact names and the list does not have. */
export interface FactNotInList {
  field: 'drug' | 'unit' | 'city'
  code: string
}

/** Whose a fact is: of an office or a company that enters it, or of a publication. */
export interface FactHolder {
  origin: FactOrigin
  /** Code of the company; null where none entered it. */
  company: string | null
}

/** Who enters or decides, and when. */
export interface FactKeeping {
  at: Instant
  by: string
  office: FactOffice | null
}

/** What became of a fact when it was said. */
export interface FactDecision {
  standing: FactStanding
  decidedBy: string | null
  decidedOffice: FactOffice | null
  decidedAt: Instant | null
  reason: string | null
}

/** Nobody has decided. */
export const undecided: FactDecision = { standing: 'unconfirmed', decidedBy: null, decidedOffice: null, decidedAt: null, reason: null }

/** Whoever keeps facts of a list waits here for whoever does, and then finds what that one said. */
export async function lockLadder(tx: Database, listId: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7423, ${listId}::int)`)
}

/** Finds the drug and the places that a fact names. */
export async function factPlaceOf(db: Database, list: ListRow, { drug, unit, city }: Pick<LadderFactSaid, 'drug' | 'unit' | 'city'>): Promise<FactPlace | FactNotInList> {
  const [own] = drug === null ? [] : await rowsOf<{ id: number; company: string; launched: PartialDay | null }>(db, sql`
    select d.id, c.code as company, (select min(y.filed->'launched'->>'on') from candidacy y where y.drug_id = d.id) as launched from drug d join company c on c.id = d.company_id where d.list_id = ${list.id} and d.code = ${drug}`)
  if (drug !== null && !own) return { field: 'drug', code: drug }
  const inUnit = unit === null ? null : await findArea(db, list.regionSetId, unit)
  if (unit !== null && inUnit?.level !== 'unit') return { field: 'unit', code: unit }
  const inCity = city === null ? null : await findArea(db, list.regionSetId, city)
  if (city !== null && !isCityOf(inCity, inUnit)) return { field: 'city', code: city }
  return { drugId: own?.id ?? null, company: own?.company ?? null, launched: own?.launched ?? null, unitId: inUnit?.level === 'unit' ? inUnit.unitId : null, cityId: inCity?.level === 'city' ? inCity.cityId : null }
}

/** A fact that is known now, with its narrow id; null if there is none with this code. Inside {@link lockLadder}. */
export async function heldFact(tx: Database, list: ListRow, code: string): Promise<{ id: number; fact: LadderFact } | null> {
  const [row] = await rowsOf<{ id: number }>(tx, sql`select id from ladder_fact where list_id = ${list.id} and code = ${code}`)
  const found = row && (await ladderFactByCode(tx, list, everything, code))
  return row && found ? { id: row.id, fact: found.fact } : null
}

/** The code of what the same holder says of the same rung, drug and place from the same day on; null where he says nothing of it. Inside {@link lockLadder}. */
export async function sameFact(tx: Database, list: ListRow, { origin, company }: FactHolder, { drugId, unitId, cityId }: FactPlace, { rung, validFrom }: Pick<LadderFactSaid, 'rung' | 'validFrom'>): Promise<string | null> {
  const [row] = await rowsOf<{ code: string }>(tx, sql`
    select f.code from ladder_fact f join ladder_fact_version v on v.fact_id = f.id and v.known_to is null left join company y on y.id = f.company_id
    where f.list_id = ${list.id} and f.rung = ${rung} and f.origin = ${origin} and y.code is not distinct from ${company} and f.drug_id is not distinct from ${drugId}::int
      and f.unit_id is not distinct from ${unitId}::int and f.city_id is not distinct from ${cityId}::int and v.valid_from = ${validFrom}::date limit 1`)
  return row?.code ?? null
}

/** Keeps a fact that is new, under a code that nobody has. Inside {@link lockLadder}. */
export async function insertFact(tx: Database, list: ListRow, code: string, { origin, company }: FactHolder, { drugId, unitId, cityId }: FactPlace, said: LadderFactSaid, keeping: FactKeeping, decision: FactDecision): Promise<void> {
  const [own] = company === null ? [] : await rowsOf<{ id: number }>(tx, sql`select id from company where list_id = ${list.id} and code = ${company}`)
  const [row] = await tx.insert(ladderFact).values({ listId: list.id, code, rung: said.rung, drugId, unitId, cityId, origin, companyId: own?.id ?? null }).returning({ id: ladderFact.id })
  await insertVersion(tx, row!.id, 1, said, keeping, decision)
}

/** Says a fact anew, or what became of it: what was known of it stays, known until now. Inside {@link lockLadder}. */
export async function sayFact(tx: Database, id: number, version: number, said: Pick<LadderFactSaid, 'says' | 'detail' | 'validFrom' | 'validTo' | 'exact' | 'source' | 'note'>, keeping: FactKeeping, decision: FactDecision): Promise<void> {
  const at = await closeFact(tx, id, keeping.at)
  await insertVersion(tx, id, version, said, { ...keeping, at }, decision)
}

/** From now on nothing is known of a fact. Answers the instant: the one given, or, where another server's clock was ahead, the one at which it became known. */
export async function closeFact(tx: Database, id: number, at: Instant): Promise<Instant> {
  const [row] = await rowsOf<{ at: string }>(tx, sql`update ladder_fact_version set known_to = greatest(${at}::timestamptz, known_from) where fact_id = ${id} and known_to is null returning known_to::text as at`)
  return row ? new Date(row.at).toISOString() : at
}

/** Who said what is known of a fact now, as it is kept. */
export async function saidBy(tx: Database, id: number): Promise<{ by: string; office: FactOffice | null }> {
  const [row] = await rowsOf<{ by: string; office: FactOffice | null }>(tx, sql`select said_by as by, office from ladder_fact_version where fact_id = ${id} and known_to is null`)
  return row!
}

async function insertVersion(tx: Database, factId: number, version: number, { says, detail, validFrom, validTo, exact, source, note }: Pick<LadderFactSaid, 'says' | 'detail' | 'validFrom' | 'validTo' | 'exact' | 'source' | 'note'>, { at, by, office }: FactKeeping, decision: FactDecision): Promise<void> {
  await tx.insert(ladderFactVersion).values({ factId, version, says, detail, validFrom, validTo, exact, source, note, saidBy: by, office, ...decision, knownFrom: at })
}

/** Messages that asked an office to look at what a company entered are settled once nothing waits of the drugs that they name; those that told a company that a fact was refused, once anything else became of it. */
export async function settleLadder(tx: Database, list: ListRow, { unit, code, at }: { unit: string | null; code: string; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message m set settled_at = ${at}::timestamptz where m.list_id = ${list.id} and m.settled_at is null and (
      (m.kind = 'ladder_fact_entered' and m.subject->'regions'->>0 = ${unit} and not exists (
        select 1 from ladder_fact f join ladder_fact_version v on v.fact_id = f.id and v.known_to is null join drug d on d.id = f.drug_id join unit u on u.id = f.unit_id
        where f.list_id = m.list_id and v.standing = 'unconfirmed' and f.origin = 'company' and u.code = ${unit} and m.subject->'drugs' ? d.code))
      or (m.kind = 'ladder_fact_refused' and m.key = ${code} || ' ' || (select max(v.version) from ladder_fact f join ladder_fact_version v on v.fact_id = f.id where f.list_id = m.list_id and f.code = ${code} and v.standing = 'refused' and v.known_to is not null)))
    returning m.addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}
