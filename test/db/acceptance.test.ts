import { describe, expect, test } from 'vitest'
import { discrepancies, headline, state, statements, total } from '../support/ask.js'
import { given } from '../support/given.js'

const institutions = { H1: '100100', P1: '200100' }

describe('an accepted report moves the numbers', () => {
  test('before anybody has reported every drug is not reported, and supplies are watched only from the first report on', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100' } })
    for (const evidence of ['declared', 'confirmed', 'supplied'] as const) expect(await headline(world, { evidence })).toMatchObject({ reported: false, drugsUnstocked: 3, drugsNotReported: 3 })
    await world.send({ source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'H2 beta out_of_stock'] })
    expect(await headline(world)).toMatchObject({ reported: true, drugsUnstocked: 2, drugsNotReported: 1 })
    expect((await headline(world)).drugs.map((one) => one.said)).toEqual(['yes', 'no', 'nothing'])
    expect(await headline(world, { evidence: 'confirmed' })).toMatchObject({ reported: false, drugsNotReported: 3 })
    await world.send({ source: 'sales', asOf: '2026-06-20', rows: ['H1 alpha @2026-06-15'] })
    expect(await headline(world, { evidence: 'supplied' })).toMatchObject({ reported: true, drugsUnstocked: 2, drugsNotReported: 0 })
    expect(await headline(world, { evidence: 'supplied', since: '2026-06-18' })).toMatchObject({ reported: true, drugsUnstocked: 3, drugsNotReported: 0 })
  })

  test('a report speaks neither of days before its own nor to those who ask what was known before it', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: [{ source: 'north', asOf: '2026-03-10', accepted: '2026-03-20', rows: ['H1 alpha out_of_stock'] }] })
    const confirmed = (question: object) => headline(world, { evidence: 'confirmed', ...question })
    expect(await confirmed({ asOf: '2026-03-09' })).toMatchObject({ reported: false, drugsNotReported: 3 })
    expect(await confirmed({ asOf: '2026-03-12' })).toMatchObject({ reported: true, drugsNotReported: 2 })
    expect(await confirmed({ asOf: '2026-03-12', knownOn: '2026-03-15' })).toMatchObject({ reported: false, drugsNotReported: 3 })
  })

  test('a drug of which all has gone stale is unknown, which is not stocked nowhere', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100' }, reports: [{ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H2 alpha out_of_stock', 'H2 beta not_known'] }] })
    expect(await headline(world, { asOf: '2026-03-12' })).toMatchObject({ drugsUnstocked: 2, drugsUnknown: 1, drugsNotReported: 1 })
    expect((await headline(world, { asOf: '2026-06-01' })).drugs.map((one) => one.said)).toEqual(['unknown', 'unknown', 'nothing'])
  })

  test('a drug that was withdrawn everywhere is not reported, which is not stocked nowhere', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100' }, reports: [
      { source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H2 beta out_of_stock'] }, { source: 'maker', asOf: '2026-03-20', rows: ['H2 beta out_of_stock'] },
    ] })
    expect(await headline(world, { asOf: '2026-03-25' })).toMatchObject({ reported: true, drugsUnstocked: 3, drugsNotReported: 2 })
  })

  test('the headline counts what the company declares', async () => {
    const world = await given({ institutions })
    expect(await headline(world)).toMatchObject({ drugsListed: 3, drugsStocked: 0, institutions: 0, provinces: 0 })
    await world.send({ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'P1 beta out_of_stock'] })
    expect(await headline(world)).toMatchObject({ drugsStocked: 1, drugsUnstocked: 2, institutions: 2, hospitals: 1, pharmacies: 1, provinces: 2, cities: 2, drugsInMoreThan: { 1: 1, 2: 0, 3: 0 } })
    expect((await world.list()).evidences).toEqual(['declared'])
  })

  test('kinds of evidence never mix', async () => {
    const world = await given({ institutions, reports: [
      { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock'] }, { source: 'south', asOf: '2026-06-29', rows: ['P1 beta in_stock'] }, { source: 'sales', asOf: '2026-06-29', rows: ['P1 gamma @2026-06-01'] },
    ] })
    for (const [evidence, hospitals, pharmacies] of [['declared', 1, 0], ['confirmed', 0, 1], ['supplied', 0, 1]] as const) {
      expect(await headline(world, { evidence })).toMatchObject({ institutions: 1, hospitals, pharmacies, drugsStocked: 1 })
    }
  })

  test('every state is counted as itself, and only "in stock" is stocked', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100', H3: '100100', H4: '100100', H5: '100100', H6: '100100' }, reports: [
      { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha on_order lead=7', 'H3 alpha out_of_stock', 'H4 alpha not_carried reason=few_patients', 'H5 alpha discontinued', 'H6 alpha not_known'] },
    ] })
    const { stocked, states } = await total(world, 'alpha')
    expect(stocked.institutions).toBe(1)
    expect(states).toEqual({ in_stock: 1, on_order: 1, out_of_stock: 1, not_carried: 1, discontinued: 1, not_known: 1, stale: 0, not_reported: 0 })
    expect((await headline(world)).unknown).toMatchObject({ institutions: 1, notKnown: 1 })
  })

  test('the rows behind a number name their report, line and day', async () => {
    const world = await given({ institutions, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['P1 beta out_of_stock', 'H1 alpha in_stock @2026-06-20 quantity=12'] }] })
    expect(await statements(world, { drug: 'alpha' })).toMatchObject([
      { institution: 'H1', state: 'in_stock', status: 'in_stock', day: '2026-06-20', dayBasis: 'observed', staleOn: '2026-08-05', quantity: 12, source: 'maker', line: 3, unit: '100000', city: '100100' },
    ])
  })

  test('an observed day goes before a filed one, a filed one before the report’s', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100', H3: '100100' }, reports: [
      { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock @2026-06-20 filed=2026-06-25', 'H2 alpha in_stock filed=2026-06-25', 'H3 alpha in_stock'] },
    ] })
    expect((await statements(world)).map(({ day, dayBasis }) => `${day} ${dayBasis}`)).toEqual(['2026-06-20 observed', '2026-06-25 filed', '2026-06-29 as_of'])
  })

  test('a dry run says what would be and changes nothing', async () => {
    const world = await given({ institutions })
    const { status, receipt } = await world.send({ source: 'maker', asOf: '2026-06-29', dryRun: true, rows: ['H1 alpha in_stock'] })
    expect([status, receipt.outcome, receipt.version, receipt.id]).toEqual([200, 'accepted', 1, null])
    expect((await headline(world)).institutions).toBe(0)
  })

  test('one wrong row and nothing of the report is stored', async () => {
    const world = await given({ institutions })
    const { status, receipt } = await world.send({ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H9 alpha in_stock'] })
    expect([status, receipt.outcome, receipt.errors]).toEqual([422, 'row_errors', [{ row: 3, column: 'institution_code', code: 'UNKNOWN_INSTITUTION', value: 'H9' }]])
    expect((await headline(world)).institutions).toBe(0)
  })
})

