import { and, eq, notInArray, sql } from 'drizzle-orm'
import { addDays, type Instant } from '@lastmile/shared/day'
import type { Company, Drug } from '@lastmile/shared/drug'
import type { Duty } from '@lastmile/shared/duty'
import type { EditionFile, EligibilityFile } from '@lastmile/shared/edition'
import type { PublishedFact } from '@lastmile/shared/ladder-fact'
import type { FinderFile } from '@lastmile/shared/finder-words'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { Profile, Source } from '@lastmile/shared/source'
import type { StandardsFile } from '@lastmile/shared/standard'
import type { Supervision } from '@lastmile/shared/supervision'
import type { WorkingCalendar } from '@lastmile/shared/working-day'
import { forgetCitySlots } from '../coverage/city-slots.js'
import { rebuildCoverage } from '../coverage/rebuild.js'
import { takeMasters } from '../coverage/take-masters.js'
import { rowsOf, type Database } from '../database.js'
import { bumpNeighbours, bumpVersion } from '../query/acceptance.js'
import { evidenceCodes } from '../schema/codes.js'
import { company, drug } from '../schema/drug.js'
import { eligibilityRule } from '../schema/eligibility.js'
import { list } from '../schema/list.js'
import { source } from '../schema/source.js'
import { applyEligibility } from './apply-eligibility.js'
import { holdEvidence } from './evidence-held.js'
import { loadRegions } from './load-regions.js'
import { loadCandidacies, type FiledEditions } from './load-candidacies.js'
import { loadDuties } from './load-duties.js'
import { loadLadder } from './load-ladder.js'
import { loadStandards, type StandardKept } from './load-standards.js'

/** A list edition with all its files read and checked against each other. */
export interface Edition {
  list: EditionFile
  regions: RegionSetFile
  companies: Company[]
  drugs: Drug[]
  profiles: Profile[]
  sources: Source[]
  eligibility: (EligibilityFile[number] & { codes: { code: string; from: string | null; to: string | null }[] })[]
  standards: StandardsFile
  duties: Duty[]
  /** Published facts of the last mile. */
  ladder: PublishedFact[]
  /** Editions side by side, with the candidacies that files state. */
  listings: FiledEditions
  calendar: WorkingCalendar | null
  supervision: Supervision | null
  finder: FinderFile | null
}

/** What a load left as it was although the files say otherwise. */
export interface EditionEffect {
  standardsKept: StandardKept[]
}

/**
 * Loads a list edition, or brings a loaded one up to date with all that it counts, in one transaction of the caller's:
 * loading the same files twice changes nothing, not the list's version either. Nothing that statements hang on is ever
 * removed, and no standard that an officer decided is replaced: of those the effect tells. Who is eligible otherwise costs as many institutions; only where rules by which everything is counted change
 * (`rulesOf`) is everything counted anew. @throws LoadedLater if `at` is before what it would change became known,
 * EvidenceHeld if a source with accepted reports would change its kind of evidence, StandsTwice if a drug would have two candidacies in an edition
 */
export async function loadEdition(db: Database, edition: Edition, at: Instant): Promise<EditionEffect> {
  const before = { ...(await storedOf(db, edition)), rules: await rulesOf(db, edition) }
  const regionSetId = await loadRegions(db, edition.regions)
  const { code, name, document, timeZone, inForce, validTo, clock } = edition.list
  const profiles = new Map(edition.profiles.map((profile) => [profile.code, profile]))
  const selfReports = edition.list.selfReports ? { ...edition.list.selfReports, profile: profiles.get(edition.list.selfReports.profile)! } : null
  const values = { code, regionSetId, name, document, timeZone, inForce, validTo, clock, selfReports, alerting: edition.list.alerting ?? null, calendar: edition.calendar, supervision: edition.supervision, finder: edition.finder }
  const [row] = await db.insert(list).values(values)
    .onConflictDoUpdate({ target: list.code, set: values }).returning({ id: list.id })
  const listId = row!.id

  const companies = new Map<string, number>()
  for (const data of edition.companies) {
    const [saved] = await db.insert(company).values({ listId, code: data.code, data })
      .onConflictDoUpdate({ target: [company.listId, company.code], set: { data } }).returning({ id: company.id })
    companies.set(data.code, saved!.id)
  }
  const drugs = new Map<string, number>()
  for (const data of edition.drugs) {
    const rules = edition.eligibility.filter((one) => one.drug === data.code)
    const own = {
      companyId: companies.get(data.company)!, no: data.no, freshnessDays: data.freshnessDays, data,
      eligibleWhenReported: rules.some((one) => one.rules.some((rule) => rule.by === 'reported')), eligibilityLoaded: rules.length > 0,
    }
    const [saved] = await db.insert(drug).values({ listId, code: data.code, ...own })
      .onConflictDoUpdate({ target: [drug.listId, drug.code], set: own }).returning({ id: drug.id })
    drugs.set(data.code, saved!.id)
  }
  await holdEvidence(db, listId, edition.sources)
  for (const data of edition.sources) {
    const own = { evidence: evidenceCodes.code(data.evidence), data, profile: profiles.get(data.profile)! }
    await db.insert(source).values({ listId, code: data.code, ...own }).onConflictDoUpdate({ target: [source.listId, source.code], set: own })
  }
  await selfSourcesReadBy(db, listId, edition, selfReports?.profile)
  await replaceRules(db, edition, drugs)
  const duties = await loadDuties(db, listId, edition.duties, at)
  const ladder = await loadLadder(db, listId, edition.ladder, at)
  const listings = await loadCandidacies(db, listId, edition.listings, at)
  const standards = await loadStandards(db, edition.standards, drugs, at)
  const refiled = await applyEligibility(db, listId, at, null)
  const after = { ...(await storedOf(db, edition)), rules: await rulesOf(db, edition) }
  await countAsRuled(db, { listId, regionSetId }, before.rules, after.rules, refiled)
  if (duties || ladder || listings || standards.changed || refiled.length > 0 || after.list !== before.list || after.regions !== before.regions) await bumpVersion(db, listId)
  if (after.regions !== before.regions) await bumpNeighbours(db, listId)
  return { standardsKept: standards.kept }
}

