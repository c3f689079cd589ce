import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demandsToldFrom, demandStateOf, NewDemand, toldCities } from '@lastmile/shared/demand'

describe('how a demand stands', () => {
  const of = (own: object) => demandStateOf({ on: '2026-05-01', expiresOn: '2026-07-30', withdrawnOn: null, thereOn: null, ...own }, '2026-06-30')
  test('it is open, met by a later word, withdrawn, or over', () => {
    expect([of({}), of({ thereOn: '2026-05-02' }), of({ thereOn: '2026-05-01' }), of({ withdrawnOn: '2026-05-03', thereOn: '2026-05-02' }), of({ expiresOn: '2026-06-29' }), of({ expiresOn: '2026-06-30' })])
      .toEqual(['open', 'met', 'open', 'withdrawn', 'expired', 'open'])
  })
})

describe('which cities are told', () => {
  const told = (...demands: number[]) => { const { told: cities, others } = toldCities(demands.map((one) => ({ demands: one }))); return [cities.map((one) => one.demands), others] }
  test('none below five, nor what would give it away by the sum of the unit', () => {
    expect([told(7), told(4), told(7, 2), told(9, 6, 1), told(9, 6, 3, 2), told(9, 6), told(9, 5, 4), told()]).toEqual([[[7], 0], [[], 4], [[], 9], [[9], 7], [[9, 6], 5], [[9, 6], 0], [[9], 9], [[], 0]])
  })
  test('whatever is wanted: what is told and the others are the unit together, and the others are none, five or more, or all there is', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }), (demands) => {
      const { told: cities, others } = toldCities(demands.map((one) => ({ demands: one })))
      const all = demands.reduce((sum, one) => sum + one, 0)
      expect(cities.reduce((sum, one) => sum + one.demands, 0) + others).toBe(all)
      expect(cities.every((one) => one.demands >= demandsToldFrom)).toBe(true)
      expect(others === 0 || others >= demandsToldFrom || (cities.length === 0 && others === all)).toBe(true)
    }))
  })
})

test('a demand takes no text of one\'s own', () => {
  const wanted = { drug: 'a', unit: '1', city: '2', patients: 'one_or_two', urgency: 'days' }
  expect(NewDemand.safeParse(wanted).success).toBe(true)
  for (const own of [{ note: 'call 13800138000' }, { patients: '3 people: Wang' }, { telephone: '13800138000' }, { urgency: 'soon' }]) expect(NewDemand.safeParse({ ...wanted, ...own }).success).toBe(false)
})
