import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import type { Plan, PlanChange } from '@lastmile/shared/plan'
import { everything, type Purview } from '@lastmile/shared/purview'
import { appendAudit } from '../audit/append.js'
import { rowsOf, textArray, type Database } from '../database.js'
import { bumpVersion } from './acceptance.js'
import { findArea, isCityOf } from './area.js'
import type { ListRow } from './lists.js'
import { findPlan } from './plans.js'

/** What an insurer says of a plan, with its places and drugs found: their narrow ids. */
export interface PlanContent extends Omit<PlanChange, 'unit' | 'city' | 'drugs'> {
  unitId: number | null
  cityId: number | null
  drugs: { id: number; pays: PlanChange['drugs'][number]['pays'] }[]
}

/** A place or drug that a plan names and the list does not have: the field, and why it cannot be. */
export interface NotInList {
  field: string
  what: 'unit' | 'city' | 'drug'
  code: string
}

/** Finds the places and drugs that a plan names. */
export async function planContentOf(db: Database, list: ListRow, { unit, city, drugs, ...rest }: PlanChange): Promise<PlanContent | NotInList> {
  const inUnit = unit === null ? null : await findArea(db, list.regionSetId, unit)
  if (unit !== null && inUnit?.level !== 'unit') return { field: 'unit', what: 'unit', code: unit }
  const inCity = city === null ? null : await findArea(db, list.regionSetId, city)
  if (city !== null && !isCityOf(inCity, inUnit)) return { field: 'city', what: 'city', code: city }
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from drug where list_id = ${list.id} and code = any(${textArray(drugs.map(({ drug }) => drug))})`)
  const ids = new Map(rows.map(({ id, code }) => [code, id]))
  const missing = drugs.findIndex(({ drug }) => !ids.has(drug))
  if (missing >= 0) return { field: `drugs.${missing}.drug`, what: 'drug', code: drugs[missing]!.drug }
  return {
    ...rest, unitId: inUnit?.level === 'unit' ? inUnit.unitId : null, cityId: inCity?.level === 'city' ? inCity.cityId : null,
    drugs: drugs.map(({ drug, pays }) => ({ id: ids.get(drug)!, pays })),
  }
}

/** By whom, and when, a plan is kept. */
export interface Keeping {
  at: Instant
  by: string
  /** What the audit is told of it; nothing of what the program does of itself. */
  event?: (before: Plan | null, after: Plan | null) => AuditEvent
}

/** What became of it: the plan as it is known now, and the list's new version; null where nothing changed. */
export interface Kept {
  plan: Plan
  listVersion: number | null
}

/** The plan is at another version than the one that was named: somebody else changed it since. */
export class OtherVersion extends Error {
  override readonly name = 'OtherVersion'
  constructor(readonly version: number) {
    super(`the plan is at version ${version}`)
  }
}

/** There is a plan with this code, or its code was another insurer's. */
export class CodeTaken extends Error {
  override readonly name = 'CodeTaken'
}

/** Begins a plan. One that its insurer ended before goes on from the version at which it ended. @throws CodeTaken */
export async function beginPlan(db: Database, list: ListRow, { code, insurer, ...content }: PlanContent & { code: string; insurer: string }, keeping: Keeping): Promise<Kept> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await tx.execute(sql`insert into plan (list_id, code, insurer) values (${list.id}, ${code}, ${insurer}) on conflict (list_id, code) do nothing`)
    const plan = await lockPlan(tx, list, code)
    if (plan!.insurer !== insurer || (await findPlan(tx, list, everything, code))) throw new CodeTaken(code)
    const [last] = await rowsOf<{ version: number | null }>(tx, sql`select max(version) as version from plan_version where plan_id = ${plan!.id}`)
    return keep(tx, list, { id: plan!.id, code, version: (last?.version ?? 0) + 1, before: null }, content, keeping)
  })
}

/** Says otherwise of a plan that is the asker's; what was said before stays as what was known until now. What says the same changes nothing. Null if there is none. @throws OtherVersion */
export async function changePlan(db: Database, list: ListRow, own: { purview: Purview; code: string; version: number }, content: PlanContent, keeping: Keeping): Promise<Kept | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const held = await heldPlan(tx, list, own)
    if (!held) return null
    return keep(tx, list, { id: held.id, code: own.code, version: own.version + 1, before: held.plan }, content, keeping)
  })
}

/** Ends a plan that is the asker's: from now on nothing is known of it, and what was stays. Null if there is none. @throws OtherVersion */
export async function endPlan(db: Database, list: ListRow, own: { purview: Purview; code: string; version: number }, { at, event }: Keeping): Promise<Kept | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const held = await heldPlan(tx, list, own)
    if (!held) return null
    const knownTo = await closeVersion(tx, held.id, at)
    const listVersion = await bumpVersion(tx, list.id)
    if (event) await appendAudit(tx, at, [event(held.plan, null)])
    return { plan: { ...held.plan, knownTo }, listVersion }
  })
}

/** Whoever keeps the same plan waits here, and then finds what this one has said: a question of its own, for one that waited sees rows as they were. */
async function lockPlan(tx: Database, list: ListRow, code: string): Promise<{ id: number; insurer: string } | null> {
  const [row] = await rowsOf<{ id: number; insurer: string }>(tx, sql`select id, insurer from plan where list_id = ${list.id} and code = ${code} for update`)
  return row ?? null
}

async function heldPlan(tx: Database, list: ListRow, { purview, code, version }: { purview: Purview; code: string; version: number }): Promise<{ id: number; plan: Plan } | null> {
  const row = await lockPlan(tx, list, code)
  const plan = row && (await findPlan(tx, list, purview, code))
  if (!plan) return null
  if (plan.version !== version) throw new OtherVersion(plan.version)
  return { id: row.id, plan }
}

/** Answers from when what is said instead is known: an instant, or, where the clock of another server was ahead of this one's, that at which the one before it was. */
async function closeVersion(tx: Database, planId: number, at: Instant): Promise<Instant> {
  const [row] = await rowsOf<{ at: string }>(tx, sql`update plan_version set known_to = greatest(${at}::timestamptz, known_from) where plan_id = ${planId} and known_to is null returning known_to::text as at`)
  return row ? new Date(row.at).toISOString() : at
}

async function keep(tx: Database, list: ListRow, { id, code, version, before }: { id: number; code: string; version: number; before: Plan | null }, content: PlanContent, { at, by, event }: Keeping): Promise<Kept> {
  if (before && (await isSame(tx, id, content))) return { plan: before, listVersion: null }
  const knownFrom = await closeVersion(tx, id, at)
  const { name, unitId, cityId, validFrom, validTo, source, drugs } = content
  const [row] = await rowsOf<{ id: number }>(tx, sql`
    insert into plan_version (plan_id, version, name, unit_id, city_id, valid_from, valid_to, source, known_from, entered_by)
    values (${id}, ${version}, ${JSON.stringify(name)}::jsonb, ${unitId}, ${cityId}, ${validFrom}, ${validTo}, ${JSON.stringify(source)}::jsonb, ${knownFrom}, ${by}) returning id`)
  await tx.execute(sql`
    insert into plan_drug (plan_version_id, drug_id, pays)
    select ${row!.id}::int, (one->>'id')::int, nullif(one->'pays', 'null') from jsonb_array_elements(${JSON.stringify(drugs)}::jsonb) as one`)
  const listVersion = await bumpVersion(tx, list.id)
  const plan = (await findPlan(tx, list, everything, code))!
  if (event) await appendAudit(tx, at, [event(before, plan)])
  return { plan, listVersion }
}

/** Whether what is known of a plan is what is said of it now. */
async function isSame(tx: Database, planId: number, { name, unitId, cityId, validFrom, validTo, source, drugs }: PlanContent): Promise<boolean> {
  return (await rowsOf(tx, sql`
    select 1 from plan_version v where v.plan_id = ${planId} and v.known_to is null and v.name = ${JSON.stringify(name)}::jsonb and v.source = ${JSON.stringify(source)}::jsonb
      and v.unit_id is not distinct from ${unitId}::int and v.city_id is not distinct from ${cityId}::int and v.valid_from = ${validFrom}::date and v.valid_to is not distinct from ${validTo}::date
      and (select jsonb_object_agg(n.drug_id, n.pays) from plan_drug n where n.plan_version_id = v.id) = ${JSON.stringify(Object.fromEntries(drugs.map(({ id, pays }) => [id, pays])))}::jsonb`)).length > 0
}
