import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Edition } from '@lastmile/db/load/load-edition'
import { CompaniesFile, DrugsFile, EditionFile, EligibilityFile, SourcesFile } from '@lastmile/shared/edition'
import { DutiesFile } from '@lastmile/shared/duty'
import { isDay } from '@lastmile/shared/day'
import { detailsOf, LadderFile } from '@lastmile/shared/ladder-fact'
import { RegionSetFile } from '@lastmile/shared/region'
import { Profile } from '@lastmile/shared/source'
import { contradictionsIn, StandardsFile } from '@lastmile/shared/standard'
import { cannotBeMetIn, citiesByUnit } from '@lastmile/shared/standard-limits'
import { Supervision } from '@lastmile/shared/supervision'
import { WorkingCalendar } from '@lastmile/shared/working-day'
import { BadDataFile } from './bad-data-file.js'
import { readDataFile } from './read-data-file.js'
import { parseTable } from './table.js'

/**
 * Reads the folder of a list edition: `list.json`, `companies.json`, `drugs.json`, `sources.json`, and where there are
 * any `eligibility.json`, `standards.json`, `duties.json`, `ladder.json` and `supervision.json`, with the region set, profiles and calendar that
 * `list.json` names.
 * @throws BadDataFile naming every problem of the first file that has one
 */
export async function readEdition(folder: string): Promise<Edition> {
  const list = await readJson(join(folder, 'list.json'), EditionFile)
  const regions = await readJson(join(folder, list.regions), RegionSetFile)
  const profiles = await Promise.all(list.profiles.map((path) => readJson(join(folder, path), Profile)))
  const companies = await readJson(join(folder, 'companies.json'), CompaniesFile)
  const drugs = await readJson(join(folder, 'drugs.json'), DrugsFile)
  const sources = await readJson(join(folder, 'sources.json'), SourcesFile)
  const filed = await readJson(join(folder, 'eligibility.json'), EligibilityFile, [])
  const standards = await readJson(join(folder, 'standards.json'), StandardsFile, [])
  const duties = await readJson(join(folder, 'duties.json'), DutiesFile, [])
  const ladder = await readJson(join(folder, 'ladder.json'), LadderFile, [])
  const eligibility = await Promise.all(filed.map(async (one) => ({ ...one, codes: await codesOf(folder, one.rules) })))
  const calendar = list.calendar === undefined ? null : await readJson(join(folder, list.calendar), WorkingCalendar)
  const supervision = (await isThere(join(folder, 'supervision.json'))) ? await readJson(join(folder, 'supervision.json'), Supervision) : null
  const edition: Edition = { list, regions, companies, drugs, profiles, sources, eligibility, standards, duties, ladder, calendar, supervision }
  checkReferences(folder, edition)
  return edition
}

