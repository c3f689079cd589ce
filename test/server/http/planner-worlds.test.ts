import { describe, expect, test } from 'vitest'
import { PlannerAnswer, type PlannerQuestion } from '@lastmile/shared/planner'
import { distanceKm, type Position } from '@lastmile/shared/position'
import type { ActorFacts } from '../../support/actors.js'
import { regions } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { list } from './country.js'
import { doorOf, type Door } from './door.js'

/* Plans of several worlds, through the door. */

const ask = (door: Door, body: Partial<PlannerQuestion> & object) => door.ask(`${list}/planner`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ drug: 'alpha', evidence: 'confirmed', km: 50, ...body }) })
const planned = async (door: Door, body: Partial<PlannerQuestion> & object) => PlannerAnswer.parse(await (await ask(door, body)).json())

test('of the Corps, whose institutions lie in cities of another unit, a plan is made where these lie, of its own alone', async () => {
  const { services } = await given({
    institutions: { H1: { at: '650100', lat: 43, lng: 87 }, H2: { at: '650200', lat: 41, lng: 80 }, H3: { at: '650200', unit: '660000', lat: 41.1, lng: 80.1 }, H4: { at: '100100', lat: 40, lng: 116 } },
    reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }],
  })
  const door = (who: ActorFacts) => doorOf(services, who)
  const [operator, corps, west] = [door({ role: 'operator' }), door({ role: 'province_officer', unit: '660000' }), door({ role: 'province_officer', unit: '650000' })]
  const of = async (one: Door, region?: string) => {
    const { places, candidates, chosen } = await planned(one, { ...(region === undefined ? {} : { region }), count: 5 })
    return `${places.total} places, ${candidates.total} candidates: ${chosen.map(({ code }) => code).join()}`
  }
  for (const [one, region] of [[operator, '660000'], [corps], [corps, '650200'], [door({ role: 'city_officer', unit: '660000', city: '650200' })]] as const) expect(await of(one, region)).toBe('1 places, 1 candidates: H3')
  expect([await of(west), await of(west, '650200'), await of(door({ role: 'city_officer', unit: '650000', city: '650200' }))]).toEqual(['2 places, 1 candidates: H2', '1 places, 1 candidates: H2', '1 places, 1 candidates: H2'])
  // The city itself has those of both; a city in which the Corps has nobody is none of its own.
  expect((await planned(operator, { region: '650200' })).candidates.total).toBe(2)
  expect([(await ask(corps, { region: '650100' })).status, (await ask(corps, { region: '100100' })).status, (await ask(west, { region: '100100' })).status]).toEqual([404, 404, 404])
})

describe('of all ways to choose among the eligible', () => {
  /** Where institutions stand: of the file of the eligible all but H9; H1 and H9 have it today, H2 ran out. */
  const at: Record<string, Position & { city: string }> = {
    H1: { city: '100100', lat: 40.1, lng: 116.1 }, H2: { city: '100200', lat: 40.9, lng: 117.2 }, H3: { city: '200100', lat: 25.3, lng: 110.4 }, H4: { city: '200200', lat: 25.6, lng: 110.6 }, H5: { city: '300100', lat: 31.2, lng: 120.8 },
    H6: { city: '650100', lat: 42.7, lng: 86.2 }, H7: { city: '650200', lat: 41.4, lng: 81.9 }, H8: { city: '650100', lat: 41.9, lng: 83.6 }, H9: { city: '300100', lat: 31.1, lng: 121.1 },
  }
  const notEligible = 'H9'
  const today = ['H1', 'H9']
  const places = regions.regions.filter(({ level }) => level === 'city').map(({ centroid }) => ({ lat: centroid![0], lng: centroid![1] }))
  const waysOf = <One>(all: readonly One[], most: number): One[][] => (all.length === 0 || most === 0 ? [[]] : [...waysOf(all.slice(1), most), ...waysOf(all.slice(1), most - 1).map((others) => [all[0]!, ...others])])

  test('the plan is the best for either goal, keeps those that have it, chooses no other, and says so of more than there are', async () => {
    const { services } = await given({
      eligibility: [{ drug: 'alpha', rules: [{ by: 'file', file: 'alpha.csv' }] }], files: { 'alpha.csv': `institution_code\n${Object.keys(at).filter((code) => code !== notEligible).join('\n')}\n` },
      institutions: Object.fromEntries(Object.entries(at).map(([code, { city, lat, lng }]) => [code, { at: city, lat, lng }])),
      reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: [...today.map((code) => `${code} alpha in_stock`), 'H2 alpha out_of_stock'] }],
    })
    const operator = doorOf(services)
    const open = Object.keys(at).filter((code) => code !== notEligible && !today.includes(code))
    for (const goal of ['most', 'farthest'] as const) {
      for (const km of [30, 120, 400]) {
        for (const count of [1, 2, 3, 20]) {
          const worth = (chosen: readonly string[]) => {
            const nearest = places.map((place) => Math.min(...[...today, ...chosen].map((code) => distanceKm(place, at[code]!))))
            return goal === 'most' ? nearest.filter((one) => one <= km).length : -Math.max(...nearest)
          }
          const best = waysOf(open, Math.min(count, open.length)).reduce((most, way) => Math.max(most, worth(way)), -Infinity)
          const plan = await planned(operator, { goal, km, count })
          const chosen = plan.chosen.map(({ code }) => code)
          const what = `${goal}, ${km} km, ${count}`
          expect([plan.isBest, plan.gap, plan.candidates.byEligibility, plan.candidates.total, plan.stocked.total], what).toEqual([true, 0, true, open.length, today.length])
          expect(chosen.every((code) => open.includes(code)) && chosen.length <= count, what).toBe(true)
          expect(worth(chosen), what).toBeCloseTo(best, 6)
          expect(goal === 'most' ? plan.after.places : -plan.after.farthestKm!, what).toBeCloseTo(best, goal === 'most' ? 6 : 0)
          // What each adds stands beside what all before it come to.
          expect(plan.chosen.reduce((sum, { gained }) => sum + gained.places, plan.before.places), what).toBe(plan.after.places)
        }
      }
    }
  }, 120_000)
})
