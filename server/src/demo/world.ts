import type { EligibilityFile, EligibilityRule } from '@lastmile/shared/edition'
import type { Drug } from '@lastmile/shared/drug'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { Source } from '@lastmile/shared/source'
import type { Institution } from './institutions.js'
import { institutionsOf } from './institutions.js'

/** What the demonstration needs of a list edition's files. */
export interface DemonstrationEdition { drugs: readonly Drug[]; sources: readonly Source[]; eligibility: EligibilityFile }

/** The invented institutions, and who of them each drug's file names. */
export interface World {
  institutions: readonly Institution[]
  drugs: ReadonlyMap<string, Drug>
  /** The company's source of each drug. */
  sourceOf: ReadonlyMap<string, string>
  isEligible(institution: Institution, drug: string): boolean
}

export function worldOf(edition: DemonstrationEdition, regions: RegionSetFile): World {
  const rules = new Map(edition.eligibility.map((entry) => [entry.drug, entry.rules]))
  const declaring = edition.sources.filter((source) => source.evidence === 'declared')
  return {
    institutions: institutionsOf(regions),
    drugs: new Map(edition.drugs.map((drug) => [drug.code, drug])),
    sourceOf: new Map(declaring.flatMap((source) => (source.scope.drugs ?? []).map((drug) => [drug, source.code] as const))),
    isEligible: (institution, drug) => (rules.get(drug) ?? []).some((rule) => matches(rule, institution)),
  }
}

/** The demonstration only has to know attributes: its edition names no files of codes. */
function matches(rule: EligibilityRule, institution: Institution): boolean {
  if (rule.by !== 'attributes' || rule.kind !== institution.kind) return false
  if (rule.levels && !rule.levels.includes(institution.level)) return false
  if (rule.dualChannel !== undefined && rule.dualChannel !== institution.dualChannel) return false
  return (rule.qualifications ?? []).every((qualification) => institution.qualifications.includes(qualification))
}

/** A drug at an institution. */
export interface Pair { institution: Institution; drug: string }

export function pairKey(pair: Pair): string {
  return `${pair.institution.code}/${pair.drug}`
}

/** Open on a day, and for long enough after it that a report about the day cannot arrive after the closing. */
export function isOpen(institution: Institution, day: string, untilDay: string = day): boolean {
  return (institution.openedOn === null || institution.openedOn <= day) && (institution.closedOn === null || institution.closedOn > untilDay)
}
