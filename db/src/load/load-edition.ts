import { and, eq, isNull, sql } from 'drizzle-orm'
import { addDays, type Instant } from '@lastmile/shared/day'
import type { Company, Drug } from '@lastmile/shared/drug'
import type { EditionFile, EligibilityFile, StandardsFile } from '@lastmile/shared/edition'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { Profile, Source } from '@lastmile/shared/source'
import type { Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { company, drug } from '../schema/drug.js'
import { eligibilityRule, standard } from '../schema/eligibility.js'
import { list } from '../schema/list.js'
import { source } from '../schema/source.js'
import { applyEligibility } from './apply-eligibility.js'
import { loadRegions } from './load-regions.js'

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
}

/**
 * Loads a list edition, or brings a loaded one up to date, in one transaction of the caller's: loading the same files
 * twice changes nothing. Nothing that statements hang on is ever removed. Answers the list's id.
 */
export async function loadEdition(db: Database, edition: Edition, at: Instant): Promise<number> {
  const regionSetId = await loadRegions(db, edition.regions)
  const { code, name, document, timeZone, inForce, validTo, clock } = edition.list
  const values = { code, regionSetId, name, document, timeZone, inForce, validTo, clock }
  const [row] = await db.insert(list).values(values)
    .onConflictDoUpdate({ target: list.code, set: { ...values, version: sql`${list.version} + 1` } }).returning({ id: list.id })
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
  const profiles = new Map(edition.profiles.map((profile) => [profile.code, profile]))
  for (const data of edition.sources) {
    const own = { evidence: evidenceCodes.code(data.evidence), data, profile: profiles.get(data.profile)! }
    await db.insert(source).values({ listId, code: data.code, ...own }).onConflictDoUpdate({ target: [source.listId, source.code], set: own })
  }
  await replaceRules(db, edition, drugs)
  await replaceStandards(db, edition, drugs, at)
  await applyEligibility(db, listId, at)
  return listId
}

async function replaceRules(db: Database, edition: Edition, drugs: ReadonlyMap<string, number>): Promise<void> {
  for (const drugId of drugs.values()) await db.delete(eligibilityRule).where(eq(eligibilityRule.drugId, drugId))
  for (const rule of edition.eligibility) {
    await db.insert(eligibilityRule).values({
      drugId: drugs.get(rule.drug)!, fromDay: rule.from, toDay: rule.to && addDays(rule.to, 1), source: rule.source, reason: rule.reason, rules: rule.rules, codes: rule.codes,
    })
  }
}

/** A standard that the files no longer state, or state otherwise, ends now in what is known; the new one begins. */
async function replaceStandards(db: Database, edition: Edition, drugs: ReadonlyMap<string, number>, at: Instant): Promise<void> {
  for (const [code, drugId] of drugs) {
    const wanted = edition.standards.filter((one) => one.drug === code)
    const known = await db.select().from(standard).where(and(eq(standard.drugId, drugId), isNull(standard.knownTo)))
    const asFiled = known.map((one) => ({
      drug: code, from: one.fromDay, reason: one.reason, author: one.author, minInstitutions: one.minInstitutions,
      minCities: one.minCities, kinds: one.kinds, eligibleOnly: one.eligibleOnly, units: one.units,
    }))
    if (canonical(asFiled) === canonical(wanted)) continue
    await db.update(standard).set({ knownTo: at }).where(and(eq(standard.drugId, drugId), isNull(standard.knownTo)))
    for (const one of wanted) {
      await db.insert(standard).values({
        drugId, fromDay: one.from, knownFrom: at, reason: one.reason, author: one.author, minInstitutions: one.minInstitutions,
        minCities: one.minCities, kinds: one.kinds, eligibleOnly: one.eligibleOnly, units: one.units,
      })
    }
  }
}

/** The same text for the same content: jsonb does not keep the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (one && typeof one === 'object' && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one))
}