/** What files say of each other must hold: a drug's company is in the list of companies, and so on. */
function checkReferences(folder: string, edition: Edition): void {
  const companies = new Set(edition.companies.map((one) => one.code))
  const drugs = new Set(edition.drugs.map((one) => one.code))
  const profiles = new Set(edition.profiles.map((one) => one.code))
  const units = new Set(edition.regions.units.map((one) => one.code))
  const check = (file: string, problems: (string | false)[]) => {
    const found = problems.filter((problem) => problem !== false)
    if (found.length > 0) throw new BadDataFile(join(folder, file), found)
  }
  const cities = new Set(edition.regions.regions.filter((one) => one.level === 'city').map((one) => one.code))
  check(edition.list.regions, [...duplicates('unit', edition.regions.units), ...duplicates('region', edition.regions.regions)])
  const { selfReports } = edition.list
  check('list.json', [selfReports !== undefined && !profiles.has(selfReports.profile) && `selfReports: profile "${selfReports.profile}" is not among the profiles that it names`])
  check('companies.json', duplicates('company', edition.companies))
  check('drugs.json', [...duplicates('drug', edition.drugs), ...edition.drugs.map((one) => !companies.has(one.company) && `drug ${one.code}: company "${one.company}" is not in companies.json`)])
  check('sources.json', [
    ...duplicates('source', edition.sources),
    ...edition.sources.map((one) => !profiles.has(one.profile) && `source ${one.code}: profile "${one.profile}" is not among the profiles that list.json names`),
    ...edition.sources.map((one) => one.company !== null && !companies.has(one.company) && `source ${one.code}: company "${one.company}" is not in companies.json`),
    ...edition.sources.map((one) => one.unit !== null && !units.has(one.unit) && `source ${one.code}: unit "${one.unit}" is not in the region set`),
    ...edition.sources.flatMap((one) => (one.scope.drugs ?? []).map((drug) => !drugs.has(drug) && `source ${one.code}: drug "${drug}" of its scope is not in drugs.json`)),
    ...edition.sources.flatMap((one) => (one.scope.regions ?? []).map((region) => !units.has(region) && !cities.has(region) && `source ${one.code}: "${region}" of its scope is no unit or city of the region set`)),
  ])
  check('eligibility.json', edition.eligibility.flatMap((one) => [
    !drugs.has(one.drug) && `drug "${one.drug}" is not in drugs.json`,
    one.rules.some((rule) => rule.by === 'reported') && (one.to !== null || one.from > edition.list.inForce)
      && `drug ${one.drug}: the rule {"by": "reported"} counts from the first report on and has no days of its own; its entry must have "to": null and a "from" no later than the list's inForce (${edition.list.inForce})`,
  ]))
  check('standards.json', edition.standards.flatMap((one) => [
    !drugs.has(one.drug) && `drug "${one.drug}" is not in drugs.json`,
    one.from < edition.list.inForce && `standard of ${one.drug}: it begins on ${one.from}, before the list came into force; let it begin on ${edition.list.inForce} or later`,
    ...[...one.units ?? [], ...one.servedBy.map(({ unit }) => unit)].map((unit) => !units.has(unit) && `standard of ${one.drug}: unit "${unit}" is not in the region set`),
  ]))
  check('standards.json', edition.drugs.flatMap(({ code }) => contradictionsIn(edition.standards.filter((one) => one.drug === code)).map(({ path, message }) => `standard of ${code}, ${path.join('.')}: ${message}`)))
  // Who is eligible is known once institutions are, and changes with them: what the files say themselves is how many cities there are.
  const citiesOf = citiesByUnit(edition.regions.units, edition.regions.regions)
  const limits = edition.regions.units.map(({ code }) => ({ code, cities: citiesOf.get(code)!, eligible: () => null }))
  check('standards.json', edition.standards.flatMap((one) => cannotBeMetIn([one], limits).map(({ unit, asked, most }) => `standard of ${one.drug}: it asks for ${asked} cities in each unit, and unit "${unit}" has ${most}: nobody could meet it there; write another rule for that unit`)))
  check('duties.json', [...duplicates('duty', edition.duties), ...edition.duties.flatMap(({ code, drugs: named }) => (named ?? []).map((drug) => !drugs.has(drug) && `duty ${code}: drug "${drug}" is not in drugs.json`))])
  check('ladder.json', [...duplicates('fact', edition.ladder), ...edition.ladder.flatMap(({ code, drugs: named, units: there, city, detail, rung }) => [
    ...(named ?? []).map((drug) => !drugs.has(drug) && `fact ${code}: drug "${drug}" is not in drugs.json`), ...(there ?? []).map((unit) => !units.has(unit) && `fact ${code}: unit "${unit}" is not in the region set`),
    city !== null && (!cities.has(city) || there?.length !== 1) && `fact ${code}: city "${city}" lies in one unit of the region set, which is to be named`,
    ...Object.entries(detail).map(([field, value]) => value !== null && !detailsOf[rung].includes(field as keyof typeof detail) && `fact ${code}: "${field}" belongs to no ${rung}`),
  ])])
}

function duplicates(what: string, rows: readonly { code: string }[]): string[] {
  const seen = new Set<string>()
  return rows.flatMap(({ code }) => (seen.has(code) ? [`${what} "${code}" stands there twice`] : (seen.add(code), [])))
}

/** The institution codes of the files that rules name: CSV with `institution_code` and optionally `from`, `to`. */
async function codesOf(folder: string, rules: EligibilityFile[number]['rules']): Promise<Edition['eligibility'][number]['codes']> {
  const codes: Edition['eligibility'][number]['codes'] = []
  for (const rule of rules) {
    if (rule.by !== 'file') continue
    const path = join(folder, rule.file)
    const { header, rows } = parseTable(await readDataFile(path), path)
    const at = (name: string) => header.indexOf(name)
    if (at('institution_code') < 0) throw new BadDataFile(path, ['the first row must name the column "institution_code"'])
    for (const { row, cells } of rows) {
      const day = (name: string): string | null => {
        const text = at(name) < 0 ? '' : cells[at(name)] ?? ''
        if (text !== '' && !isDay(text)) throw new BadDataFile(path, [`row ${row}: "${text}" is not a day (2026-01-31)`])
        return text === '' ? null : text
      }
      codes.push({ code: cells[at('institution_code')] ?? '', from: day('from'), to: day('to') })
    }
  }
  return codes
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema, missing?: z.infer<Schema>): Promise<z.infer<Schema>> {
  if (missing !== undefined && !(await isThere(path))) return missing
  // A byte-order mark before the text is no part of it: the decoder leaves it out.
  const text = new TextDecoder().decode(await readDataFile(path))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new BadDataFile(path, [`not JSON: ${(error as Error).message}`])
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new BadDataFile(path, parsed.error.issues.map((issue) => `${issue.path.join('.') || '(whole file)'}: ${issue.message}`))
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, (error: NodeJS.ErrnoException) => error.code !== 'ENOENT')
}
