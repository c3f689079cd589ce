import { drawnByLot, demonstrationToday } from '@lastmile/server/demo/demonstration'
import { standingOf } from '@lastmile/shared/standing'
import { beforeAll, describe, expect, test } from 'vitest'
import { countsOf, statesOf, stockedPairs, suppliedPairs } from './naive.js'
import { files, master, reports } from './world.js'

const states = (evidence: string, asOf: string) => statesOf(reports, master, files, { evidence, asOf })
let declared: ReturnType<typeof states>
let confirmed: ReturnType<typeof states>
const unitOf = (pair: string) => master.get(pair.split(' ')[0] ?? '')?.unit

beforeAll(() => {
  declared = states('declared', demonstrationToday)
  confirmed = states('confirmed', demonstrationToday)
})

describe('the demonstration contains what life contains', () => {
  test('provinces confirm in every state there is', () => {
    const all = new Set(['2026-04-30', '2026-05-31', '2026-06-30'].flatMap((day) => [...states('confirmed', day).values()]))
    expect([...all].sort()).toEqual(['discontinued', 'in_stock', 'not_carried', 'not_known', 'not_reported', 'on_order', 'out_of_stock', 'stale'])
  })

  test('every standing occurs today', () => {
    const supplied = suppliedPairs(reports, '2026-01-01', demonstrationToday)
    const ever = new Set(reports.filter((report) => report.evidence === 'declared').flatMap((report) => report.rows.filter((row) => row.status === 'in_stock').map((row) => `${row.institution} ${row.drug}`)))
    const pairs = new Set([...declared.keys(), ...confirmed.keys(), ...supplied])
    const standings = new Set([...pairs].map((pair) => standingOf({ declared: declared.get(pair) ?? null, confirmed: confirmed.get(pair) ?? null, supplied: supplied.has(pair), everDeclared: ever.has(pair) })))
    expect([...standings].sort()).toEqual(['absent', 'confirmed', 'contradicted', 'declared_only', 'supplied', 'supplied_never_declared', 'unknown'])
  })

  test('one province has never reported, others lack months, June has come from a few', () => {
    const monthsOf = new Map(files.sources.flatMap((source) => (source.unit ? [[source.code, new Set(reports.filter((report) => report.source === source.code).map((report) => report.period))] as const] : [])))
    const counts = [...monthsOf.values()].map((months) => months.size)
    expect(counts.filter((count) => count === 0)).toHaveLength(1)
    expect(counts.filter((count) => count > 0 && count < 5).length).toBeGreaterThan(3)
    const june = [...monthsOf.values()].filter((months) => months.has('2026-06')).length
    expect(june).toBeGreaterThan(2)
    expect(june).toBeLessThan(12)
  })

  test('a late report of a month arrives after the next month’s', () => {
    const late = reports.filter((report, index) => report.corrects === null && reports.slice(0, index).some((earlier) => earlier.source === report.source && earlier.asOf > report.asOf))
    expect(late.length).toBeGreaterThan(0)
  })

  test('some drugs are at hospitals alone in a province, some at pharmacies alone', () => {
    const kindsOf = new Map<string, Set<string>>()
    for (const pair of stockedPairs(declared)) {
      const cell = `${unitOf(pair)} ${pair.split(' ')[1]}`
      kindsOf.set(cell, (kindsOf.get(cell) ?? new Set()).add(master.get(pair.split(' ')[0] ?? '')?.kind ?? ''))
    }
    const alone = (kind: string) => [...kindsOf.values()].filter((kinds) => kinds.size === 1 && kinds.has(kind)).length
    expect(alone('hospital')).toBeGreaterThan(5)
    expect(alone('pharmacy')).toBeGreaterThan(5)
  })

  test('in one province confirmed coverage falls by more than half from February to May', () => {
    const per = (day: string) => {
      const counts = new Map<string, number>()
      for (const pair of stockedPairs(states('confirmed', day))) counts.set(unitOf(pair) ?? '', (counts.get(unitOf(pair) ?? '') ?? 0) + 1)
      return counts
    }
    const [before, after] = [per('2026-02-28'), per('2026-05-31')]
    const fell = [...before].filter(([unit, count]) => count > 10 && reports.some((report) => report.source === `province-${unit}` && report.period === '2026-05') && (after.get(unit) ?? 0) < count / 2)
    expect(fell.length).toBeGreaterThan(0)
  })

  test('institutions open and close, pairs are left out, cell therapies are made to order', () => {
    expect([...master.values()].filter((row) => row.openedOn)).not.toHaveLength(0)
    expect([...master.values()].filter((row) => row.closedOn && [...declared.keys(), ...reports.flatMap((report) => report.rows.map((one) => `${one.institution} ${one.drug}`))].some((pair) => pair.startsWith(row.code)))).not.toHaveLength(0)
    expect([...declared.values()].filter((state) => state === 'not_reported').length).toBeGreaterThan(20)
    const cells = new Set(files.drugs.filter((drug) => drug.supplyForm === 'made_for_patient').map((drug) => drug.code))
    expect([...confirmed].filter(([pair, state]) => state === 'on_order' && cells.has(pair.split(' ')[1] ?? '')).length).toBeGreaterThan(50)
  })

  test('today two of the drawn drugs are still declared nowhere, and every other drug somewhere', () => {
    const stocked = countsOf(stockedPairs(declared), master).perDrug
    const unstocked = files.drugs.map((drug) => drug.code).filter((code) => !stocked.has(code))
    expect(unstocked).toHaveLength(2)
    for (const code of unstocked) expect(drawnByLot).toContain(code)
  })

  test('on no day is a drug declared nowhere that was not drawn', () => {
    for (const day of ['2026-01-25', '2026-02-15', '2026-03-15', '2026-03-28', '2026-04-15', '2026-05-15', '2026-06-20']) {
      const stocked = countsOf(stockedPairs(states('declared', day)), master).perDrug
      expect(files.drugs.map((drug) => drug.code).filter((code) => !stocked.has(code) && !drawnByLot.includes(code)), day).toEqual([])
    }
  })

  test('corrections are accepted later for every kind of evidence', () => {
    expect(new Set(reports.filter((report) => report.corrects !== null).map((report) => report.evidence))).toEqual(new Set(['declared', 'confirmed', 'supplied']))
  })
})
