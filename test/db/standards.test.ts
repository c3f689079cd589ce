import { PgDialect } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import { findDrug } from '@lastmile/db/query/drugs'
import { gapsOf } from '@lastmile/db/query/gaps'
import { releaseStandard } from '@lastmile/db/query/keep-standard'
import { previewStandard } from '@lastmile/db/query/standard-preview'
import { standardOf, standardsOf } from '@lastmile/db/query/standards'
import { readEdition } from '@lastmile/server/load/read-edition'
import { loadEdition } from '@lastmile/db/load/load-edition'
import type { Database } from '@lastmile/db/database'
import { evidences } from '@lastmile/shared/evidence'
import { StandardAnswer, StandardsAnswer } from '@lastmile/shared/standard'
import { StandardPreview } from '@lastmile/shared/standard-preview'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gaps, statements, type Question } from '../support/ask.js'
import { regions, writeEdition, type EditionFacts } from '../support/edition.js'
import { given, instantOf, type World } from '../support/given.js'
import { decided, ruleSaid, type RuleFacts } from '../support/standards.js'

const institutions = { H1: '100100', H2: '100200', P1: '100100', H3: '200100', H4: '300100', H5: { at: '650100', unit: '660000' } }
const told = async (world: World, question: Question = {}) => (await gaps(world, question)).gaps.map((gap) => gap.region)

/** The regions of the tests, with residents of the cities of the North: four million in the first, one in the second. */
const peopled = { ...regions, regions: regions.regions.map((one) => (one.code === '100100' ? { ...one, population: 4_000_000 } : one.code === '100200' ? { ...one, population: 1_000_000 } : one)) }

test('however many drugs are judged by reach, each shelf is read once for a version of the list', async () => {
  const shelves = async (codes: readonly string[]) => {
    const rows = codes.map((code) => `H1 ${code} in_stock`)
    const world = await given({ institutions, regions: peopled, drugs: Object.fromEntries(codes.map((code) => [code, {}])), standards: codes.map((drug) => ({ drug, minInstitutions: 0, reach: { km: 1, share: 100 } })), reports: [{ source: 'maker', asOf: '2026-06-20', rows }] })
    const { db } = world.services
    const list = await world.list()
    let reads = 0
    const execute = (statement: SQL) => {
      if (new PgDialect().sqlToQuery(statement).sql.includes('from shelf')) reads += 1
      return db.execute(statement)
    }
    const counting = new Proxy(db, { get: (own, name) => (name === 'execute' ? execute : Reflect.get(own, name)) })
    const ask = async () => (await gapsOf(counting, list, { evidence: 'declared', asOf: list.today, knownOn: null, since: null }, { drug: null, company: null, area: null }, { reason: null, class: null, actor: null, sort: null, offset: 0, limit: 500 })).page.total
    const [first, found] = [await ask(), reads]
    expect([await ask(), first], 'of the North alone is it known where people live').toEqual([first, codes.length])
    return [found, reads - found]
  }
  const [one, many] = [await shelves(['alpha']), await shelves(['alpha', 'beta', 'gamma', 'delta', 'omega'])]
  expect([many, one[1]]).toEqual([one, 0])
})

