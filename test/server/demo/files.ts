import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CompaniesFile, DrugsFile, EditionFile, EligibilityFile, SourcesFile } from '@lastmile/shared/edition'
import { RegionSetFile } from '@lastmile/shared/region'
import { Profile } from '@lastmile/shared/source'
import { StandardsFile } from '@lastmile/shared/standard'

const editions = fileURLToPath(new URL('../../../db/editions/', import.meta.url))

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(editions, ...path), 'utf8'))

/** The files of an edition, each parsed by its schema. */
export function editionFiles(code: string) {
  const list = EditionFile.parse(json(code, 'list.json'))
  return {
    list,
    regions: RegionSetFile.parse(json(code, list.regions)),
    profiles: list.profiles.map((path) => Profile.parse(json(code, path))),
    companies: CompaniesFile.parse(json(code, 'companies.json')),
    drugs: DrugsFile.parse(json(code, 'drugs.json')),
    sources: SourcesFile.parse(json(code, 'sources.json')),
    eligibility: EligibilityFile.parse(json(code, 'eligibility.json')),
    standards: StandardsFile.parse(json(code, 'standards.json')),
  }
}
