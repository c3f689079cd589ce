import { beforeAll, describe, expect, test } from 'vitest'
import { CandidatesAnswer, PlannerAnswer, type CandidatesQuestion, type PlannerQuestion } from '@lastmile/shared/planner'
import { Problem } from '@lastmile/shared/problem'
import type { LiveEvent } from '@lastmile/server/lib/events'
import { inPlanningTurn } from '@lastmile/server/planner/plan-in-thread'
import { regions } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { list } from './country.js'
import { doorOf, type Door } from './door.js'

/*
 * Where else a drug should be had. In the North alpha is to be had at H1 alone, in city 100100; city 100200 lies some 140 km away. Eligible there
 * are H2 and H3 (both in 100200) and P1, which nobody can find on the map.
 */

let world: World
let doors: Record<'operator' | 'north' | 'west' | 'city' | 'acme' | 'bestco', Door>
beforeAll(async () => {
  world = await given({
    regions: { ...regions, regions: regions.regions.map((one) => (one.level === 'city' && one.parent === '100000' ? { ...one, population: one.code === '100100' ? 3_000_000 : 2_000_000 } : one)) },
    eligibility: [{ drug: 'alpha', rules: [{ by: 'file', file: 'alpha.csv' }] }], files: { 'alpha.csv': 'institution_code\nH1\nH2\nH3\nP1\nH4\n' },
    institutions: {
      H1: { at: '100100', lat: 40, lng: 116 }, H2: { at: '100200', lat: 41.01, lng: 117 }, H3: '100200', H4: { at: '200100', lat: 25, lng: 110 }, P1: { at: '100000' }, H5: { at: '650100', lat: 43, lng: 87 },
    },
    reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H3 alpha out_of_stock', 'H2 alpha not_carried', 'H5 beta in_stock'] }],
  })
  const { services } = world
  doors = {
    operator: doorOf(services), north: doorOf(services, { role: 'province_officer', unit: '100000' }), west: doorOf(services, { role: 'province_officer', unit: '650000' }), city: doorOf(services, { role: 'city_officer', unit: '100000', city: '100200' }),
    acme: doorOf(services, { role: 'company', company: 'acme' }), bestco: doorOf(services, { role: 'company', company: 'bestco' }),
  }
})

const usual = { drug: 'alpha', evidence: 'confirmed', count: 1, km: 50, region: '100000' }

function ask(body: Partial<PlannerQuestion> & object, door: Door = doors.operator, signal?: AbortSignal): Promise<Response> {
  return door.ask(`${list}/planner`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...usual, ...body }), ...(signal ? { signal } : {}) })
}

const planned = async (body: object = {}, door?: Door) => PlannerAnswer.parse(await (await ask(body, door)).json())

async function refused(body: object, door?: Door): Promise<[number, string, string | undefined]> {
  const answer = await ask(body, door)
  const { code, field } = Problem.parse(await answer.json()).error
  return [answer.status, code, field]
}

function askWho(body: Partial<CandidatesQuestion> & object = {}, door: Door = doors.operator): Promise<Response> {
  const { drug, evidence, km, region } = usual
  return door.ask(`${list}/planner/candidates`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ drug, evidence, km, region, ...body }) })
}

const candidates = async (body: object = {}, door?: Door) => CandidatesAnswer.parse(await (await askWho(body, door)).json())