describe('as of a past day, the figures are what held then', () => {
  const reports = [
    { source: 'maker', asOf: '2026-01-31', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] },
    { source: 'maker', asOf: '2026-02-28', rows: ['H1 alpha out_of_stock', 'P1 alpha in_stock'] },
  ]

  test.each([['2026-01-30', 0], ['2026-01-31', 2], ['2026-02-27', 2], ['2026-02-28', 1], ['2026-04-14', 1], ['2026-04-15', 0]])('as of %s: %i', async (asOf, count) => {
    const world = await given({ institutions, reports })
    expect((await headline(world, { asOf })).institutions).toBe(count)
    expect((await total(world, 'alpha', { asOf })).stocked.institutions).toBe(count)
  })

  test('what has grown stale leaves the total and counts as unknown', async () => {
    const world = await given({ institutions, reports })
    expect((await headline(world, { asOf: '2026-04-15' })).unknown).toMatchObject({ institutions: 2, stale: 2, notReported: 0 })
  })

  test('a report of an earlier day, accepted later, changes the past alone', async () => {
    const world = await given({ institutions, reports })
    await world.send({ source: 'maker', asOf: '2026-02-10', accepted: '2026-06-01', rows: ['H1 alpha not_carried', 'P1 alpha in_stock'] })
    expect((await headline(world, { asOf: '2026-02-10' })).institutions).toBe(1)
    expect((await headline(world, { asOf: '2026-02-09' })).institutions).toBe(2)
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('a correction replaces the report it names', () => {
  const wrong = { source: 'maker', asOf: '2026-01-31', accepted: '2026-02-01', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'P1 beta in_stock'] }
  const right = { source: 'maker', asOf: '2026-01-31', accepted: '2026-03-01', corrects: 1, rows: ['H1 alpha in_stock'] }

  test('the figure of that day is the corrected one, and what it had said is gone, not "not reported"', async () => {
    const world = await given({ institutions, reports: [wrong, right] })
    expect(await headline(world, { asOf: '2026-02-10' })).toMatchObject({ institutions: 1, drugsStocked: 1, unknown: { notReported: 0 } })
    expect(await state(world, 'P1', 'beta', { asOf: '2026-02-10' })).toBeNull()
    expect(await discrepancies(world)).toEqual([])
  })

  test('known on a day before the correction, headline, coverage and rows say what they said then', async () => {
    const world = await given({ institutions, reports: [wrong, right] })
    const then = { asOf: '2026-02-10', knownOn: '2026-02-28' }
    expect(await headline(world, then)).toMatchObject({ institutions: 2, drugsStocked: 2, hospitals: 1, pharmacies: 1, provinces: 2, cities: 2 })
    expect((await total(world, 'beta', then)).stocked).toMatchObject({ institutions: 1, pharmacies: 1, cities: 1 })
    expect((await statements(world, then)).map((row) => `${row.institution} ${row.drug}`)).toEqual(['H1 alpha', 'P1 alpha', 'P1 beta'])
    expect((await headline(world, { ...then, knownOn: '2026-01-31' })).institutions).toBe(0)
  })

  test('it is known from the very instant of its acceptance', async () => {
    const world = await given({ institutions, reports: [wrong, right] })
    expect((await headline(world, { asOf: '2026-02-10', knownOn: '2026-03-01T03:59:59.999Z' })).institutions).toBe(2)
    expect((await headline(world, { asOf: '2026-02-10', knownOn: '2026-03-01T04:00:00.000Z' })).institutions).toBe(1)
  })

  test('known now is the same by either way of counting', async () => {
    const world = await given({ institutions, reports: [wrong, right, { source: 'maker', asOf: '2026-03-15', rows: ['P1 gamma in_stock', 'H1 beta not_known'] }] })
    for (const asOf of ['2026-02-10', '2026-03-16', '2026-03-20', '2026-06-30']) {
      const { basis: _, ...now } = await headline(world, { asOf })
      expect(await headline(world, { asOf, knownOn: '2026-06-30' })).toMatchObject(now)
    }
  })
})

describe('a feed that sends twice a day', () => {
  test('a later snapshot of the same day supersedes the earlier', async () => {
    const world = await given({ institutions, reports: [
      { source: 'locator', asOf: '2026-06-20', accepted: '2026-06-20T01:00:00.000Z', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] },
      { source: 'locator', asOf: '2026-06-20', accepted: '2026-06-20T09:00:00.000Z', rows: ['H1 alpha in_stock'] },
    ] })
    expect(await headline(world, { evidence: 'confirmed' })).toMatchObject({ institutions: 1, unknown: { notReported: 0 } })
    expect((await headline(world, { evidence: 'confirmed', knownOn: '2026-06-20T05:00:00.000Z' })).institutions).toBe(2)
    expect(await discrepancies(world)).toEqual([])
  })

  test('a snapshot of one drug says nothing of the others', async () => {
    const world = await given({ institutions, reports: [
      { source: 'locator', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }, { source: 'locator', asOf: '2026-06-21', rows: ['H1 beta in_stock'] },
    ] })
    expect(await state(world, 'H1', 'alpha', { evidence: 'confirmed' })).toBe('in_stock')
  })
})

describe('what a snapshot leaves out', () => {
  test('is not reported, which is unknown and never zero', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100' }, reports: [
      { source: 'north', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }, { source: 'north', asOf: '2026-06-20', rows: ['H2 alpha in_stock'] },
    ] })
    expect(await headline(world, { evidence: 'confirmed' })).toMatchObject({ institutions: 1, unknown: { institutions: 1, notReported: 1, stale: 0 } })
    expect((await total(world, 'alpha', { evidence: 'confirmed' })).states).toMatchObject({ in_stock: 1, not_reported: 1, out_of_stock: 0, not_carried: 0 })
    expect(await statements(world, { evidence: 'confirmed', institution: 'H1' })).toMatchObject([{ state: 'not_reported', status: null, line: null, day: '2026-06-20', staleOn: null }])
  })

  test('outside its scope is untouched', async () => {
    const world = await given({ institutions: { H1: '100100', P1: '100100' }, reports: [
      { source: 'north', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H1 beta in_stock'] },
      { source: 'north', asOf: '2026-06-20', scope: { kinds: ['hospital'], drugs: ['alpha'] }, rows: ['H1 alpha out_of_stock'] },
    ] })
    const confirmed = { evidence: 'confirmed' } as const
    expect([await state(world, 'H1', 'alpha', confirmed), await state(world, 'P1', 'alpha', confirmed), await state(world, 'H1', 'beta', confirmed)]).toEqual(['out_of_stock', 'in_stock', 'in_stock'])
  })

  test('a report of changes leaves nothing out', async () => {
    const world = await given({ institutions, reports: [
      { source: 'hospitals', asOf: '2026-06-01', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }, { source: 'hospitals', asOf: '2026-06-20', rows: ['P1 alpha out_of_stock'] },
    ] })
    expect(await state(world, 'H1', 'alpha', { evidence: 'confirmed' })).toBe('in_stock')
  })

  test('comes back when the snapshot that left it out is corrected', async () => {
    const world = await given({ institutions, reports: [
      { source: 'maker', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }, { source: 'maker', asOf: '2026-06-20', rows: ['P1 alpha in_stock'] },
      { source: 'maker', asOf: '2026-06-20', corrects: 1, rows: ['P1 alpha in_stock', 'H1 alpha in_stock @2026-05-31'] },
    ] })
    expect(await state(world, 'H1', 'alpha')).toBe('in_stock')
    expect(await state(world, 'H1', 'alpha', { knownOn: '2026-06-20T10:00:01.500Z' })).toBe('not_reported')
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('supplies are events', () => {
  const reports = [{ source: 'sales', asOf: '2026-06-29', rows: ['H1 alpha @2026-01-05', 'H1 alpha @2026-03-05', 'P1 alpha @2026-02-10', 'P1 beta @2025-12-20'] }]

  test('they count from the day the list came into force, and never go stale', async () => {
    const world = await given({ institutions, reports })
    expect(await headline(world, { evidence: 'supplied' })).toMatchObject({ institutions: 2, drugsStocked: 1, basis: { since: '2026-01-01' } })
    expect((await headline(world, { evidence: 'supplied', asOf: '2026-02-09' })).institutions).toBe(1)
  })

  test.each([['2025-12-01', 2, 2], ['2026-02-01', 1, 2], ['2026-03-01', 1, 1], ['2026-03-06', 0, 0]])('since %s: %i drugs at %i institutions', async (since, drugsStocked, count) => {
    const world = await given({ institutions, reports })
    expect(await headline(world, { evidence: 'supplied', since })).toMatchObject({ drugsStocked, institutions: count, basis: { since } })
    expect(await statements(world, { evidence: 'supplied', since })).toHaveLength(drugsStocked === 2 ? 3 : count)
  })

  test('a correction takes back what it leaves out', async () => {
    const world = await given({ institutions, reports: [...reports, { source: 'sales', asOf: '2026-06-29', corrects: 1, rows: ['H1 alpha @2026-03-05'] }] })
    expect(await headline(world, { evidence: 'supplied' })).toMatchObject({ institutions: 1 })
    expect((await headline(world, { evidence: 'supplied', asOf: '2026-03-04' })).institutions).toBe(0)
    expect(await discrepancies(world)).toEqual([])
  })
})
