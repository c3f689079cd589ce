import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyCoverage } from '@lastmile/db/coverage/verify'
import { rowsOf } from '@lastmile/db/database'
import { listLists } from '@lastmile/db/query/lists'
import { cell, coverage, headline, total } from '../support/ask.js'
import { regions, type EditionFacts } from '../support/edition.js'
import { given, type World } from '../support/given.js'
import type { InstitutionFacts } from '../support/rows.js'

/* A master or an edition that is loaded costs what it changes, and what is maintained is what the statements say after each. */

const hospitals: EditionFacts['eligibility'] = [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }]
const other = 'other-2026'

/** Every row of counts and shelves, by what it is of, with the transaction that wrote it. */
async function written(world: World): Promise<Map<string, string>> {
  const rows = await rowsOf<{ key: string; by: string }>(world.services.db, sql`
    select concat_ws(' ', 'shelf', i.code, l.code) as key, s.xmin::text as by from shelf s join institution i on i.id = s.institution_id join list l on l.id = s.list_id
    union all select concat_ws(' ', 'unit', coalesce(u.code, 'whole'), l.code, lens, from_day), c.xmin::text from coverage_by_unit c join list l on l.id = c.list_id left join unit u on u.slot = c.unit_slot
    union all select concat_ws(' ', 'drug', coalesce(d.code, 'any'), coalesce(u.code, 'whole'), l.code, lens, from_day), c.xmin::text from coverage_by_drug c join list l on l.id = c.list_id left join drug d on d.id = c.drug_id left join unit u on u.slot = c.unit_slot
    union all select concat_ws(' ', 'city', d.code, a.code, l.code, lens, from_day), c.xmin::text from coverage_by_city c join list l on l.id = c.list_id join drug d on d.id = c.drug_id join region a on a.id = c.area_id
    union all select concat_ws(' ', 'eligible', i.code, l.code, e.known_from), e.xmin::text from eligibility e join institution i on i.id = e.institution_id join list l on l.id = e.list_id`)
  return new Map(rows.map(({ key, by }) => [key, by]))
}

/** What was written between two looks, as the first words of its keys, without repeats. */
function news(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...after].filter(([key, by]) => before.get(key) !== by).map(([key]) => key.split(' ').slice(0, 2).join(' ')))].sort()
}

async function twoLists(facts: EditionFacts = {}): Promise<World> {
  const world = await given({ ...facts, institutions: { H1: '100100', H2: '100200', H3: '200100', P1: '200100', P2: '300100' } })
  await world.loadEdition({ code: other, drugs: { omega: {} } }, '2025-12-31')
  await world.send({ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'H2 beta in_stock', 'H3 alpha in_stock', 'P1 beta in_stock', 'P2 alpha out_of_stock'] })
  await world.send({ list: other, source: 'maker', asOf: '2026-03-01', rows: ['H2 omega in_stock', 'P1 omega in_stock'] })
  return world
}

async function verified(world: World): Promise<void> {
  for (const { id, code } of await listLists(world.services.db, world.services.clock.now())) expect(await verifyCoverage(world.services.db, id), code).toEqual([])
}

describe('a master writes what its changes concern', () => {
  test('nothing, where it only says new names', async () => {
    const world = await twoLists({ eligibility: hospitals })
    const before = await written(world)
    await world.loadMaster({ H1: { at: '100100', lat: 40, lng: 116 } }, '2026-04-01')
    expect(news(before, await written(world))).toEqual([])
  })

  test('of an institution that moved, the cells that it left and entered, in the list that speaks of it', async () => {
    const world = await twoLists({ eligibility: hospitals })
    const before = await written(world)
    await world.loadMaster({ H1: '200200', H2: '100200', P1: '200100' }, '2026-04-01')
    const own = news(before, await written(world))
    expect(own).toEqual(['city alpha', 'drug alpha', 'drug any', 'shelf H1', 'unit 100000', 'unit 200000', 'unit whole'])
    expect(await headline(world, { asOf: '2026-03-10' })).toMatchObject({ institutions: 4, provinces: 2 })
    await verified(world)
  })

  test('of one that is new and eligible, who is eligible', async () => {
    const world = await twoLists({ eligibility: hospitals })
    const before = await written(world)
    await world.loadMaster({ H9: '300100', P9: '300100' }, '2026-04-01')
    expect(news(before, await written(world))).toEqual(['city alpha', 'drug alpha', 'eligible H9', 'shelf H9', 'unit 300000', 'unit whole'])
    expect((await total(world, 'alpha', { asOf: '2026-03-10' })).eligible).toMatchObject({ institutions: 4 })
    await verified(world)
  })

  test('of one that became of another kind, its cells and who is eligible', async () => {
    const world = await twoLists({ eligibility: hospitals })
    await world.loadMaster({ P2: { at: '300100', kind: 'hospital', closed: '2026-04-01' } }, '2026-04-01')
    expect((await total(world, 'alpha', { asOf: '2026-03-10' })).eligible).toMatchObject({ institutions: 4, stocked: 2, no: 1 })
    expect((await total(world, 'alpha', { asOf: '2026-04-01' })).eligible).toMatchObject({ institutions: 3 })
    await verified(world)
  })
})

