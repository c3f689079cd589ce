import { expect, test } from 'vitest'
import { clustersOf } from '@lastmile/db/query/clusters'
import { institutionsOf } from '@lastmile/db/query/institutions'
import { reportingOf } from '@lastmile/db/query/reporting'
import { sourcesOf } from '@lastmile/db/query/sources'
import { boxOf } from '@lastmile/shared/box'
import { everything } from '@lastmile/shared/purview'
import { reportingOrders } from '@lastmile/shared/sort'
import { contradictions, statements } from '../support/ask.js'
import { given } from '../support/given.js'
import type { InstitutionFacts } from '../support/rows.js'

/*
 * The order of answers follows from what stands in them: not from the order in which institutions were met and sources made.
 */

/** Three on one line, each too near to the next to be a mark of its own, and two of the Corps in two cities. */
const institutions: Record<string, InstitutionFacts> = {
  H1: { at: '100100', lat: 40, lng: 115.6586 }, H2: { at: '100100', lat: 40, lng: 115.87 }, H3: { at: '100100', lat: 40, lng: 116.0892 },
  H4: { at: '650100', unit: '660000', lat: 43, lng: 87 }, H5: { at: '650200', unit: '660000', lat: 41.123, lng: 80.456 },
}

/** A country whose institutions are met one by one in an order, and report of themselves in it. */
async function metInOrder(codes: readonly string[]) {
  const world = await given({ selfReports: true })
  for (const [i, code] of codes.entries()) {
    await world.loadMaster({ [code]: institutions[code]! }, `2026-01-0${i + 1}`)
    const { receipt } = await world.send({ source: `self-${code.toLowerCase()}`, channel: 'upload', asOf: '2026-06-20', accepted: '2026-06-20', rows: [`${code} alpha in_stock`, `${code} beta out_of_stock`] })
    expect(receipt.outcome).toBe('accepted')
  }
  return world
}

async function answersOf(codes: readonly string[]) {
  const world = await metInOrder(codes)
  const { db } = world.services
  const list = await world.list()
  const when = { evidence: 'confirmed', asOf: list.today, knownOn: null, since: null } as const
  const filter = { asOf: list.today, periods: 3, purview: everything, reports: everything }
  const sorts = [null, ...reportingOrders.flatMap((by) => [{ by, falling: false }, { by, falling: true }])]
  const reporting = []
  for (const sort of sorts) reporting.push((await reportingOf(db, list, filter, { offset: 0, limit: 500 }, sort)).rows.map(({ code }) => code))
  const far = { search: null, areas: null, box: null, placed: null, kind: null, drug: null, states: null, eligible: null }
  return {
    sources: (await sourcesOf(db, list, list.today, everything)).sources.map(({ code }) => code), reporting,
    marks: (await clustersOf(db, list, when, { box: boxOf('70,10,135,55'), zoom: 8, drug: null, states: null })).marks.map(({ lat, lng, count, bbox, institution }) => ({ lat, lng, count, bbox, institution: institution?.code })),
    institutions: (await institutionsOf(db, list, when, far, { offset: 0, limit: 500, sort: null })).rows.map(({ code }) => code),
    statements: (await statements(world, { evidence: 'confirmed' })).map(({ institution, drug, source }) => [institution, drug, source]),
  }
}

test('of institutions that were met in another order is the same: sources, who reports, marks of a map, rows', async () => {
  const [one, other] = [await answersOf(['H1', 'H2', 'H3', 'H4', 'H5']), await answersOf(['H5', 'H3', 'H4', 'H2', 'H1'])]
  expect(other).toEqual(one)
  expect(one.sources).toEqual([...one.sources].sort())
  expect(one.sources.slice(-7)).toEqual(['self-h1', 'self-h2', 'self-h3', 'self-h4', 'self-h5', 'south', 'west'])
  expect(one.marks.map(({ count, institution }) => [count, institution])).toEqual([[1, 'H5'], [1, 'H4'], [2, undefined], [1, 'H3']])
})

test('whose turn it is of several sources that can say more goes by their codes', async () => {
  const sources = { agent: { evidence: 'declared' as const, company: 'acme' }, zero: { evidence: 'declared' as const, company: 'acme' } }
  const world = await given({ institutions: { H1: '100100' }, sources, reports: [{ source: 'sales', asOf: '2026-06-20', rows: ['H1 alpha @2026-06-10'] }] })
  expect((await contradictions(world, 'never_declared')).rows.map(({ owner }) => owner)).toMatchObject([{ office: 'company', reason: 'may_declare', source: 'agent' }])
})