describe('a standard that asks a reach', () => {
  const reach = (km: number, share: number): RuleFacts => ({ minInstitutions: 0, reach: { km, share } })
  const reports = [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }]

  test('is met where enough residents live near enough to who stocks the drug', async () => {
    const world = await given({ regions: peopled, institutions, reports, standards: [{ drug: 'alpha', ...reach(50, 90) }] })
    expect((await gaps(world, { region: '100000' })).gaps).toMatchObject([{ reason: 'too_few', reach: { km: 50, share: 90, reached: 80 }, minInstitutions: 0 }])
    await decided(world, 'alpha', [reach(200, 90)])
    expect(await told(world, { region: '100000' })).toEqual([])
    expect((await gaps(world, { region: '100000', evidence: 'confirmed' })).gaps).toMatchObject([{ reason: 'declared_only', reach: { reached: 0 } }])
  })

  test('counts who stands at a position of his own from there, and only whom it names', async () => {
    const placed = { H1: { at: '100100', lat: 40.9, lng: 116.9 }, P1: '100100' }
    const world = await given({ regions: peopled, institutions: placed, reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }], standards: [{ drug: 'alpha', ...reach(50, 100) }] })
    const reached = async () => (await gaps(world, { region: '100000' })).gaps[0]?.reach?.reached
    expect(await reached()).toBe(undefined)
    await decided(world, 'alpha', [{ ...reach(50, 100), kinds: ['hospital'] }])
    expect(await reached()).toBe(20)
    await decided(world, 'alpha', [{ ...reach(50, 100), kinds: ['pharmacy'] }])
    expect(await reached()).toBe(80)
  })

  test('neither finds nor denies a gap where no population of cities is loaded, and says of how many', async () => {
    const world = await given({ regions: peopled, institutions, reports, standards: [{ drug: 'alpha', ...reach(50, 80) }] })
    expect(await gaps(world)).toMatchObject({ gaps: [], judged: 5, reachNotLoaded: 4 })
    await decided(world, 'alpha', [{ ...reach(50, 80), minInstitutions: 1 }])
    expect((await gaps(world)).gaps.map(({ region, reach: asked }) => [region, asked?.reached])).toEqual([['200000', null], ['300000', null], ['650000', null], ['660000', null]])
  })

  test('was another on a past day, when another stocked it', async () => {
    const moved = [{ source: 'maker', asOf: '2026-03-01', rows: ['H2 alpha in_stock'] }, ...reports]
    const world = await given({ regions: peopled, institutions, reports: moved, standards: [{ drug: 'alpha', ...reach(50, 90) }] })
    const reached = async (question: Question) => (await gaps(world, { region: '100000', ...question })).gaps[0]?.reach?.reached
    expect([await reached({ asOf: '2026-03-02' }), await reached({}), await reached({ knownOn: '2026-03-02', asOf: '2026-03-02' })]).toEqual([20, 80, 20])
  })

  test('counts a supply seen before the list came into force where supplies are asked for since then, and its row is there', async () => {
    const world = await given({ regions: peopled, institutions, reports: [{ source: 'sales', asOf: '2026-01-20', rows: ['H1 alpha @2025-12-29'] }], standards: [{ drug: 'alpha', minInstitutions: 2, ...reach(50, 90) }] })
    const look = async (since?: string) => [(await gaps(world, { region: '100000', evidence: 'supplied', ...(since ? { since } : {}) })).gaps.map((gap) => [gap.institutions, gap.reach?.reached]), (await statements(world, { evidence: 'supplied', drug: 'alpha', ...(since ? { since } : {}) })).map((row) => row.institution)]
    expect([await look(), await look('2025-12-16')]).toEqual([[[[0, 0]], []], [[[1, 80]], ['H1']]])
  })

  test('counts what was known before it was corrected, after all is counted anew too', async () => {
    const reports = [{ source: 'hospitals', asOf: '2026-01-20', rows: ['H1 alpha in_stock'] }, { source: 'hospitals', asOf: '2026-01-20', rows: ['H2 beta in_stock'], corrects: 1, accepted: '2026-01-25' }]
    const world = await given({ regions: peopled, institutions, reports, standards: [{ drug: 'alpha', minInstitutions: 2, ...reach(50, 90) }] })
    const then = { evidence: 'confirmed', asOf: '2026-01-24', knownOn: '2026-01-24' } as const
    const look = async () => [(await gaps(world, { region: '100000', ...then })).gaps.map((gap) => [gap.institutions, gap.reach?.reached]), (await statements(world, { drug: 'alpha', ...then })).map((row) => row.institution)]
    expect(await look()).toEqual([[[1, 80]], ['H1']])
    await rebuildCoverage(world.services.db, (await world.list()).id)
    expect(await look()).toEqual([[[1, 80]], ['H1']])
  })
})