describe('an edition loaded again writes what its changes concern', () => {
  test('nothing of the counts, where it changes words, standards, sources or adds a drug', async () => {
    const world = await twoLists({ eligibility: hospitals })
    const before = await written(world)
    await world.loadEdition({ eligibility: hospitals, drugs: { alpha: { aliases: ['first'] }, beta: {}, gamma: { company: 'bestco' }, delta: {} }, standards: [{ drug: 'alpha', minInstitutions: 7 }], sources: { maker: { graceDays: 3 } } }, '2026-04-01')
    expect(news(before, await written(world))).toEqual([])
    await world.send({ source: 'maker', asOf: '2026-04-02', rows: ['H1 delta in_stock'] })
    expect((await cell(world, 'delta', '100000', { asOf: '2026-04-02' }))?.stocked.institutions).toBe(1)
    await verified(world)
  })

  test('who is eligible, where another rule names others', async () => {
    const world = await twoLists({ eligibility: hospitals })
    const before = await written(world)
    await world.loadEdition({ eligibility: [...hospitals, { drug: 'beta', rules: [{ by: 'file', file: 'few.csv' }] }], files: { 'few.csv': 'institution_code,from,to\nP1,,\nH1,2026-02-01,2026-04-30\n' } }, '2026-04-01')
    expect(news(before, await written(world)).filter((key) => /^(shelf|eligible)/.test(key))).toEqual(['eligible H1', 'eligible P1', 'shelf H1', 'shelf P1'])
    expect((await total(world, 'beta', { asOf: '2026-03-10' })).eligible).toMatchObject({ institutions: 2, stocked: 1, unknown: 1 })
    expect((await total(world, 'beta', { asOf: '2026-05-01' })).eligible).toMatchObject({ institutions: 1 })
    await verified(world)
  })

  test('all lists of a region set, where a city lies elsewhere', async () => {
    const world = await twoLists()
    const moved = { ...regions, regions: regions.regions.map((one) => (one.code === '100200' ? { ...one, parent: '200000' } : one)) }
    await world.loadEdition({ regions: moved }, '2026-04-01')
    expect((await coverage(world, { drug: 'beta', by: 'city', asOf: '2026-03-10' })).cells.map((one) => [one.region, one.stocked.institutions])).toEqual([['100200', 1], ['200100', 1]])
    await verified(world)
  })
})

/*
 * Random stories: reports of two lists that share their region set, masters and editions between them in any order.
 * STORIES=100 tries more of them; SEED=… repeats a run.
 */
