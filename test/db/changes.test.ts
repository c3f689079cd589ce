import { describe, expect, test } from 'vitest'
import { bridge, changes, headline } from '../support/ask.js'
import { given } from '../support/given.js'

describe('what changed between two days is a bridge: before + entered − left = after', () => {
  const world = () => given({
    institutions: { H1: '100100', H2: '100100', H3: '100200', P1: '200100', P2: '200100', P3: { at: '200200', closed: '2026-03-10' } },
    reports: [
      { source: 'maker', asOf: '2026-01-20', rows: ['H3 alpha in_stock', 'H1 alpha in_stock', 'P1 alpha in_stock', 'P1 beta in_stock', 'P3 alpha in_stock'] },
      { source: 'maker', asOf: '2026-03-05', rows: ['H2 alpha in_stock', 'H1 alpha out_of_stock', 'H3 alpha in_stock @2026-01-20', 'P1 beta in_stock', 'P3 alpha in_stock'] },
    ],
  })

  test('with the cause of every move', async () => {
    const { pairs, institutions } = await changes(await world(), { from: '2026-02-01', to: '2026-03-12' })
    expect(Object.fromEntries(pairs.left.map(({ cause, count }) => [cause, count]))).toEqual({ negative_statement: 1, not_reported: 1, closure: 1, lapse: 1 })
    expect(pairs.entered).toEqual([{ cause: 'new_statement', count: 1 }])
    expect(institutions).toMatchObject({ before: 4, after: 2 })
  })

  test('its ends are the headlines of the two days', async () => {
    const own = await world()
    const { institutions } = await changes(own, { from: '2026-02-01', to: '2026-03-06' })
    expect([institutions.before, institutions.after]).toEqual([(await headline(own, { asOf: '2026-02-01' })).institutions, (await headline(own, { asOf: '2026-03-06' })).institutions])
  })

  test('by drug, company and province, and says which of them counts what', async () => {
    const own = await changes(await world(), { from: '2026-02-01', to: '2026-03-12' })
    const sum = (rows: readonly { left?: number; count?: number }[]) => rows.reduce((total, row) => total + (row.left ?? row.count ?? 0), 0)
    for (const by of ['byDrug', 'byCompany', 'byProvince'] as const) expect(sum(own[by]), by).toBe(sum(own[own.counted[by]].left))
    expect(own.byDrug).toEqual([{ drug: 'alpha', entered: 1, left: 4 }])
    expect(own.byCompany).toEqual([{ company: 'acme', entered: 1, left: 4 }])
    expect(own.byProvince).toEqual([{ region: '100000', entered: 1, left: 2 }, { region: '200000', entered: 0, left: 1 }])
  })

  test('a statement renewed after it had lapsed is restated, not new', async () => {
    const own = await world()
    await own.send({ source: 'maker', asOf: '2026-06-20', rows: ['H3 alpha in_stock', 'P1 beta in_stock', 'H2 beta in_stock'] })
    expect(bridge((await changes(own, { from: '2026-06-01' })).pairs)).toMatch(/^0 \+2 restated \+1 new_statement = 3$/)
  })

  test('of one drug or one region alone', async () => {
    const own = await world()
    expect(bridge((await changes(own, { from: '2026-02-01', to: '2026-03-12', drug: 'beta' })).pairs)).toBe('1 = 1')
    expect((await changes(own, { from: '2026-02-01', to: '2026-03-12', region: '200000' })).institutions).toMatchObject({ before: 2, after: 1 })
  })

  test('nothing happened, nothing moved', async () => {
    expect(bridge((await changes(await world(), { from: '2026-02-01', to: '2026-02-10' })).institutions)).toBe('4 = 4')
  })
})

describe('between two instants of knowledge it is a correction', () => {
  test('the same day, before the correction was accepted and after', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100', P1: '200100' }, reports: [
      { source: 'maker', asOf: '2026-01-31', accepted: '2026-02-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
      { source: 'maker', asOf: '2026-01-31', accepted: '2026-03-01', corrects: 1, rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] },
    ] })
    const own = await changes(world, { from: '2026-02-10', to: '2026-02-10', knownFrom: '2026-02-15', knownTo: '2026-03-15' })
    expect(bridge(own.pairs)).toBe('2 +1 correction -1 correction = 2')
    expect(own.byProvince).toEqual([{ region: '100000', entered: 0, left: 1 }, { region: '200000', entered: 1, left: 0 }])
  })
})

describe('known on one instant, two days differ by what happened between them', () => {
  const world = () => given({ institutions: { H1: '100100', H2: '100100' }, reports: [
    { source: 'maker', asOf: '2026-01-31', accepted: '2026-02-01', rows: ['H1 alpha in_stock'] },
    { source: 'maker', asOf: '2026-02-10', accepted: '2026-02-11', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
    { source: 'maker', asOf: '2026-02-10', accepted: '2026-03-01', corrects: 1, rows: ['H1 alpha out_of_stock'] },
  ] })

  test('with ordinary causes, whichever end the instant was given for', async () => {
    const own = await world()
    for (const known of [{ knownFrom: '2026-02-15' }, { knownTo: '2026-02-15' }, { knownFrom: '2026-02-15', knownTo: '2026-02-15' }]) {
      const answer = await changes(own, { from: '2026-02-05', to: '2026-02-12', ...known })
      expect([bridge(answer.pairs), bridge(answer.institutions)]).toEqual(['1 +1 new_statement = 2', '1 +1 new_statement = 2'])
      expect([answer.knownFrom, answer.knownTo]).toEqual(['2026-02-15T04:00:00.000Z', '2026-02-15T04:00:00.000Z'])
    }
    expect(bridge((await changes(own, { from: '2026-02-05', to: '2026-02-12' })).pairs)).toBe('1 -1 negative_statement = 0')
  })

  test('its ends are the headlines of the two days as known then', async () => {
    const own = await world()
    const { institutions } = await changes(own, { from: '2026-02-05', to: '2026-02-12', knownTo: '2026-02-15' })
    const at = async (asOf: string) => (await headline(own, { asOf, knownOn: '2026-02-15' })).institutions
    expect([institutions.before, institutions.after]).toEqual([await at('2026-02-05'), await at('2026-02-12')])
  })
})

describe('why an institution left or entered', () => {
  test('comes from the drugs that left it, not from what is said there of others', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100' }, reports: [
      { source: 'hospitals', asOf: '2026-01-05', rows: ['H1 beta in_stock', 'H2 beta not_known'] },
      { source: 'hospitals', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] },
      { source: 'hospitals', asOf: '2026-03-10', rows: ['H1 alpha out_of_stock', 'H2 alpha in_stock'] },
    ] })
    const { institutions } = await changes(world, { evidence: 'confirmed', from: '2026-03-05', to: '2026-03-12' })
    expect(bridge(institutions)).toBe('1 +1 new_statement -1 negative_statement = 1')
  })

  test('a figure left empty is no negative statement', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: [{ source: 'north', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }, { source: 'north', asOf: '2026-03-10', rows: ['H1 alpha not_known'] }] })
    const own = await changes(world, { evidence: 'confirmed', from: '2026-03-05', to: '2026-03-12' })
    expect([bridge(own.pairs), bridge(own.institutions)]).toEqual(['1 -1 not_known = 0', '1 -1 not_known = 0'])
  })
})
