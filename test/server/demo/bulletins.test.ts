import { drawnByLot, drawnUnsupplied } from '@lastmile/server/demo/demonstration'
import { describe, expect, test } from 'vitest'
import { countsOf, statesOf, stockedPairs, suppliedPairs } from './naive.js'
import { drugCalled, files, master, reports } from './world.js'

const declared = (asOf: string, knownOn?: string) =>
  countsOf(stockedPairs(statesOf(reports, master, files, { evidence: 'declared', asOf, ...(knownOn ? { knownOn } : {}) })), master)

describe('the demonstration agrees with what was published', () => {
  test('as of 2026-01-11 companies declare 16 of 19 drugs in 965 institutions, 449 hospitals and 516 pharmacies', () => {
    const counts = declared('2026-01-11')
    expect(files.drugs).toHaveLength(19)
    expect(counts).toMatchObject({ drugs: 16, institutions: 965, hospitals: 449, pharmacies: 516 })
  })

  test('as of 2026-01-11 twelve drugs are in more than 10 units, seven in more than 20, ipilimumab in more than 30', () => {
    const counts = declared('2026-01-11')
    expect([counts.inMoreThan(10), counts.inMoreThan(20)]).toEqual([12, 7])
    expect(counts.inMoreThan(30)).toBeGreaterThan(0)
    expect(counts.units.get(drugCalled('ipilimumab'))).toBeGreaterThan(30)
  })

  test.each([['ipilimumab', 300], ['lecanemab', 300], ['equecabtagene-autoleucel', 200], ['zevorcabtagene-autoleucel', 200]])('as of 2026-01-11 %s is in more than %i institutions', (slug, bound) => {
    expect(declared('2026-01-11').perDrug.get(drugCalled(slug))?.size).toBeGreaterThan(bound)
  })

  test('the unstocked three are those drawn by lot, and none that a bulletin names', () => {
    const stocked = declared('2026-01-11').perDrug
    expect(files.drugs.map((drug) => drug.code).filter((code) => !stocked.has(code))).toEqual(drawnByLot)
    for (const slug of ['ipilimumab', 'lecanemab', 'donanemab', 'equecabtagene-autoleucel', 'zevorcabtagene-autoleucel']) expect(drawnByLot).not.toContain(drugCalled(slug))
  })

  test('as of 2026-01-20, since 2026-01-01, 14 drugs were sold in 223 institutions: lecanemab in 156, donanemab in 46, five nowhere', () => {
    const counts = countsOf(suppliedPairs(reports, '2026-01-01', '2026-01-20'), master)
    expect(counts).toMatchObject({ drugs: 14, institutions: 223 })
    expect([counts.perDrug.get(drugCalled('lecanemab'))?.size, counts.perDrug.get(drugCalled('donanemab'))?.size]).toEqual([156, 46])
    expect(files.drugs.map((drug) => drug.code).filter((code) => !counts.perDrug.has(code))).toEqual(drawnUnsupplied)
  })

  test('as of 2026-05-31 companies declare 1,486 institutions', () => {
    expect(declared('2026-05-31').institutions).toBe(1486)
  })

  test('known on 2026-01-13, before a company corrected its list, the 965 were 971', () => {
    expect(declared('2026-01-11', '2026-01-13T00:00:00.000Z').institutions).toBe(971)
    expect(declared('2026-01-11', '2026-01-14T12:00:00.000Z').institutions).toBe(965)
  })

  test('no later report moves the published days', () => {
    expect(declared('2026-01-11', '2026-01-15T00:00:00.000Z').institutions).toBe(declared('2026-01-11').institutions)
    expect(declared('2026-05-31', '2026-06-08T00:00:00.000Z').institutions).toBe(1486)
  })
})
