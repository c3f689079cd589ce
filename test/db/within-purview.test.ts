import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retailPricesOf } from '@lastmile/db/query/prices'
import { findReport, reportsOf } from '@lastmile/db/query/reports'
import { sourcesOf } from '@lastmile/db/query/sources'
import { everything, holdsPair, holdsSender, ownOf, type PairOf, type Purview, type SentBy } from '@lastmile/shared/purview'
import type { Source } from '@lastmile/shared/source'
import { given, type ReportFacts } from '../support/given.js'

/*
 * What an actor's own is, is said twice: of one thing, in shared, and of rows, as clauses of queries. Both say the same of
 * whatever sources, reports and pairs there are.
 *
 * PURVIEWS=1000 tries more of them; SEED=… repeats a run.
 */

const purviews = Number(process.env['PURVIEWS'] ?? 60)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const [units, cities, companies, institutions] = [['100000', '650000', '660000'], ['100100', '100200', '650200'], ['acme', 'bestco'], ['H1', 'P1', 'H5', 'H6']] as const
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null, freq: 2 })
const regions = fc.oneof(fc.constant(null), fc.uniqueArray(fc.constantFrom(...units, ...cities), { maxLength: 3 }))

const someSource: fc.Arbitrary<Partial<Source>> = fc.record({ unit: maybe(units), company: maybe(companies), institution: maybe(institutions), regions: regions })
  .map(({ regions, ...own }) => ({ ...own, mode: 'changes', rhythm: 'irregular', sameDay: 'supersede', scope: { drugs: null, regions, kinds: null } }))

/** What somebody could be of: also what nobody here is, and words that mean something elsewhere. */
const odd = ['none', '', '%', '_', 'null', '[]', '"', '\'', 'true', '__proto__']
const code = <T extends string>(values: readonly T[]) => fc.oneof({ arbitrary: fc.constantFrom<string>(...values), weight: 6 }, { arbitrary: fc.constantFrom(...odd), weight: 1 })
const somePurview = (sources: readonly string[]): fc.Arbitrary<Purview> => fc.oneof(
  fc.constant<Purview>({ of: 'all' }), fc.constant<Purview>({ of: 'nothing' }), code(units).map((unit): Purview => ({ of: 'unit', unit })),
  fc.tuple(code(units), code(cities)).map(([unit, city]): Purview => ({ of: 'city', unit, city })),
  code(companies).map((company): Purview => ({ of: 'company', company })), code(institutions).map((institution): Purview => ({ of: 'institution', institution })), fc.constantFrom(...companies, ...units).map((insurer): Purview => ({ of: 'insurer', insurer })), code(sources).map((source): Purview => ({ of: 'source', source })),
)

/** A world of sources drawn by lot, each with a report of all that it speaks of, and of one city where it may. */
async function drawn() {
  const sources = Object.fromEntries(fc.sample(someSource, { numRuns: 24, seed }).map((source, i) => [`drawn-${i}`, source]))
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100', P1: '100200', H5: '650200', H6: { at: '650200', unit: '660000' } }, sources: { ...sources } })
  const list = await world.list()
  const pairs = institutions.flatMap((institution) => ['alpha', 'gamma'].map((drug) => `${institution} ${drug} in_stock`))
  const send = async (report: ReportFacts) => (await world.send(report)).receipt.id
  const sent = new Map<string, SentBy>()
  const note = (id: string | null, source: string, regions: readonly string[] | null) => {
    const { unit = null, company = null, institution = null } = sources[source]!
    if (id !== null) sent.set(id, { source, unit, company, institution, regions })
  }
  for (const [source, { scope }] of Object.entries(sources)) {
    // Also one with an error in every row is somebody's.
    note(await send({ source, asOf: '2026-06-20', rows: ['H1 alpha perhaps'] }), source, scope!.regions)
    if (scope!.regions?.some((region) => region === '100100' || region === '100000') ?? true) note(await send({ source, asOf: '2026-06-21', rows: ['H1 alpha in_stock'], scope: { regions: ['100100'] } }), source, ['100100'])
  }
  await send({ source: 'hospitals', asOf: '2026-06-22', rows: pairs.map((pair, i) => `${pair} price=${i + 1}.25`) })
  return { db: world.services.db, list, sources, sent }
}

