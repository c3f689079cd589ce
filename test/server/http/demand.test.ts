import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { followDemands } from '@lastmile/server/demand/follow-demands'
import { AuditAnswer } from '@lastmile/shared/audit'
import { DemandAnswer, DemandRegistered, type NewDemand } from '@lastmile/shared/demand'
import { MessagesAnswer } from '@lastmile/shared/message'
import { listCode } from '../../support/edition.js'
import type { WorldFacts } from '../../support/given.js'
import { caseOffice, codeIn, type CaseOffice } from './case-office.js'
import { doorOf, type Door } from './door.js'

/* That a drug is wanted: registering it, who sees what of it, and what becomes of it. alpha is of acme, gamma of bestco. */

const path = `/api/lists/${listCode}/demand`
const wanted: NewDemand = { drug: 'alpha', unit: '100000', city: '100100', patients: 'one_or_two', urgency: 'weeks' }
const post = (door: Door, body: object, headers: Record<string, string> = {}, below = '') => door.ask(`${path}${below}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
async function registers(door: Door, own: Partial<NewDemand> = {}, key?: string): Promise<DemandRegistered> {
  const answer = await post(door, { ...wanted, ...own }, key === undefined ? {} : { 'idempotency-key': key })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return DemandRegistered.parse(await answer.json())
}
const ofItself = { unit: null, city: null }
const sees = async (door: Door, query = '') => DemandAnswer.parse(await door.read(`${path}${query}`)).rows
const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.filter(({ kind }) => kind === 'demand_registered').map(({ subject: { drugs, regions, asOf } }) => [drugs, regions, asOf].flat().join(' '))
const office = (facts: WorldFacts = {}) => caseOffice({ finder: {}, ...facts })
/** Where nobody said anything, by any kind of evidence: no number, and no zero. */
const nothingSaid = Object.fromEntries(['declared', 'confirmed', 'supplied'].map((evidence) => [evidence, { said: 'nothing', institutions: null }]))
const times = async (n: number, does: (i: number) => Promise<unknown>) => { for (let i = 0; i < n; i++) await does(i) }

describe('a doctor and an institution register that a drug is wanted', () => {
  test('its province, its company and the regulator see it with what is in stock; each is told once a day; who has the code withdraws it', async () => {
    const { doors, at } = await office()
    const first = await registers(doors.public)
    expect(first).toEqual({ code: expect.stringMatching(/^[0-9a-f]{20}$/) as string, on: '2026-06-30', expiresOn: '2026-09-28' })
    await registers(doors.public, { urgency: 'days', patients: 'three_to_nine' })
    await registers(doors.hospital, ofItself)
    const [row, ...others] = await sees(doors.north)
    expect([row, others]).toEqual([{
      drug: 'alpha', unit: '100000', open: 3, met: 0, patients: { one_or_two: 2, three_to_nine: 1, ten_or_more: 0 }, urgency: { days: 1, weeks: 2, months: 0 }, latest: '2026-06-30',
      stocked: { ...nothingSaid, confirmed: { said: 'no', institutions: 0 } }, cities: [], others: 2,
      named: [{ institution: 'H1', name: 'Name of H1', city: '100100', cityName: { zh: 'City 100100', en: 'City 100100' }, patients: 'one_or_two', urgency: 'weeks', on: '2026-06-30', expiresOn: '2026-09-28', state: 'open' }],
    }, []])
    // The company reads how many there are, and of nobody who; its rival nothing.
    expect([await sees(doors.acme), await sees(doors.bestco), await sees(doors.south), (await sees(doors.operator)).length]).toEqual([[{ ...row, named: null, others: null }], [], [], 1])
    expect([await told(doors.north), await told(doors.acme)]).toEqual([['alpha 100000 2026-06-30'], ['alpha 100000 2026-06-30']])
    at('2026-07-01')
    await registers(doors.public)
    expect([(await told(doors.acme)).length, (await sees(doors.acme))[0]!.open]).toEqual([2, 4])
    expect(await (await post(doors.public, { code: first.code }, {}, '/withdrawal')).json()).toEqual({ withdrawnOn: '2026-07-01' })
    // Done again, it is done since then; with a code that was never given, it is said that there is none.
    at('2026-07-02')
    expect(await (await post(doors.public, { code: first.code }, {}, '/withdrawal')).json()).toEqual({ withdrawnOn: '2026-07-01' })
    expect(await codeIn(await post(doors.public, { code: 'f'.repeat(20) }, {}, '/withdrawal'))).toEqual([404, 'demand.not_found'])
    expect((await sees(doors.acme))[0]!.open).toBe(3)
    // An institution finds its own with its code, and withdraws it; nobody else can by that code.
    const [{ named }] = await sees(doors.hospital) as unknown as [{ named: { code: string }[] }]
    expect(await codeIn(await post(doors.public, { code: named[0]!.code }, {}, '/withdrawal'))).toEqual([404, 'demand.not_found'])
    expect((await post(doors.hospital, { code: named[0]!.code }, {}, '/withdrawal')).status).toBe(200)
    expect((await sees(doors.hospital))[0]!.named![0]!.state).toBe('withdrawn')
    const { entries } = AuditAnswer.parse(await doors.auditor.read(`/api/audit?list=${listCode}`))
    expect(entries.filter(({ action }) => action.startsWith('demand.')).map(({ action, role, object }) => `${action} ${role} ${object}`).reverse()).toEqual(['demand.register institution alpha H1', 'demand.withdraw institution alpha H1'])
  })

  test('of cities and of drugs that are wanted alike, the first by code stands first, whichever was wanted first', async () => {
    const { doors } = await office()
    for (const city of ['100200', '100100']) await times(5, () => registers(doors.public, { drug: 'beta', city }))
    await times(3, () => registers(doors.public, { drug: 'gamma' }))
    await times(3, () => registers(doors.public))
    expect((await sees(doors.operator)).map(({ drug, cities, others }) => [drug, cities.map(({ city }) => city), others])).toEqual([['beta', ['100100', '100200'], 0], ['alpha', [], 3], ['gamma', [], 3]])
  })

  test('once, however often it is sent with a key, at the same moment too; another question with the key is refused', async () => {
    const { doors } = await office()
    const [a, b] = await Promise.all([registers(doors.public, {}, 'once'), registers(doors.public, {}, 'once')])
    expect([a, (await sees(doors.north))[0]!.open]).toEqual([b, 1])
    expect(await codeIn(await post(doors.public, { ...wanted, urgency: 'days' }, { 'idempotency-key': 'once' }))).toEqual([409, 'demand.key_reused'])
    // An institution's key is its own.
    await registers(doors.hospital, ofItself, 'once')
    expect((await sees(doors.north))[0]!.open).toBe(2)
    // What is sent again is borne, and not without end.
    await times(17, () => registers(doors.public, {}, 'once'))
    expect(await codeIn(await post(doors.public, wanted, { 'idempotency-key': 'once' }))).toEqual([429, 'demand.too_many'])
  })

  test('with nothing of a person: no field takes a text, and a telephone number or name is refused wherever it is put', async () => {
    const { doors, services } = await office()
    for (const own of [{ note: '请联系13800138000' }, { name: '王某' }, { telephone: '13800138000' }, { patients: '13800138000' }, { urgency: '110101199003077715' }]) {
      const answer = await post(doors.public, { ...wanted, ...own })
      const { error } = (await answer.json()) as { error: { code: string; field: string } }
      expect([answer.status, error.code, error.field]).toEqual([400, 'question.invalid', Object.keys(own)[0]])
    }
    expect(await codeIn(await post(doors.public, { ...wanted, city: '13800138000' }))).toEqual([404, 'city.not_found'])
    // A key is the one thing that its sender writes himself: it is kept as a digest.
    await registers(doors.public, {}, '13800138000')
    const { rows } = await services.db.execute(sql`select d::text as row from demand d`) as unknown as { rows: { row: string }[] }
    expect([rows.length, rows[0]!.row.includes('13800138000')]).toEqual([1, false])
  })

  test('of a unit without cities of its own where it has institutions, and nowhere else', async () => {
    const { doors } = await office()
    expect(await codeIn(await post(doors.public, { ...wanted, unit: '660000' }))).toEqual([400, 'demand.elsewhere'])
  })

  test('at a place that there is, of a drug that there is, and not without end', async () => {
    const { doors } = await office()
    const refused = async (own: object, door = doors.public) => codeIn(await post(door, { ...wanted, ...own }))
    expect([await refused({ drug: 'none' }), await refused({ unit: '999999' }), await refused({ city: '200100' }), await refused({ city: null }), await refused({ unit: null }), await refused({ city: '100000' })])
      .toEqual([[404, 'drug.not_found'], [404, 'unit.not_found'], [400, 'demand.elsewhere'], [400, 'demand.place'], [400, 'demand.place'], [404, 'city.not_found']])
    expect([await refused({}, doors.hospital), await refused({ unit: '200000', city: null }, doors.hospital)]).toEqual([[200, undefined], [400, 'demand.elsewhere']])
    // Who answers for a drug, or for a place, wants nothing himself.
    expect([(await refused({}, doors.acme))[0], (await refused({}, doors.north))[0]]).toEqual([404, 404])
    await times(14, () => registers(doors.public))
    expect(await refused({})).toEqual([429, 'demand.too_many'])
    const silent = await caseOffice()
    expect(await codeIn(await post(silent.doors.public, wanted))).toEqual([409, 'demand.no_rules'])
  })
})

test('of a unit that is another\'s an office is told that it is not there, and not that nothing is wanted there; a company and the regulator ask of all', async () => {
  const { doors, services } = await office()
  await registers(doors.public)
  const city = doorOf(services, { role: 'city_officer', unit: '100000', city: '100100' })
  const asks = async (door: Door, region: string) => codeIn(await door.ask(`${path}?region=${region}`))
  const none = [404, 'region.not_found']
  expect([await asks(doors.south, '100000'), await asks(doors.north, '200000'), await asks(city, '200000'), await codeIn(await doors.south.ask(`${path}?region=100000&format=csv`)), await asks(doors.south, 'nowhere')]).toEqual([none, none, none, none, none])
  for (const [door, region] of [[doors.north, '100000'], [doors.south, '200000'], [city, '100000'], [doors.acme, '200000'], [doors.operator, '200000']] as const) expect((await asks(door, region))[0]).toBe(200)
  expect([(await sees(doors.north)).length, (await sees(doors.south)).length]).toEqual([1, 0])
})

describe('what is told of cities', () => {
  const cities = async (door: Door) => { const [row] = await sees(door); return [row!.open, row!.cities.map(({ city, demands, institutions }) => [city, demands, institutions].flat().filter((one) => one !== null)), row!.others] }

  test('to offices none with fewer than five doctors\' demands, nor what would follow from the sum of the unit; to a company none by doctors\' demands', async () => {
    const { doors } = await office()
    await times(4, () => registers(doors.public))
    expect(await cities(doors.north)).toEqual([4, [], 4])
    await registers(doors.public)
    expect([await cities(doors.north), await cities(doors.operator)]).toEqual([[5, [['100100', 5]], 0], [5, [['100100', 5]], 0]])
    // Two more elsewhere: 7 less 5 would tell of them, so no city is told.
    await times(2, () => registers(doors.public, { city: '100200' }))
    expect(await cities(doors.north)).toEqual([7, [], 7])
    await times(3, () => registers(doors.public, { city: '100200' }))
    expect(await cities(doors.north)).toEqual([10, [['100100', 5], ['100200', 5]], 0])
    // A company that registers as a doctor until a city shows never sees one.
    expect(await cities(doors.acme)).toEqual([10, [], null])
    expect(await codeIn(await doors.acme.ask(`${path}?region=100100`))).toEqual([400, 'demand.region'])
  })

  test('to a company those where five institutions ask, in a class and by nobody\'s name, on the screen and in an export', async () => {
    const hospitals = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`H1${i}`, '100100']))
    const { doors, services } = await office({ institutions: { H1: '100100', H3: '100200', H2: '200100', ...hospitals } })
    const asks = (code: string) => registers(doorOf(services, { role: 'institution', institution: code }), ofItself)
    await times(4, (i) => asks(`H1${i}`))
    // Again by one that asked already, and by a doctor: as if there were none.
    await asks('H10')
    await registers(doors.public)
    expect(await cities(doors.acme)).toEqual([6, [], null])
    await asks('H14')
    expect([await cities(doors.acme), await cities(doors.north)]).toEqual([[7, [['100100', { from: 5, to: 9 }]], null], [7, [], 1]])
    const csv = await (await doors.acme.ask(`${path}?format=csv`)).text()
    expect([csv.split('\r\n').filter((line) => line.startsWith('alpha,')).map((line) => line.split(',').slice(0, 8).join(' ')), /H1\d/.test(csv)]).toEqual([['alpha 100000 unit   7  ', 'alpha 100000 city 100100   5 9'], false])
  })

  test('to a city\'s office what its institutions want, by name; of doctors nothing', async () => {
    const { doors, services } = await office()
    await times(6, () => registers(doors.public))
    expect([await sees(doors.city), await told(doors.city)]).toEqual([[], []])
    await registers(doors.hospital, ofItself)
    await registers(doorOf(services, { role: 'institution', institution: 'H3' }), ofItself)
    const [row, ...others] = await sees(doors.city)
    expect([row!.open, row!.named!.map(({ institution }) => institution), row!.cities, row!.others, others]).toEqual([1, ['H1'], [], null, []])
    expect(await told(doors.city)).toEqual(['alpha 100000 2026-06-30'])
  })
})

describe('beside a demand stands what there is of the drug', () => {
  const there = async (door: Door) => (await sees(door)).map(({ unit, stocked, cities }) => [unit, stocked, cities.map(({ city, stocked: own }) => [city, own])])
  test('a zero only where somebody says no: not where nobody reported, and not where what was reported is too old or leaves it open', async () => {
    const { doors, at, arrives } = await office({ reports: [] })
    await times(5, () => registers(doors.public))
    await times(5, () => registers(doors.public, { city: '100200' }))
    expect(await there(doors.north)).toEqual([['100000', nothingSaid, [['100100', nothingSaid], ['100200', nothingSaid]]]])
    at('2026-07-10')
    await arrives('H1,alpha,out_of_stock', '2026-07-05')
    const confirmed = (said: string, institutions: number | null) => ({ ...nothingSaid, confirmed: { said, institutions } })
    expect(await there(doors.north)).toEqual([['100000', confirmed('no', 0), [['100100', confirmed('no', 0)], ['100200', nothingSaid]]]])
    expect((await (await doors.north.ask(`${path}?format=csv`)).text()).split('\r\n').filter((line) => line.startsWith('alpha,100000,city')).map((line) => line.split(',').slice(16, 22).join(' '))).toEqual([' 0  nothing no nothing', '   nothing nothing nothing'])
    await arrives('H3,alpha,not_known', '2026-07-06')
    expect(await there(doors.north)).toEqual([['100000', confirmed('no', 0), [['100100', confirmed('no', 0)], ['100200', confirmed('unknown', null)]]]])
    // Too old by then: what was said last is told no more.
    at('2026-09-20')
    expect(await there(doors.north)).toEqual([['100000', confirmed('unknown', null), [['100100', confirmed('unknown', null)], ['100200', confirmed('unknown', null)]]]])
  })

  test('of supplies, which are events, that none was seen is a zero once anybody reported any', async () => {
    const { doors } = await office({ reports: [] })
    await times(5, () => registers(doors.public))
    const { status } = await doors.operator.send({ list: listCode, source: 'sales', asOf: '2026-06-20', file: 'institution_code,drug_code,observed_on\nH2,gamma,2026-06-19' })
    const seen = { ...nothingSaid, supplied: { said: 'no', institutions: 0 } }
    expect([status, await there(doors.north)]).toEqual([201, [['100000', seen, [['100100', seen]]]]])
  })
})

describe('a demand is met', () => {
  const [silent, no, has] = [{ said: 'nothing', institutions: null }, { said: 'no', institutions: 0 }, (institutions: number) => ({ said: 'yes', institutions })]
  const state = async ({ doors }: CaseOffice) => (await sees(doors.north)).map(({ open, met, stocked }) => [open, met, stocked.confirmed.institutions]).flat()
  test('by an institution of the city that says on a later day that it has the drug; an institution\'s own by itself; a day later than its last it is over', async () => {
    const world = await office()
    await registers(world.doors.public)
    await registers(world.doors.hospital, ofItself)
    expect(await state(world)).toEqual([2, 0, 0])
    world.at('2026-07-10')
    // In another city of the unit: neither.
    await world.arrives('H3,alpha,in_stock', '2026-07-05')
    expect(await state(world)).toEqual([2, 0, 1])
    await world.arrives('H1,alpha,in_stock', '2026-07-06')
    expect(await state(world)).toEqual([0, 2, 2])
    world.at('2026-07-11')
    await world.arrives('H1,alpha,out_of_stock', '2026-07-11')
    expect(await state(world)).toEqual([2, 0, 1])
    world.at('2026-09-29')
    expect([await sees(world.doors.north), (await sees(world.doors.hospital))[0]!.named![0]!.state]).toEqual([[], 'expired'])
  })

  test('by a supply that was seen there later; not by what a company declares', async () => {
    const world = await office({ sources: { maker: { mode: 'changes', channels: { upload: {}, command: {} } } } })
    await registers(world.doors.public)
    world.at('2026-07-10')
    const sends = async (source: string, header: string, row: string) => { const { status } = await world.doors.operator.send({ list: listCode, source, asOf: '2026-07-08', file: `${header}\n${row}` }); expect(status).toBe(201) }
    await sends('maker', 'institution_code,drug_code,status', 'H1,alpha,in_stock')
    expect([await state(world), (await sees(world.doors.acme))[0]!.stocked]).toEqual([[1, 0, 0], { declared: has(1), confirmed: no, supplied: silent }])
    await sends('sales', 'institution_code,drug_code,observed_on', 'H1,alpha,2026-07-07')
    expect([await state(world), (await sees(world.doors.acme))[0]!.stocked]).toEqual([[0, 1, 0], { declared: has(1), confirmed: no, supplied: has(1) }])
  })

  test('not by a supply that was seen before it was wanted', async () => {
    const world = await office()
    const sells = async (asOf: string, day: string) => { const { status } = await world.doors.operator.send({ list: listCode, source: 'sales', asOf, file: `institution_code,drug_code,observed_on\nH1,alpha,${day}` }); expect(status).toBe(201) }
    await sells('2026-06-20', '2026-06-19')
    await registers(world.doors.public)
    await registers(world.doors.hospital, ofItself)
    expect([await state(world), (await sees(world.doors.acme))[0]!.stocked.supplied]).toEqual([[2, 0, 0], has(1)])
    world.at('2026-07-10')
    await sells('2026-07-08', '2026-07-07')
    expect(await state(world)).toEqual([0, 2, 0])
  })

  test('then what told of it is settled, and open again when it is wanted again; so is what is withdrawn or over', async () => {
    const world = await office()
    const { doors } = world
    const messages = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.filter(({ kind }) => kind === 'demand_registered').map(({ subject: { asOf }, settledAt }) => `${asOf} ${settledAt === null ? 'open' : 'settled'}`)
    const { code } = await registers(doors.public, { city: '100200' })
    await registers(doors.hospital, ofItself)
    expect([await messages(doors.acme), await messages(doors.north), await messages(doors.city)]).toEqual([['2026-06-30 open'], ['2026-06-30 open'], ['2026-06-30 open']])
    world.at('2026-07-10')
    await world.arrives('H1,alpha,in_stock', '2026-07-06')
    await world.look()
    // The hospital has it; the doctor's city does not.
    expect([await messages(doors.acme), await messages(doors.city)]).toEqual([['2026-06-30 open'], ['2026-06-30 settled']])
    expect((await post(doors.public, { code }, {}, '/withdrawal')).status).toBe(200)
    expect([await messages(doors.acme), await messages(doors.north)]).toEqual([['2026-06-30 settled'], ['2026-06-30 settled']])
    world.at('2026-07-11')
    await world.arrives('H1,alpha,out_of_stock', '2026-07-11')
    await world.look()
    expect([await messages(doors.acme), await messages(doors.city)]).toEqual([['2026-06-30 open'], ['2026-06-30 open']])
    // What is withdrawn and registered anew on one day is asked for again.
    const again = await registers(doors.public, { city: '100200' })
    await post(doors.public, { code: again.code }, {}, '/withdrawal')
    expect(await messages(doors.north)).toEqual(['2026-07-11 settled', '2026-06-30 open'])
    await registers(doors.public, { city: '100200' })
    expect(await messages(doors.north)).toEqual(['2026-07-11 open', '2026-06-30 open'])
    world.at('2026-10-30')
    await world.look()
    expect(await messages(doors.north)).toEqual(['2026-07-11 settled', '2026-06-30 settled'])
  })
})

test('after a change that concerns no demand nobody waits for what looks whether any is met, and places where none is are not read for each drug', async () => {
  const world = await office({ drugs: { alpha: {}, beta: {}, gamma: { company: 'bestco' } } })
  const { doors, services } = world
  const cost = { statements: 0, transactions: 0 }
  const db = new Proxy(services.db, { get: (of, name) => { const own: unknown = Reflect.get(of, name); return typeof own !== 'function' ? own : (...given: unknown[]) => { if (name === 'execute') cost.statements += 1; if (name === 'transaction') cost.transactions += 1; return own.apply(of, given) as unknown } } })
  const follows = async () => { Object.assign(cost, { statements: 0, transactions: 0 }); await followDemands({ db, clock: services.clock }, await world.list()); return { ...cost } }
  await registers(doors.public, { unit: '200000', city: '200200' })
  // What is fixed of the list is read the first time.
  await follows()
  const one = await follows()
  expect(one.transactions).toBe(0)
  for (const drug of ['beta', 'gamma']) await registers(doors.public, { drug, unit: '200000', city: '200200' })
  expect(await follows()).toEqual(one)
  // What is over is settled, a drug at a time.
  await registers(doors.public)
  world.at('2026-12-01')
  expect((await follows()).transactions).toBe(3)
  expect((await follows()).transactions).toBe(0)
})
