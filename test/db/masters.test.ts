import { describe, expect, test } from 'vitest'
import { institutionByCode } from '@lastmile/db/query/institutions'
import { loadMaster } from '@lastmile/server/load/load-files'
import { sql } from 'drizzle-orm'
import { cell, coverage, discrepancies, gaps, headline, state, statements, total } from '../support/ask.js'
import { given, type World } from '../support/given.js'

const reports = [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }]
const institutions = { H1: '100100', P1: '200100' }
const on = (asOf: string) => ({ asOf })

describe('institutions open and close', () => {
  test('what is closed leaves every count from that day on, and no report was needed', async () => {
    const world = await given({ institutions: { ...institutions, H1: { at: '100100', closed: '2026-03-20' } }, reports })
    expect([(await headline(world, on('2026-03-19'))).institutions, (await headline(world, on('2026-03-20'))).institutions]).toEqual([2, 1])
    expect(await state(world, 'H1', 'alpha', on('2026-03-20'))).toBeNull()
    expect((await headline(world, on('2026-06-30'))).unknown).toMatchObject({ stale: 1 })
  })

  test('a closure learnt later takes the pair out of the days since', async () => {
    const world = await given({ institutions, reports })
    await world.loadMaster({ H1: { at: '100100', closed: '2026-03-10' } }, '2026-04-01')
    expect([(await headline(world, on('2026-03-09'))).institutions, (await headline(world, on('2026-03-10'))).institutions]).toEqual([2, 1])
    expect((await headline(world, { asOf: '2026-03-10', knownOn: '2026-03-31' })).institutions).toBe(2)
    expect(await discrepancies(world)).toEqual([])
  })

  test('a report on a closed institution is an error in its row', async () => {
    const world = await given({ institutions: { H1: { at: '100100', closed: '2026-03-10' } } })
    expect((await world.send(reports[0]!)).receipt.errors.map((error) => error.code)).toEqual(['UNKNOWN_INSTITUTION'])
    const { receipt } = await world.send({ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock'] })
    expect(receipt.errors.map((error) => error.code)).toEqual(['INSTITUTION_INACTIVE'])
  })

  test('one that opens later counts from its opening', async () => {
    const world = await given({ institutions: { H1: { at: '100100', opened: '2026-03-05' } }, reports: [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }] })
    expect([(await headline(world, on('2026-03-04'))).institutions, (await headline(world, on('2026-03-05'))).institutions]).toEqual([0, 1])
  })
})

describe('a master loaded again', () => {
  const versions = async (world: World) => ((await world.services.db.execute(sql`select count(*)::int as n from institution_version`)) as unknown as { rows: { n: number }[] }).rows[0]!.n

  test('that says the same changes nothing, not even the list’s version', async () => {
    const world = await given({ institutions, reports })
    const before = (await world.list()).version
    await world.loadMaster(institutions, '2026-04-01')
    expect([(await world.list()).version, await versions(world)]).toEqual([before, 2])
  })

  test('leaves institutions that it does not name as they are', async () => {
    const world = await given({ institutions, reports })
    await world.loadMaster({ H2: '300100' }, '2026-04-01')
    expect((await headline(world, on('2026-04-01'))).institutions).toBe(2)
    expect((await institutionByCode(world.services.db, await world.list(), 'P1', '2026-04-01'))?.institution.unit).toBe('200000')
  })

  test('moves an institution, with all it stocks, to where it says', async () => {
    const world = await given({ institutions, reports })
    await world.loadMaster({ H1: '200200' }, '2026-04-01')
    expect(await headline(world, on('2026-03-10'))).toMatchObject({ institutions: 2, provinces: 1, cities: 2 })
    expect((await cell(world, 'alpha', '100000', on('2026-03-10')))).toBeUndefined()
    expect(await discrepancies(world)).toEqual([])
  })

  test('known before it was loaded, figures and the rows behind them are where they were', async () => {
    const world = await given({ institutions, reports })
    await world.loadMaster({ H1: '200200' }, '2026-04-01')
    const then = { asOf: '2026-03-10', knownOn: '2026-03-15' }
    expect(await headline(world, then)).toMatchObject({ institutions: 2, provinces: 2 })
    expect((await cell(world, 'alpha', '100000', then))?.stocked.institutions).toBe(1)
    expect((await statements(world, { ...then, region: '100000' })).map((row) => row.institution)).toEqual(['H1'])
  })

  test('turns a pharmacy into a hospital', async () => {
    const world = await given({ institutions, reports })
    await world.loadMaster({ P1: { at: '200100', kind: 'hospital' } }, '2026-04-01')
    expect(await headline(world, on('2026-03-10'))).toMatchObject({ hospitals: 2, pharmacies: 0 })
    expect(await headline(world, { asOf: '2026-03-10', knownOn: '2026-03-15' })).toMatchObject({ hospitals: 1, pharmacies: 1 })
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('what a master leaves unsaid', () => {
  const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const, qualifications: ['cart'] }] }]
  const facts = {
    eligibility, institutions: {
      H1: { at: '100100', closed: '2026-05-01', level: '3A', qualifications: 'cart', dualChannel: true, opened: '2026-01-02' }, H6: { at: '650100', unit: '660000', qualifications: 'cart' },
    },
  }
  const load = (world: World, master: string, at = '2026-04-01T00:00:00.000Z') => loadMaster(world.services.db, 'tiny-2026', new TextEncoder().encode(master), 'master.csv', at)
  const known = async (world: World) => ((await world.services.db.execute(sql`
    select i.code, v.name, v.level, v.dual_channel as dual, v.opened_on::text as opened, v.closed_on::text as closed, v.qualifications as words, u.code as unit, v.telephone, v.latitude
    from institution_version v join institution i on i.id = v.institution_id join unit u on u.id = v.unit_id where v.known_to is null order by i.code`)) as unknown as { rows: Record<string, unknown>[] }).rows

  test('stays: a master without those columns reopens no closed hospital and takes no qualification away', async () => {
    const world = await given(facts)
    expect(await load(world, 'code,name,kind,region\nH1,New name,hospital,100101\nH6,Name of H6,hospital,650200\nH7,New one,hospital,650100\n')).toEqual({ added: 1, changed: 2, unchanged: 0 })
    const [one, six, seven] = await known(world)
    expect(one).toMatchObject({ name: 'New name', level: '3A', dual: true, opened: '2026-01-02', closed: '2026-05-01', words: ['cart'] })
    expect([six, seven]).toMatchObject([{ unit: '660000', words: ['cart'] }, { unit: '650000', words: [], closed: null, dual: false }])
    expect([(await total(world, 'alpha', on('2026-04-30'))).eligible?.institutions, (await total(world, 'alpha', on('2026-05-01'))).eligible?.institutions]).toEqual([2, 1])
    expect(await discrepancies(world)).toEqual([])
  })

  test('said again in the same words, changes nothing', async () => {
    const world = await given(facts)
    expect(await load(world, 'code,name,kind,region\nH1,Name of H1,hospital,100100\nH6,Name of H6,hospital,650100\n')).toEqual({ added: 0, changed: 0, unchanged: 2 })
  })

  test('is not the same as an empty cell, which clears', async () => {
    const world = await given(facts)
    await load(world, 'code,name,kind,region,unit,closed_on,qualifications,telephone,latitude,longitude\nH1,Name of H1,hospital,100100,,,,1,30,120\nH6,Name of H6,hospital,650100,,,,,,\n')
    expect(await known(world)).toMatchObject([{ closed: null, words: [], level: '3A', telephone: '1', latitude: 30 }, { unit: '650000', words: [] }])
  })

  test('of the unit: who moves to another province belongs to it', async () => {
    const world = await given(facts)
    await load(world, 'code,name,kind,region\nH6,Name of H6,hospital,200100\n')
    expect((await known(world))[1]).toMatchObject({ unit: '200000' })
  })

  test('and what is known later is not changed from before', async () => {
    const world = await given(facts)
    await expect(load(world, 'code,name,kind,region\nH1,Older name,hospital,100100\n', '2025-06-01T00:00:00.000Z')).rejects.toThrow(/1 institutions that became known later/)
    expect(await load(world, 'code,name,kind,region\nH9,Another,pharmacy,100100\n', '2025-06-01T00:00:00.000Z')).toMatchObject({ added: 1 })
  })
})

describe('an edition loaded again', () => {
  const edition = {
    eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }], standards: [{ drug: 'alpha', minInstitutions: 3 }],
  }
  const tables = ['list', 'region_set', 'region', 'unit', 'company', 'drug', 'source', 'eligibility', 'standard_version', 'standard_filed', 'duty', 'institution_version', 'shelf', 'past_spans', 'drug_named', 'coverage_by_unit', 'coverage_by_drug', 'coverage_by_city', 'coverage_ahead']
  const contents = async (world: World) => Promise.all(tables.map(async (table) => ((await world.services.db.execute(sql.raw(`select to_jsonb(t)::text as row from ${table} t order by 1`))) as unknown as { rows: unknown[] }).rows))

  test('changes nothing', async () => {
    const world = await given({ ...edition, institutions, reports })
    const before = await contents(world)
    await world.loadEdition(edition, '2026-04-01')
    expect(await contents(world)).toEqual(before)
  })

  test('otherwise moves the list’s version', async () => {
    const world = await given({ ...edition, institutions, reports })
    const { version } = await world.list()
    await world.loadEdition({ ...edition, standards: [{ drug: 'alpha', minInstitutions: 4 }] }, '2026-04-01')
    await world.loadEdition({ ...edition, standards: [{ drug: 'alpha', minInstitutions: 4 }], eligibility: [] }, '2026-04-02')
    await world.loadEdition({ ...edition, standards: [{ drug: 'alpha', minInstitutions: 4 }], eligibility: [], sources: { maker: { graceDays: 3 } } }, '2026-04-03')
    expect((await world.list()).version).toBe(version + 3)
  })

  test('as known before what it changes is refused', async () => {
    const world = await given({ ...edition, institutions, reports })
    await expect(world.loadEdition({ ...edition, standards: [{ drug: 'alpha', minInstitutions: 4 }] }, '2025-06-01')).rejects.toThrow(/the standard of alpha that became known later/)
    await expect(world.loadEdition({ standards: edition.standards }, '2025-06-01')).rejects.toThrow(/who is eligible that became known later/)
  })

  test('with another freshness counts anew', async () => {
    const world = await given({ ...edition, institutions, reports })
    await world.loadEdition({ ...edition, drugs: { alpha: { freshnessDays: 10 }, beta: {}, gamma: { company: 'bestco' } } }, '2026-04-01')
    expect([(await headline(world, on('2026-03-11'))).institutions, (await headline(world, on('2026-03-12'))).institutions]).toEqual([2, 0])
    expect(await discrepancies(world)).toEqual([])
  })

  test('with another drug lists it, stocked nowhere', async () => {
    const world = await given({ ...edition, institutions, reports })
    await world.loadEdition({ ...edition, drugs: { alpha: {}, beta: {}, gamma: { company: 'bestco' }, delta: {} } }, '2026-04-01')
    expect(await headline(world, on('2026-03-10'))).toMatchObject({ drugsListed: 4, drugsStocked: 1 })
    expect((await total(world, 'delta')).stocked.institutions).toBe(0)
  })
})

describe('a list that is empty', () => {
  test('answers every question with nothing, not with an error', async () => {
    const world = await given()
    expect(await headline(world)).toMatchObject({ drugsListed: 3, drugsStocked: 0, institutions: 0, unknown: { unitsSilent: ['100000', '200000', '300000', '650000', '660000'] } })
    expect((await coverage(world)).cells).toEqual([])
    expect((await gaps(world)).gaps).toEqual([])
    expect(await statements(world)).toEqual([])
    expect((await world.list()).today).toBe('2026-06-30')
  })

  test('a closed list’s today is the day of its last report', async () => {
    const world = await given({ clock: 'closed', institutions, reports })
    expect((await world.list()).today).toBe('2026-03-01')
  })
})