/** Sources that institutions have of themselves, and that are in no file, read by the profile of the edition from now on. */
async function selfSourcesReadBy(db: Database, listId: number, { sources }: Edition, profile: Profile | undefined): Promise<void> {
  if (!profile) return
  await db.update(source).set({ profile }).where(and(eq(source.listId, listId), sql`starts_with(${source.code}, 'self-')`, notInArray(source.code, sources.map((one) => one.code))))
}

/** What every count of a list goes by. */
interface Rules {
  /** Region set and first day; null where the list is not known yet. */
  list: string | null
  /** When a drug's statements grow stale, and whether naming makes eligible, by its id. */
  drugs: ReadonlyMap<number, string>
  /** Units, and where each region lies: all lists of the region set count by them. Null where it is not known yet. */
  regions: string | null
}

async function rulesOf(db: Database, edition: Edition): Promise<Rules> {
  const [own] = await rowsOf<{ id: number; rule: string }>(db, sql`select id, concat_ws(' ', region_set_id, in_force) as rule from list where code = ${edition.list.code}`)
  const drugs = await rowsOf<{ id: number; rule: string }>(db, sql`select id, concat_ws(' ', freshness_days, eligible_when_reported) as rule from drug where list_id = ${own?.id ?? null}`)
  const [regions] = await rowsOf<{ rule: string | null }>(db, sql`
    select (select string_agg(u.code, ' ' order by u.slot) from unit u where u.region_set_id = s.id) || ': ' || coalesce(
      (select md5(string_agg(concat_ws(' ', r.code, r.level, r.parent), ',' order by r.code)) from region r where r.region_set_id = s.id), '') as rule
    from region_set s where s.code = ${edition.regions.code}`)
  return { list: own?.rule ?? null, drugs: new Map(drugs.map(({ id, rule }) => [id, rule])), regions: regions?.rule ?? null }
}

/** Brings up to date what is counted: everything anew where the rules of what was counted are others now, else of those who are eligible otherwise. A drug that is new counts nothing yet. */
async function countAsRuled(db: Database, { listId, regionSetId }: { listId: number; regionSetId: number }, before: Rules, after: Rules, refiled: readonly number[]): Promise<void> {
  if (before.regions !== null && before.regions !== after.regions) {
    await forgetCitySlots(db, regionSetId)
    for (const { id } of await rowsOf<{ id: number }>(db, sql`select id from list where region_set_id = ${regionSetId} order by id`)) await rebuildCoverage(db, id)
  } else if ((before.list !== null && before.list !== after.list) || [...before.drugs].some(([id, rule]) => after.drugs.get(id) !== rule)) await rebuildCoverage(db, listId)
  else await takeMasters(db, listId, new Map(), refiled)
}

/** A digest of what is stored of an edition and of its region set, to see whether a load changed anything. What keeps its own history (eligibility, standards, duties, the ladder) tells by itself. */
async function storedOf(db: Database, edition: Edition): Promise<{ list: string; regions: string }> {
  const listId = sql`(select id from list where code = ${edition.list.code})`
  const setId = sql`(select id from region_set where code = ${edition.regions.code})`
  const [row] = await rowsOf<{ list: string; regions: string }>(db, sql`
    select (select md5(coalesce(string_agg(t, ' ' order by t), '')) from (
      select (to_jsonb(l) - 'version')::text from list l where id = ${listId}
      union all select to_jsonb(c)::text from company c where list_id = ${listId}
      union all select to_jsonb(d)::text from drug d where list_id = ${listId}
      union all select to_jsonb(s)::text from source s where list_id = ${listId}
      union all select (to_jsonb(r) - 'id')::text from eligibility_rule r where drug_id in (select id from drug where list_id = ${listId})) as x(t)) as list,
    (select md5(coalesce(string_agg(t, ' ' order by t), '')) from (
      select (to_jsonb(g) - 'masters_version')::text from region_set g where id = ${setId}
      union all select to_jsonb(u)::text from unit u where region_set_id = ${setId}
      union all select to_jsonb(r)::text from region r where region_set_id = ${setId}) as x(t)) as regions`)
  return row!
}

async function replaceRules(db: Database, edition: Edition, drugs: ReadonlyMap<string, number>): Promise<void> {
  for (const drugId of drugs.values()) await db.delete(eligibilityRule).where(eq(eligibilityRule.drugId, drugId))
  for (const rule of edition.eligibility) {
    await db.insert(eligibilityRule).values({
      drugId: drugs.get(rule.drug)!, fromDay: rule.from, toDay: rule.to && addDays(rule.to, 1), source: rule.source, reason: rule.reason, rules: rule.rules, codes: rule.codes,
    })
  }
}