describe('the numbers of a plan open whom they count', () => {
  const codes = async (body: object = {}, door?: Door) => (await candidates(body, door)).rows.map(({ code, spot, state }) => `${code} ${spot} ${state ?? 'nothing'}`)

  test('all candidates, who is nearest to having it first, and those that stand nowhere, or at the middle of their city', async () => {
    const { rows, ...answer } = await candidates()
    expect(answer).toMatchObject({ basis: { evidence: 'confirmed', asOf: '2026-06-30' }, drug: 'alpha', region: '100000', km: 50, byEligibility: true, spot: null, alikeTo: null, page: { offset: 0, limit: 50, total: 3 } })
    expect(rows[0]).toMatchObject({ code: 'H3', name: 'Name of H3', kind: 'hospital', unit: '100000', city: '100200', spot: 'city', state: 'out_of_stock' })
    expect(await codes()).toEqual(['H3 city out_of_stock', 'H2 own not_carried', 'P1 none nothing'])
    const { candidates: counted } = await planned()
    expect([(await candidates()).page.total, (await candidates({ spot: 'city' })).page.total, (await candidates({ spot: 'none' })).page.total]).toEqual([counted.total, counted.atMiddle, counted.unplaced])
    expect([await codes({ spot: 'city' }), await codes({ spot: 'own' }), await codes({ spot: 'none' })]).toEqual([['H3 city out_of_stock'], ['H2 own not_carried'], ['P1 none nothing']])
    expect([await codes({ kinds: ['pharmacy'] }), await codes({ region: '100200' }), await codes({ levels: ['none'] })]).toEqual([['P1 none nothing'], ['H3 city out_of_stock', 'H2 own not_carried'], []])
  })

  test('who reaches the same as one that is chosen, itself left out', async () => {
    const { chosen: [first] } = await planned()
    expect([first!.code, first!.alike, await codes({ alikeTo: first!.code })]).toEqual(['H3', 1, ['H2 own not_carried']])
    // Within a longer way it is to be had today wherever either reaches, so both reach nobody anew.
    expect(await codes({ alikeTo: 'H2', km: 200 })).toEqual(['H3 city out_of_stock'])
    const unknown = async (alikeTo: string) => Problem.parse(await (await askWho({ alikeTo })).json()).error.code
    // Who has it today is no candidate, nor is who stands nowhere one of whom anything is reached.
    expect([await unknown('H1'), await unknown('P1'), await unknown('none')]).toEqual(['planner.not_candidate', 'planner.not_candidate', 'planner.not_candidate'])
  })

  test('page by page, and all of them as a file', async () => {
    expect([await codes({ limit: 2 }), await codes({ limit: 2, offset: 2 })]).toEqual([['H3 city out_of_stock', 'H2 own not_carried'], ['P1 none nothing']])
    const file = await askWho({ format: 'csv', limit: 1 })
    const lines = (await file.text()).split('\r\n')
    expect(file.headers.get('content-disposition')).toContain('planner-candidates-tiny-2026-alpha-confirmed-2026-06-30.csv')
    expect(lines.slice(1, 4).map((line) => line.split(',').filter((_, at) => [0, 6, 7].includes(at)).join())).toEqual(['H3,city,out_of_stock', 'H2,yes,not_carried', 'P1,no,'])
    expect(lines.join('\n')).toContain('3 eligible')
    expect((await askWho({ format: 'xlsx' })).headers.get('content-type')).toContain('spreadsheet')
  })

  test('for whom a plan is made, and for nobody else', async () => {
    const refusal = async (body: object, door: Door) => { const answer = await askWho(body, door); return [answer.status, Problem.parse(await answer.json()).error.code] }
    expect([await codes({ region: undefined }, doors.city), await codes({ region: undefined }, doors.north), (await askWho({}, doors.acme)).status]).toEqual([['H3 city out_of_stock', 'H2 own not_carried'], ['H3 city out_of_stock', 'H2 own not_carried', 'P1 none nothing'], 200])
    expect([await refusal({}, doors.west), await refusal({}, doors.bestco), await refusal({ knownOn: '2026-03-01T00:00:00.000Z' }, doors.operator), await refusal({ spot: 'moon' }, doors.operator)]).toEqual([[404, 'region.not_found'], [404, 'drug.not_found'], [400, 'question.known_on'], [400, 'question.invalid']])
  })
})

