import { describe, expect, test } from 'vitest'
import { contradictionSets, type ContradictionsAnswer } from '@lastmile/shared/contradiction'
import { contradictions, type ContradictionsAsked } from '../support/ask.js'
import { given } from '../support/given.js'

/*
 * Where kinds of evidence speak against each other: sets of pairs on one day.
 */

const pairs = ({ rows }: ContradictionsAnswer) => rows.map(({ institution, drug, age }) => `${institution} ${drug} ${age}`)

describe('a pair', () => {
  test('is refuted where the company declares it in stock and the institution or its province says that it is not, since the later of the two began to say so without a break', async () => {
    const world = await given({
      today: '2026-06-30', institutions: { H1: '100100', H2: '100100', H3: '200100', P1: '100200' },
      reports: [
        { source: 'maker', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock', 'P1 alpha out_of_stock'] },
        { source: 'north', asOf: '2026-06-05', rows: ['H1 alpha not_carried reason=cold_chain', 'H2 alpha not_known', 'P1 alpha out_of_stock'] },
        { source: 'hospitals', asOf: '2026-06-10', rows: ['H3 alpha in_stock'] },
        // Said again by both: it began when the second of them first said it.
        { source: 'maker', asOf: '2026-06-15', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] },
        { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha out_of_stock', 'H2 alpha not_known'] },
        { source: 'south', asOf: '2026-06-28', rows: ['H3 alpha on_order lead=5'] },
      ],
    })
    const answer = await contradictions(world, 'refuted')
    expect(pairs(answer)).toEqual(['H1 alpha 25', 'H3 alpha 2'])
    expect(answer.totals.refuted).toEqual({ pairs: 2, institutions: 2 })
    expect(answer.rows[0]).toMatchObject({
      began: '2026-06-05', company: 'acme', standing: 'contradicted', declared: { state: 'in_stock', day: '2026-06-15', source: 'maker' }, confirmed: { state: 'out_of_stock', day: '2026-06-20', source: 'north' }, supplied: null,
      owner: { office: 'province', reason: 'has_refuted', source: 'north' }, request: null,
    })
    expect(pairs(await contradictions(world, 'refuted', { asOf: '2026-06-12' }))).toEqual(['H1 alpha 7'])
    expect(pairs(await contradictions(world, 'refuted', { knownOn: '2026-06-06' }))).toEqual(['H1 alpha 25'])
    expect(pairs(await contradictions(world, 'refuted', { asOf: '2026-06-04' }))).toEqual([])
  })

  test('a break ends it: what was not said meanwhile counts from when it is said again', async () => {
    const world = await given({
      today: '2026-06-30', institutions: { H1: '100100', H2: '100100' },
      reports: [
        { source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
        { source: 'north', asOf: '2026-03-01', rows: ['H1 alpha not_carried', 'H2 alpha in_stock'] },
        // Left out, so that it is not reported, and named again; stale in between for nobody.
        { source: 'maker', asOf: '2026-04-01', rows: ['H2 alpha in_stock'] },
        { source: 'maker', asOf: '2026-05-20', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
        { source: 'north', asOf: '2026-05-25', rows: ['H1 alpha not_carried', 'H2 alpha in_stock'] },
      ],
    })
    const { rows } = await contradictions(world, 'refuted')
    // North's word was stale from the middle of April until it was said again.
    expect(rows.map(({ institution, began }) => [institution, began])).toEqual([['H1', '2026-05-25']])
    expect((await contradictions(world, 'refuted', { asOf: '2026-03-20' })).rows.map(({ institution, began }) => [institution, began])).toEqual([['H1', '2026-03-01']])
  })

  test('declared and never supplied counts from when it was first declared, supplied and never declared from its first supply; of a day before either there is none', async () => {
    const world = await given({
      today: '2026-06-30', institutions: { H1: '100100', H2: '100100', H3: { at: '200100', closed: '2026-06-20' } },
      reports: [
        { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] },
        { source: 'sales', asOf: '2026-06-15', rows: ['H1 alpha @2026-06-12', 'H2 beta @2026-06-14', 'H3 beta @2026-06-14'] },
        { source: 'sales', asOf: '2026-06-25', rows: ['H2 beta @2026-06-25'] },
      ],
    })
    // A closed institution stands nowhere.
    expect(pairs(await contradictions(world, 'never_supplied'))).toEqual(['H2 alpha 20'])
    expect(pairs(await contradictions(world, 'never_declared'))).toEqual(['H2 beta 16'])
    expect(pairs(await contradictions(world, 'never_supplied', { asOf: '2026-06-11' }))).toEqual(['H1 alpha 1', 'H2 alpha 1', 'H3 alpha 1'])
    expect(pairs(await contradictions(world, 'never_declared', { asOf: '2026-06-13' }))).toEqual([])
    // Since another day, other supplies count.
    expect(pairs(await contradictions(world, 'never_supplied', { since: '2026-06-13' }))).toEqual(['H1 alpha 17', 'H2 alpha 17'])
    expect(pairs(await contradictions(world, 'never_declared', { since: '2026-06-20' }))).toEqual(['H2 beta 5'])
    const { rows, basis } = await contradictions(world, 'never_declared')
    expect([rows[0], basis]).toMatchObject([{ standing: 'supplied_never_declared', owner: { office: 'company', reason: 'may_declare', source: 'maker' }, supplied: { day: '2026-06-14' } }, { evidence: null, since: '2026-01-01' }])
  })

  test('can be in two sets, is counted once in each, and its institution once however many drugs it has', async () => {
    const world = await given({
      today: '2026-06-30', institutions: { H1: '100100', P1: '100200', H4: '650100' },
      reports: [
        { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'H1 beta in_stock', 'P1 alpha in_stock', 'H4 beta in_stock'] },
        { source: 'north', asOf: '2026-06-12', rows: ['H1 alpha out_of_stock', 'H1 beta out_of_stock'] },
      ],
    })
    const { totals } = await contradictions(world, 'refuted')
    expect(totals).toEqual({ refuted: { pairs: 2, institutions: 1 }, never_supplied: { pairs: 4, institutions: 3 }, never_declared: { pairs: 0, institutions: 0 } })
    const filters: ContradictionsAsked[] = [{ region: '100000' }, { region: '100200' }, { region: '650000' }, { drug: 'beta' }, { company: 'acme' }, { company: 'bestco' }, { kind: 'pharmacy' }, { institution: 'H1' }, { drug: 'alpha', kind: 'hospital' }]
    for (const filter of filters) {
      for (const set of contradictionSets) {
        const answer = await contradictions(world, set, filter)
        expect([answer.totals[set].pairs, answer.totals[set].institutions, answer.page.total], JSON.stringify(filter)).toEqual([answer.rows.length, new Set(answer.rows.map(({ institution }) => institution)).size, answer.rows.length])
      }
    }
    expect(pairs(await contradictions(world, 'never_supplied', { sort: { by: 'drug', falling: true } }))).toEqual(['H1 beta 20', 'H4 beta 20', 'H1 alpha 20', 'P1 alpha 20'])
    expect(pairs(await contradictions(world, 'never_supplied', { offset: 1, limit: 2, sort: { by: 'unit', falling: false } }))).toEqual(['H1 beta 20', 'P1 alpha 20'])
  })
})
