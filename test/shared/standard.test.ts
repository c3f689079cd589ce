import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contradictionsIn, fallsShort, reachedPercent, residentsReached, ruleFor, rulesOn, StandardChange, type Reached } from '@lastmile/shared/standard'
import { ruleSaid, type RuleFacts } from '../support/standards.js'

const there = (institutions: number, cities: number, reached: Reached | null = null) => ({ institutions, cities, reached })

describe('what there is falls short of a rule', () => {
  test('where there are fewer institutions or cities than it asks', () => {
    const rule = ruleSaid({ minInstitutions: 3, minCities: 2 })
    expect([there(3, 2), there(2, 2), there(3, 1), there(9, 9)].map((one) => fallsShort(rule, one))).toEqual([false, true, true, false])
  })

  test('where fewer residents are within reach; where no population is loaded, the reach decides nothing', () => {
    const rule = ruleSaid({ minInstitutions: 0, reach: { km: 150, share: 90 } })
    expect([there(0, 0, { within: 90, all: 100 }), there(0, 0, { within: 8_999, all: 10_000 }), there(0, 0, null)].map((one) => fallsShort(rule, one))).toEqual([false, true, false])
    expect(fallsShort(rule, there(0, 0, { within: 0, all: 0 })), 'where nobody lives').toBe(true)
    expect(fallsShort(ruleSaid({ minInstitutions: 1, reach: { km: 150, share: 90 } }), there(0, 0, null))).toBe(true)
  })
})

test('for a unit the latest rule holds that speaks of it and has begun', () => {
  const [all, north, later] = [ruleSaid(), ruleSaid({ from: '2026-03-01', units: ['100000'] }), ruleSaid({ from: '2026-09-01' })]
  const rules = [all, north, later]
  expect([ruleFor(rules, '100000', '2026-02-28'), ruleFor(rules, '100000', '2026-03-01'), ruleFor(rules, '200000', '2026-03-01'), ruleFor(rules, '200000', '2025-12-31')]).toEqual([all, north, all, null])
  expect(rulesOn(rules, ['100000', '200000'], '2026-06-30')).toEqual([all, north])
  expect(rulesOn(rules, ['100000'], '2026-06-30')).toEqual([north])
})

test('exactly the share that is asked is enough, whatever it is, and is said as it is', () => {
  for (let share = 1; share <= 100; share++) {
    const rule = ruleSaid({ minInstitutions: 0, reach: { km: 150, share } })
    for (const all of [100, 700, 1_234_500]) {
      expect([fallsShort(rule, there(0, 0, { within: (share * all) / 100, all })), fallsShort(rule, there(0, 0, { within: (share * all) / 100 - 1, all }))], `${share} % of ${all}`).toEqual([false, true])
      expect(reachedPercent({ within: (share * all) / 100, all })).toBe(share)
    }
  }
})

describe('residents within reach', () => {
  const cities = [{ population: 3_000_000, lat: 40, lng: 116 }, { population: 1_000_000, lat: 41, lng: 117 }]

  test('are those of the cities whose middle lies near enough to any institution', () => {
    expect([residentsReached(cities, [], 150), residentsReached(cities, [{ lat: 40, lng: 116 }], 100), residentsReached(cities, [{ lat: 40, lng: 116 }], 200)].map(({ within, all }) => `${within} of ${all}`)).toEqual(['0 of 4000000', '3000000 of 4000000', '4000000 of 4000000'])
  })

  test('never become fewer with one institution more, or with a longer way', () => {
    const place = fc.record({ lat: fc.double({ min: 20, max: 50, noNaN: true }), lng: fc.double({ min: 80, max: 130, noNaN: true }) })
    fc.assert(fc.property(fc.array(place, { maxLength: 6 }), place, fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 500 }), (places, more, km, farther) => {
      const { within } = residentsReached(cities, places, km)
      expect(residentsReached(cities, [...places, more], km).within).toBeGreaterThanOrEqual(within)
      expect(residentsReached(cities, places, km + farther).within).toBeGreaterThanOrEqual(within)
    }))
  })
})

test.each<[string, RuleFacts[], string]>([
  ['two that begin on one day for all units', [{}, {}], 'rules.1.units'], ['two that begin on one day for one unit', [{ units: ['100000', '200000'] }, { units: ['200000'] }], 'rules.1.units'],
  ['a unit served by two', [{ servedBy: [{ unit: '100000', institution: 'H1' }, { unit: '100000', institution: 'H2' }] }], 'rules.0.servedBy.1.unit'],
  ['a unit served of which the rule does not speak', [{ units: ['100000'], servedBy: [{ unit: '200000', institution: 'H1' }] }], 'rules.0.servedBy.0.unit'],
])('rules that cannot stand beside each other are refused with their place: %s', (_, rules, path) => {
  const { error } = StandardChange.safeParse({ rules: rules.map(ruleSaid), why: 'a test' })
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  expect(contradictionsIn([ruleSaid({ units: ['100000'] }), ruleSaid({ units: ['200000'] }), ruleSaid({ from: '2026-02-01' })])).toEqual([])
})
