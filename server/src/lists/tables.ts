import type { CompaniesAnswer, DrugsAnswer } from '@lastmile/shared/drug'
import type { CompanyAnswer, DrugAnswer } from '@lastmile/shared/drug-answer'
import type { ListsAnswer } from '@lastmile/shared/list'
import type { RegionAnswer, RegionsAnswer } from '@lastmile/shared/region'
import type { SourcesAnswer } from '@lastmile/shared/report'
import type { ExportTable } from '../http/table-file.js'

export function listsTable(answer: ListsAnswer): ExportTable {
  return {
    name: 'lists', columns: ['code', 'name_zh', 'name_en', 'in_force', 'valid_to', 'today', 'drugs', 'demonstration'], notes: [],
    rows: answer.lists.map((list) => [list.code, list.name.zh, list.name.en, list.inForce, list.validTo, list.today, list.drugsListed, list.demonstration ? 'yes' : 'no']),
  }
}

export function drugsTable(answer: DrugsAnswer): ExportTable {
  return {
    name: 'drugs', columns: ['no', 'code', 'name_zh', 'name_en', 'company', 'category_code', 'supply_form', 'rare_disease', 'freshness_days', 'valid_from', 'valid_to'], notes: [],
    rows: answer.drugs.map((drug) => [drug.no, drug.code, drug.name.zh, drug.name.en, drug.company, drug.categoryCode, drug.supplyForm, drug.rareDisease ? 'yes' : 'no', drug.freshnessDays, drug.validFrom, drug.validTo]),
  }
}

export function drugTable(answer: DrugAnswer): ExportTable {
  return {
    name: `drug-${answer.drug.code}`, columns: ['evidence', 'n', 'day', 'days_since_listing'], notes: [['drug 药品', `${answer.drug.name.zh} ${answer.drug.name.en}`]],
    rows: answer.milestones.flatMap(({ evidence, unitsReached }) => unitsReached.map((one) => [evidence, one.n, one.day, one.daysSinceListing])),
  }
}

export function companiesTable(answer: CompaniesAnswer): ExportTable {
  return { name: 'companies', columns: ['code', 'name_zh', 'name_en', 'drugs'], notes: [], rows: answer.companies.map((one) => [one.code, one.name.zh, one.name.en, one.drugs.join(' ')]) }
}

export function companyTable(answer: CompanyAnswer): ExportTable {
  const evidences = ['declared', 'confirmed', 'supplied'] as const
  return {
    name: `company-${answer.company.code}`, notes: [['as of 截至', answer.asOf]],
    columns: ['drug', ...evidences.map((one) => `institutions_${one}`), ...evidences.map((one) => `units_${one}`), ...evidences.map((one) => `last_statement_${one}`)],
    rows: answer.drugs.map((one) => [
      one.drug, ...evidences.map((evidence) => one.institutions[evidence]), ...evidences.map((evidence) => one.units[evidence]),
      ...evidences.map((evidence) => one.lastStatements.find((last) => last.evidence === evidence)?.day ?? null),
    ]),
  }
}

export function regionsTable(answer: RegionsAnswer): ExportTable {
  return {
    name: 'regions', columns: ['code', 'name_zh', 'name_en', 'population', 'polygon'], notes: answer.populationSource ? [['population 人口', answer.populationSource.zh]] : [],
    rows: answer.units.map((unit) => [unit.code, unit.fullName.zh, unit.fullName.en, unit.population, unit.polygon ? 'yes' : 'no']),
  }
}

export function regionTable(answer: RegionAnswer): ExportTable {
  return { name: `region-${answer.code}`, columns: ['code', 'name_zh', 'name_en'], notes: [['region 地区', answer.name.zh]], rows: answer.cities.map((city) => [city.code, city.name.zh, city.name.en]) }
}

export function sourcesTable(answer: SourcesAnswer): ExportTable {
  return {
    name: 'sources', columns: ['code', 'name_zh', 'name_en', 'evidence', 'rhythm', 'last_as_of', 'last_accepted_at', 'reporting', 'due_on', 'days_late'], notes: [['as of 截至', answer.asOf]],
    rows: answer.sources.map((one) => [one.code, one.name.zh, one.name.en, one.evidence, one.rhythm, one.lastAsOf, one.lastAcceptedAt, one.reporting, one.dueOn, one.daysLate]),
  }
}