describe('a unit that an institution elsewhere serves', () => {
  const served = [{ unit: '200000', institution: 'H1' }]

  test('is no gap while that one stocks the drug under the evidence asked for, and the answer says by whom it is served', async () => {
    const world = await given({ institutions, reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }], standards: [{ drug: 'alpha', units: ['200000'], servedBy: served }] })
    expect(await gaps(world)).toMatchObject({ gaps: [], judged: 1, served: [{ drug: 'alpha', region: '200000', institution: 'H1', name: 'Name of H1', unit: '100000', state: 'in_stock' }] })
    expect(await gaps(world, { evidence: 'confirmed' })).toMatchObject({ gaps: [{ region: '200000', servedBy: { institution: 'H1', state: null } }], served: [] })
    expect((await gaps(world, { asOf: '2026-06-19' })).gaps).toMatchObject([{ region: '200000', reason: 'not_reported', servedBy: { state: null } }])
  })

  test('is one when that one has run out, and was none before', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['200000'], servedBy: served }], reports: [
      { source: 'north', asOf: '2026-03-20', rows: ['H1 alpha in_stock'] }, { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha out_of_stock'] },
    ] })
    const confirmed = (question: Question = {}) => gaps(world, { evidence: 'confirmed', ...question })
    expect((await confirmed()).gaps).toMatchObject([{ servedBy: { institution: 'H1', state: 'out_of_stock' } }])
    expect([(await confirmed({ asOf: '2026-04-01' })).gaps, (await confirmed({ knownOn: '2026-04-01', asOf: '2026-04-01' })).gaps]).toEqual([[], []])
  })

  test('whose own institutions meet the standard is served by them', async () => {
    const world = await given({ institutions, reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H3 alpha in_stock'] }], standards: [{ drug: 'alpha', units: ['200000'], servedBy: served }] })
    expect(await gaps(world)).toMatchObject({ gaps: [], served: [] })
  })

  test('by one that no master knows is not served', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['200000'], servedBy: [{ unit: '200000', institution: 'H77' }] }] })
    expect((await gaps(world)).gaps).toMatchObject([{ servedBy: { institution: 'H77', name: 'H77', state: null } }])
  })
})

describe('what an officer decides', () => {
  const edition: EditionFacts = { standards: [{ drug: 'alpha', units: ['200000'] }] }
  const read = async (world: World, knownOn: string | null = null) => {
    const list = await world.list()
    return StandardAnswer.parse(await standardOf(world.services.db, list, (await findDrug(world.services.db, list.id, 'alpha'))!, knownOn && instantOf(knownOn), true))
  }
  /** Loads the edition, and answers of which standards it left an officer's word. */
  const loaded = async (world: World, facts: EditionFacts, at: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'lastmile-standards-'))
    await writeEdition(folder, facts)
    const read = await readEdition(folder)
    await rm(folder, { recursive: true })
    const { standardsKept } = await world.services.db.transaction((tx) => loadEdition(tx as Database, read, instantOf(at)))
    world.services.lists.forget()
    return standardsKept.map(({ drug, author }) => `${drug} by ${author}`)
  }

  test('is what gaps are judged by from then on; what was known before stays what was known', async () => {
    const world = await given({ ...edition, institutions })
    await decided(world, 'alpha', [{ units: ['300000'] }], { at: '2026-05-01' })
    expect([await told(world), await told(world, { knownOn: '2026-04-30' })]).toEqual([['300000'], ['200000']])
    expect(await read(world)).toMatchObject({ standard: { version: 2, origin: 'officer', author: 'An officer', role: 'operator', why: 'a test', knownFrom: instantOf('2026-05-01'), knownTo: null }, former: [{ version: 1, origin: 'edition', author: 'a test', knownTo: instantOf('2026-05-01') }], filed: { author: 'a test', rules: [{ units: ['200000'] }] } })
    expect(await read(world, '2026-04-30')).toMatchObject({ standard: { version: 1, knownTo: null }, former: [] })
  })

  test('from a day on leaves the days before as they were judged', async () => {
    const world = await given({ ...edition, institutions })
    await decided(world, 'alpha', [{ units: ['200000'] }, { from: '2026-06-01', units: ['200000', '300000'] }], { at: '2026-05-01' })
    expect([await told(world, { asOf: '2026-05-31' }), await told(world, { asOf: '2026-06-01' })]).toEqual([['200000'], ['200000', '300000']])
  })

  test('may be that there is no standard, and no gap', async () => {
    const world = await given({ ...edition, institutions })
    await decided(world, 'alpha', [])
    expect(await gaps(world)).toMatchObject({ gaps: [], judged: 0 })
  })

  test('is not overwritten by a load of the edition, which says so; what the files say stands beside it, and can be taken back', async () => {
    const world = await given({ ...edition, institutions })
    await decided(world, 'alpha', [{ units: ['300000'] }], { at: '2026-05-01' })
    expect(await loaded(world, edition, '2026-05-02')).toEqual(['alpha by An officer'])
    expect(await loaded(world, { standards: [{ drug: 'alpha', units: ['650000'] }] }, '2026-05-03')).toEqual(['alpha by An officer'])
    expect([await told(world), (await read(world)).filed?.rules[0]?.units]).toEqual([['300000'], ['650000']])
    const all = StandardsAnswer.parse(await standardsOf(world.services.db, await world.list(), { asOf: '2026-06-30', knownOn: null }, false))
    expect(all.standards.map(({ drug, standard, otherwise }) => [drug, standard?.author, otherwise])).toEqual([['alpha', null, true], ['beta', undefined, false], ['gamma', undefined, false]])
    const list = await world.list()
    await releaseStandard(world.services.db, list, (await findDrug(world.services.db, list.id, 'alpha'))!, 2, { at: instantOf('2026-05-04'), account: 'someone', author: 'An officer', role: 'operator', why: 'as the edition' })
    world.services.lists.forget()
    expect([await told(world), await read(world)]).toMatchObject([['650000'], { standard: { version: 3, origin: 'edition', why: 'as the edition' }, filed: null }])
    expect(await loaded(world, { standards: [{ drug: 'alpha', units: ['660000'] }] }, '2026-05-05')).toEqual([])
    expect(await told(world)).toEqual(['660000'])
  })

  test('that the files say too is no contradiction', async () => {
    const world = await given({ ...edition, institutions })
    await decided(world, 'alpha', [{ units: ['300000'] }], { at: '2026-05-01' })
    expect(await loaded(world, { standards: [{ drug: 'alpha', units: ['300000'] }] }, '2026-05-02')).toEqual([])
    expect(await read(world)).toMatchObject({ standard: { version: 2, origin: 'officer' }, filed: null })
  })
})

