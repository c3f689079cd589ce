import { describe, expect, test } from 'vitest'
import { editionFiles } from './files.js'

describe.each(['commercial-2025', 'us-therapeutics-2022'])('the edition %s', (code) => {
  const files = editionFiles(code)
  const drugs = files.drugs.map((drug) => drug.code)

  test('names only what it brings along', () => {
    const [companies, profiles, units] = [files.companies, files.profiles, files.regions.units].map((rows) => rows.map((row) => row.code)) as [string[], string[], string[]]
    for (const drug of files.drugs) expect(companies).toContain(drug.company)
    for (const source of files.sources) {
      expect(profiles).toContain(source.profile)
      if (source.company !== null) expect(companies).toContain(source.company)
      if (source.unit !== null) expect(source.scope.regions).toEqual([source.unit])
      for (const region of source.scope.regions ?? []) expect(units).toContain(region)
      for (const drug of source.scope.drugs ?? []) expect(drugs).toContain(drug)
    }
    for (const standard of files.standards) for (const unit of standard.units ?? []) expect(units).toContain(unit)
  })

  test('says of every drug who is eligible and, for each unit, once, what counts as covered, and why', () => {
    expect(files.eligibility.map((entry) => entry.drug)).toEqual(drugs)
    for (const drug of drugs) {
      for (const { code: unit } of files.regions.units) {
        expect(files.standards.filter((entry) => entry.drug === drug && (entry.units === null || entry.units.includes(unit))), `${drug} ${unit}`).toHaveLength(1)
      }
    }
    for (const entry of [...files.eligibility, ...files.standards]) expect(entry.reason).toMatchObject({ zh: expect.stringContaining('本版本'), en: expect.stringMatching(/this edition/i) as string })
  })

  test('gives no two drugs the same name to be searched by', () => {
    const names = files.drugs.flatMap((drug) => [...new Set([drug.code, ...drug.aliases].map((name) => name.toLowerCase()))])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('the commercial list of 2025', () => {
  const { drugs, companies, sources } = editionFiles('commercial-2025')

  test('has 19 drugs in list order from 18 companies, and a source for each company and unit', () => {
    expect(drugs.map((drug) => drug.code)).toEqual(Array.from({ length: 19 }, (_, index) => `CID2025${String(index + 1).padStart(3, '0')}`))
    expect(companies).toHaveLength(18)
    expect(sources.filter((source) => source.evidence === 'declared').map((source) => source.company)).toEqual(companies.map((company) => company.code))
    expect(sources.filter((source) => source.evidence === 'confirmed')).toHaveLength(32)
    expect(sources.filter((source) => source.evidence === 'supplied')).toHaveLength(1)
  })

  test('keeps statements fresh for 120 days where a drug is for few patients or not kept on a shelf, else for 45', () => {
    for (const drug of drugs) {
      expect(drug.freshnessDays).toBe(drug.rareDisease || drug.supplyForm !== 'shelf' ? 120 : 45)
      expect(drug.judgedBy).toBe(drug.rareDisease ? 'reach' : 'counts')
    }
  })
})