describe('who plans where else a drug should be had', () => {
  test('is told whom to choose, what it adds, how things stand before and after, and that there is nothing better', async () => {
    const answer = await planned()
    expect(answer).toMatchObject({
      basis: { list: 'tiny-2026', evidence: 'confirmed', asOf: '2026-06-30', knownOn: null }, drug: 'alpha', region: '100000', goal: 'most', count: 1, km: 50, by: 'city', residents: true,
      places: { total: 2, unplaced: 0, peopled: 2 }, candidates: { byEligibility: true, total: 3, unplaced: 1, atMiddle: 1 }, stocked: { total: 1, unplaced: 0 },
      before: { places: 1, residents: 3_000_000 }, after: { places: 2, residents: 5_000_000 }, bound: 5_000_000, isBest: true, gap: 0,
    })
    // Both reach the same. Who ran out is nearer to having it than who never admitted it; nobody says where he is, so the middle of his city stands for it.
    expect(answer.chosen).toMatchObject([{ no: 1, code: 'H3', state: 'out_of_stock', alike: 1, isAtMiddle: true, gained: { places: 1, residents: 2_000_000 }, after: answer.after }])
    expect(answer.rows.map(({ code, reached, today, after }) => [code, reached, today?.institution, after?.institution, after?.km])).toEqual([['100100', 'today', 'H1', 'H1', 0], ['100200', 'chosen', 'H1', 'H3', 0]])
    expect(answer.today.map(({ code }) => code)).toEqual(['H1'])
  })

  test('may ask that the farthest be nearest, of kinds alone, and of a city; the same question has the same answer', async () => {
    const farthest = await planned({ goal: 'farthest' })
    expect([farthest.before.farthestKm, farthest.after.farthestKm, farthest.bound, farthest.isBest, farthest.chosen.map(({ code, alike }) => [code, alike])]).toEqual([139.7, 0, 0, true, [['H3', null]]])
    expect(await planned({ goal: 'farthest' })).toEqual(farthest)
    expect((await planned({ kinds: ['pharmacy'] })).chosen).toEqual([])
    const city = await planned({ region: '100200', count: 5 })
    expect([city.places.total, city.candidates.total, city.chosen.length]).toEqual([1, 2, 1])
  })

  test('of the whole country counts every place the same where not all residents are loaded, and says so', async () => {
    const nation = await planned({ region: undefined, count: 9 })
    expect(nation).toMatchObject({ residents: false, populationSource: null, places: { total: 7, peopled: 2 }, before: { places: 1, residents: null }, after: { places: 3 }, gap: 0 })
    expect(nation.chosen.map(({ code }) => code)).toEqual(['H3', 'H4'])
    // Of a drug that nobody has under this kind of evidence, there is nowhere to go today; who is eligible, nobody says.
    const gamma = await planned({ drug: 'gamma', region: undefined, goal: 'farthest' })
    expect([gamma.before.farthestKm, gamma.stocked.total, gamma.candidates.byEligibility, gamma.candidates.total, gamma.rows.every(({ today }) => today === null)]).toEqual([null, 0, false, 6, true])
  })

  test('a province plans for itself, a city for itself, a company for its own drugs; of others each hears that there is none', async () => {
    expect([(await planned({ region: undefined }, doors.north)).region, (await planned({ region: undefined }, doors.city)).region]).toEqual(['100000', '100200'])
    expect((await ask({ region: '100200' }, doors.north)).status).toBe(200)
    expect(await refused({}, doors.west)).toEqual([404, 'region.not_found', undefined])
    expect([await refused({}, doors.city), await refused({}, doors.bestco), (await ask({}, doors.acme)).status]).toEqual([[404, 'region.not_found', undefined], [404, 'drug.not_found', undefined], 200])
  })

  test('is told what is wrong with a question', async () => {
    expect([await refused({ count: 0 }), await refused({ km: 0 }), await refused({ knownOn: '2026-03-01T00:00:00.000Z' }), await refused({ asOf: '2026-07-01' })]).toEqual([
      [400, 'question.invalid', 'count'], [400, 'question.invalid', 'km'], [400, 'question.known_on', 'knownOn'], [400, 'question.future', 'asOf'],
    ])
    expect([await refused({ drug: 'none' }), await refused({ region: '999999' })]).toEqual([[404, 'drug.not_found', undefined], [404, 'region.not_found', undefined]])
  })

  test('takes the list along as CSV, with what it rests on', async () => {
    const answer = await ask({ format: 'csv' })
    const lines = (await answer.text()).split('\r\n')
    expect(answer.headers.get('content-disposition')).toContain('planner-tiny-2026-alpha-confirmed-2026-06-30.csv')
    expect(lines[1]).toMatch(/^1,H3,Name of H3,hospital,.*,city,out_of_stock,1,1,2000000,/)
    expect(lines.join('\n')).toMatch(/the best possible/)
    // A plan of hospitals alone does not read as one of everybody.
    // Where nobody can be chosen, none is best.
    expect([await (await ask({ format: 'csv', levels: ['none'] })).text(), lines.join('\n')].map((text) => [/nobody to choose/.test(text), /best possible/.test(text)])).toEqual([[true, false], [false, true]])
    expect([lines.join('\n'), await (await ask({ format: 'csv', kinds: ['hospital'] })).text()].map((text) => /kinds 候选机构类型[^a-z]*([a-z]+)/.exec(text)?.[1])).toEqual(['all', 'hospital'])
    expect((await ask({ format: 'xlsx' })).headers.get('content-type')).toContain('spreadsheet')
  })

  test('hears how far it has come, and nobody else does; who goes away is not answered, and leaves room', async () => {
    const heard: LiveEvent[] = []
    const end = world.services.events.subscribe((event) => void heard.push(event))
    await ask({ progress: 'mine' })
    end()
    const told = heard.flatMap((event) => (event.event === 'planner' ? [event] : []))
    expect(told.map(({ data }) => data.share)).toEqual(told.map(({ data }) => data.share).sort((a, b) => a - b))
    expect([told.length > 1, told.at(-1)!.data, new Set(told.map(({ to }) => to)).size]).toEqual([true, { progress: 'mine', share: 1 }, 1])
    expect((await ask({}, doors.operator, AbortSignal.abort()).then(({ status }) => status, (error: Error) => error.name))).toSatisfy((said) => said === 503 || said === 'AbortError')
  })

  test('is asked to come later where as many plans are made or waited for as may be', async () => {
    const gone = new AbortController()
    const never = (who: string) => inPlanningTurn(who, gone.signal, () => new Promise((_, reject) => gone.signal.addEventListener('abort', () => reject(new Error('gone'))))).catch(() => null)
    const own = [never('one'), never('one')]
    await expect(inPlanningTurn('one', gone.signal, () => Promise.resolve(1))).rejects.toMatchObject({ status: 503, code: 'planner.own_busy' })
    const waiting = [...own, ...['other', 'other', 'third', 'third'].map(never)]
    const busy = await ask({})
    expect([busy.status, Problem.parse(await busy.json()).error.code, busy.headers.get('retry-after')]).toEqual([503, 'planner.busy', '5'])
    gone.abort()
    await Promise.all(waiting)
    expect((await ask({})).status).toBe(200)
  })
})