const same = (purview: Purview, found: readonly string[], wanted: readonly string[]) => expect([...found].sort(), JSON.stringify(purview)).toEqual([...wanted].sort())

test(`of sources, reports and prices, queries answer what is within a purview, and nothing else (seed ${seed})`, async () => {
  const { db, list, sources, sent } = await drawn()
  const all = (await sourcesOf(db, list, list.today, everything)).sources
  const usual = new Map(all.map(({ code: source, unit, company }): [string, SentBy] => [source, { source, unit, company, institution: null, regions: unit === null ? null : [unit] }]))
  for (const [source, { unit = null, company = null, institution = null, scope }] of Object.entries(sources)) usual.set(source, { source, unit, company, institution, regions: scope!.regions })
  const known = (await reportsOf(db, { listId: list.id, purview: everything }, { offset: 0, limit: 500 })).rows.filter(({ id }) => sent.has(id))
  expect(known.length).toBeGreaterThan(24)
  for (const { id, scope } of known) expect([id, scope.regions]).toEqual([id, sent.get(id)!.regions])
  const priced = new Map((await retailPricesOf(db, list, { purview: everything, reports: everything, drug: null, institution: null, area: null }, { offset: 0, limit: 500 })).rows
    .map(({ institution, unit, city, drug }): [string, PairOf] => [`${institution} ${drug}`, { institution, unit, city, company: drug === 'gamma' ? 'bestco' : 'acme' }]))
  expect(priced.size).toBe(8)

  await fc.assert(fc.asyncProperty(somePurview(Object.keys(sources)), async (purview) => {
    same(purview, (await sourcesOf(db, list, list.today, purview)).sources.map((source) => source.code), [...usual].filter(([, source]) => holdsSender(purview, source)).map(([source]) => source))
    const { rows, total } = await reportsOf(db, { listId: list.id, purview }, { offset: 0, limit: 500 })
    expect(total).toBe(rows.length)
    const wanted = known.filter(({ id }) => holdsSender(purview, sent.get(id)!)).map(({ id }) => id)
    same(purview, rows.map(({ id }) => id).filter((id) => sent.has(id)), wanted)
    for (const { id } of known.slice(0, 5)) expect((await findReport(db, { listId: list.id, purview, code: id })) !== null, `${id} ${JSON.stringify(purview)}`).toBe(wanted.includes(id))
    // Prices of a pair are of its institution and unit alone.
    const sees = ['all', 'unit', 'institution'].includes(purview.of)
    const prices = await retailPricesOf(db, list, { purview, reports: purview, drug: null, institution: null, area: null }, { offset: 0, limit: 500 })
    expect(prices.page.total).toBe(prices.rows.length)
    same(purview, prices.rows.map(({ institution, drug }) => `${institution} ${drug}`), [...priced].filter(([, pair]) => sees && holdsPair(purview, pair)).map(([pair]) => pair))
  }), { numRuns: purviews, seed, endOnFailure: true })
})

test('who is of a city and of no unit is of nothing', () => {
  const nobody = { role: 'city_officer', list: null, unit: null, city: null, company: null, insurer: null, institution: null, source: null } as const
  expect(ownOf({ ...nobody, city: '100100' })).toEqual({ of: 'nothing' })
  expect(ownOf(nobody)).toEqual({ of: 'nothing' })
})

test('a city sees nothing that its province does not', () => {
  const sender = fc.record({ source: fc.constant('any'), unit: maybe(units), company: maybe(companies), institution: maybe(institutions), regions })
  fc.assert(fc.property(fc.constantFrom(...units), fc.constantFrom(...cities), sender, (unit, city, one) => {
    expect(!holdsSender({ of: 'city', unit, city }, one) || holdsSender({ of: 'unit', unit }, one)).toBe(true)
  }), { numRuns: 2_000, seed })
})