const stories = Number(process.env['STORIES'] ?? 8)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const codes = ['H1', 'H2', 'H3', 'P1', 'P2', 'C1']
const dayAt = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const maybe = <One>(one: fc.Arbitrary<One>) => fc.option(one, { nil: undefined, freq: 3 })
const facts: fc.Arbitrary<InstitutionFacts> = fc.record({
  at: fc.constantFrom('100100', '100200', '200100', '300100', '650100'), kind: fc.constantFrom('hospital', 'pharmacy', 'other'), level: fc.constantFrom('3A', ''), qualifications: fc.constantFrom('cart', ''),
  opened: maybe(fc.nat(40).map(dayAt)), closed: maybe(fc.integer({ min: 50, max: 110 }).map(dayAt)),
}).map(({ opened, closed, ...own }) => ({ ...own, ...(opened ? { opened } : {}), ...(closed ? { closed } : {}) }))
const master = fc.record({ what: fc.constant('master' as const), institutions: fc.dictionary(fc.constantFrom(...codes, 'H7', 'P8'), facts, { minKeys: 1, maxKeys: 3 }) })
const edition = fc.record({
  what: fc.constant('edition' as const), freshness: fc.constantFrom(45, 45, 45, 20), rules: fc.subarray([0, 1, 2, 3]), until: fc.constantFrom('', '2026-03-31'),
})
const report = fc.record({
  what: fc.constant('report' as const), source: fc.constantFrom('maker', 'north', 'hospitals', 'sales'), isOther: fc.boolean(), asOf: fc.constantFrom(0, 12, 30, 45, 60, 90),
  rows: fc.uniqueArray(fc.record({ institution: fc.constantFrom(...codes), drug: fc.nat(2), status: fc.constantFrom('in_stock', 'in_stock', 'out_of_stock', 'not_known'), back: fc.nat(30) }), { selector: (one) => `${one.institution} ${one.drug}`, minLength: 1, maxLength: 8 }),
})
const story = fc.record({ places: fc.tuple(...codes.map(() => facts)), steps: fc.array(fc.oneof({ weight: 3, arbitrary: report }, { weight: 3, arbitrary: master }, { weight: 1, arbitrary: edition }), { minLength: 3, maxLength: 12 }) })

const rulesOf = ({ rules, until, freshness }: { rules: readonly number[]; until: string; freshness: number }): EditionFacts => ({
  drugs: { alpha: { freshnessDays: freshness }, beta: {}, gamma: {} }, files: { 'centres.csv': `institution_code,from,to\nH1,2026-01-10,${until}\nP1,,\nH7,,\n` },
  eligibility: [
    { drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }, { drug: 'beta', rules: [{ by: 'file' as const, file: 'centres.csv' }, { by: 'attributes' as const, kind: 'pharmacy' as const, levels: ['3A'] }] },
    { drug: 'gamma', rules: [{ by: 'attributes' as const, kind: 'hospital' as const, qualifications: ['cart'] }] }, { drug: 'gamma', from: '2026-02-01', to: '2026-04-30', rules: [{ by: 'attributes' as const, kind: 'other' as const }] },
  ].filter((_, i) => rules.includes(i)),
})

test(`after any master and edition, what is maintained is what the statements say (seed ${seed})`, async () => {
  await fc.assert(fc.asyncProperty(story, async ({ places, steps }) => {
    let rules = rulesOf({ rules: [0, 1], until: '', freshness: 45 })
    const world = await given({ ...rules, institutions: Object.fromEntries(codes.map((code, i) => [code, places[i]!])) })
    await world.loadEdition({ ...rules, code: other }, '2025-12-31')
    for (const [i, step] of steps.entries()) {
      const at = `2026-06-0${1 + Math.floor(i / 10)}T0${i % 10}:00:00.000Z`
      if (step.what === 'master') await world.loadMaster(step.institutions, at)
      else if (step.what === 'edition') await world.loadEdition((rules = rulesOf(step)), at)
      else {
        const rows = step.rows.map((one) => `${one.institution} ${['alpha', 'beta', 'gamma'][one.drug]!} ${step.source === 'sales' ? '' : one.status} @${dayAt(step.asOf - one.back)}`)
        // What it may not say of institutions that are closed or elsewhere is refused as a whole, which is as good.
        await world.send({ ...(step.isOther ? { list: other } : {}), source: step.source, asOf: dayAt(step.asOf), accepted: at, mode: step.source === 'maker' ? 'snapshot' : 'changes', rows }).catch((error: unknown) => expect(error).toMatchObject({ status: 409 }))
      }
      await verified(world)
    }
    const { version } = await world.list()
    await world.loadEdition(rules, '2026-06-20')
    expect((await world.list()).version, 'the rules applied to every institution change nothing').toBe(version)
  }), { numRuns: stories, seed, endOnFailure: true })
}, 60_000 + stories * 15_000)