test('what a preview says would open and close is what does when it is decided, whatever is decided', async () => {
  const world = await given({
    regions: peopled, institutions, standards: [{ drug: 'alpha', minInstitutions: 2 }], eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }],
    reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha in_stock', 'H5 alpha in_stock'] }, { source: 'north', asOf: '2026-06-20', rows: ['H2 alpha in_stock', 'P1 alpha out_of_stock'] }, { source: 'sales', asOf: '2026-06-20', rows: ['H4 alpha @2026-06-01'] }],
  })
  const unit = fc.constantFrom('100000', '200000', '300000', '650000', '660000')
  const rule = fc.record({
    from: fc.constantFrom('2026-01-01', '2026-06-30', '2026-08-01'), kinds: fc.subarray(['hospital', 'pharmacy', 'other'] as const, { minLength: 1 }), eligibleOnly: fc.boolean(), minInstitutions: fc.nat(2), minCities: fc.nat(2),
    reach: fc.option(fc.record({ km: fc.constantFrom(50, 200, 2_000), share: fc.constantFrom(50, 100) })), servedBy: fc.option(fc.record({ unit, institution: fc.constantFrom('H1', 'H4', 'P1') }), { freq: 1 }).map((one) => (one ? [one] : [])),
  })
  await fc.assert(fc.asyncProperty(fc.uniqueArray(rule, { maxLength: 3, selector: ({ from }) => from }), async (facts) => {
    const rules = facts.map((one) => ruleSaid(one as RuleFacts))
    const list = (await world.services.lists.find('tiny-2026'))!
    const drug = (await findDrug(world.services.db, list.id, 'alpha'))!
    const preview = StandardPreview.parse(await previewStandard(world.services.db, list, drug, rules))
    const before = new Map(await Promise.all(evidences.map(async (evidence) => [evidence, await told(world, { evidence })] as const)))
    // Rules to come are tried as if they held: so they are decided, for this look, to hold from today.
    await decided(world, 'alpha', rules.filter((one) => !rules.some((other) => other.from > one.from && other.from > list.today)).map((one) => (one.from > list.today ? { ...one, from: list.today } : one)))
    for (const { evidence, before: was, after, opens, closes, served, reachNotLoaded } of preview.evidences) {
      const now = await gaps(world, { evidence })
      const [old, fresh] = [before.get(evidence)!, now.gaps.map(({ region }) => region)]
      expect([was, after, served, reachNotLoaded]).toEqual([old.length, fresh.length, now.served.length, now.reachNotLoaded])
      expect([opens.map(({ region }) => region).sort(), closes.map(({ region }) => region).sort()]).toEqual([fresh.filter((one) => !old.includes(one)).sort(), old.filter((one) => !fresh.includes(one)).sort()])
    }
  }), { numRuns: 25 })
})
