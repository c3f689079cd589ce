import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { citiesAsking, demandClassOf, demandsToldFrom, demandStateOf, NewDemand, toldCities } from '@lastmile/shared/demand'

describe('how a demand stands', () => {
  const of = (own: object) => demandStateOf({ on: '2026-05-01', expiresOn: '2026-07-30', withdrawnOn: null, thereOn: null, ...own }, '2026-06-30')
  test('it is open, met by a later word, withdrawn, or over', () => {
    expect([of({}), of({ thereOn: '2026-05-02' }), of({ thereOn: '2026-05-01' }), of({ withdrawnOn: '2026-05-03', thereOn: '2026-05-02' }), of({ expiresOn: '2026-06-29' }), of({ expiresOn: '2026-06-30' })])
      .toEqual(['open', 'met', 'open', 'withdrawn', 'expired', 'open'])
  })
})

describe('which cities offices are told', () => {
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

describe('what a company is told of cities', () => {
  type One = { city: string | null; institution: string | null }
  const of = (city: string, n: number, name = city): One[] => Array.from({ length: n }, (_, i) => ({ city, institution: `${name}-${i}` }))
  const doctors = (city: string, n: number): One[] => Array.from({ length: n }, () => ({ city, institution: null }))
  /** All that a company reads of a unit and drug: how many demands there are, and the cities. */
  const told = (demands: readonly One[]) => ({ open: demands.length, cities: citiesAsking(demands) })

  test('those where five institutions ask, in classes; an institution once, however often it registers; of doctors none', () => {
    expect([1, 4, 5, 9, 10, 19, 20, 49, 50, 900].map(demandClassOf)).toEqual([null, null, { from: 5, to: 9 }, { from: 5, to: 9 }, { from: 10, to: 19 }, { from: 10, to: 19 }, { from: 20, to: 49 }, { from: 20, to: 49 }, { from: 50, to: null }, { from: 50, to: null }])
    expect(citiesAsking([...of('a', 5), ...of('b', 12), ...of('c', 4), ...of('c', 4), ...doctors('d', 40), { city: null, institution: 'nowhere' }])).toEqual([{ city: 'b', institutions: { from: 10, to: 19 } }, { city: 'a', institutions: { from: 5, to: 9 } }])
  })

  test('whatever is wanted, and whatever it registers itself as a doctor and withdraws again, a city with one to four looks as one with none', () => {
    const cities = ['a', 'b', 'c', 'd']
    const world = fc.array(fc.record({ city: fc.constantFrom(...cities), institution: fc.option(fc.integer({ min: 0, max: 14 }).map((n) => `h${n}`)) }), { maxLength: 60 })
    const own = fc.array(fc.record({ city: fc.constantFrom(...cities), withdraws: fc.boolean() }), { maxLength: 30 })
    fc.assert(fc.property(world, own, fc.constantFrom(...cities), fc.integer({ min: 0, max: 4 }), (raw, moves, city, fewer) => {
      // An institution lies in one city.
      const demands: One[] = raw.map((one) => ({ city: one.city, institution: one.institution === null ? null : `${one.city}-${one.institution}` }))
      const elsewhere = cities.find((one) => one !== city)!
      if (citiesAsking(demands).some((one) => one.city === city)) return
      // Another world: of as many demands, and in the city so few institutions and no doctor, or none at all.
      const rest = demands.filter((one) => one.city !== city)
      const few = Math.min(fewer, demands.length - rest.length)
      const other: One[] = [...rest, ...of(city, few), ...doctors(elsewhere, demands.length - rest.length - few)]
      let [mine, looks]: [One[], (readonly One[])[]] = [[], [[]]]
      for (const { city: at, withdraws } of moves) looks = [...looks, (mine = withdraws ? mine.slice(1) : [...mine, ...doctors(at, 1)])]
      for (const look of looks) expect(told([...demands, ...look])).toEqual(told([...other, ...look]))
    }), { numRuns: 500 })
  })
})

test('a demand takes no text of one\'s own', () => {
  const wanted = { drug: 'a', unit: '1', city: '2', patients: 'one_or_two', urgency: 'days' }
  expect(NewDemand.safeParse(wanted).success).toBe(true)
  for (const own of [{ note: 'call 13800138000' }, { patients: '3 people: Wang' }, { telephone: '13800138000' }, { urgency: 'soon' }]) expect(NewDemand.safeParse({ ...wanted, ...own }).success).toBe(false)
})
