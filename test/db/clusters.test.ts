import { describe, expect, test } from 'vitest'
import { mostMarks, type ClusterMark } from '@lastmile/shared/cluster'
import { clusters, openedBy } from '../support/ask.js'
import { given } from '../support/given.js'
import type { InstitutionFacts } from '../support/rows.js'

const country = '70,10,135,55'
/** Three hospitals of one town, one far away, and one of which nobody knows where it stands. */
const institutions: Record<string, InstitutionFacts> = {
  H1: { at: '100100', lat: 40.01, lng: 116.01 }, H2: { at: '100100', lat: 40.02, lng: 116.02 }, H3: { at: '100100', lat: 40.012, lng: 116.015 },
  H4: { at: '200100', lat: 25, lng: 110 }, H5: '200100', H6: { at: '650100', unit: '660000', lat: 43, lng: 87 },
}
const said = { source: 'hospitals', asOf: '2026-01-10', rows: ['H1 alpha in_stock', 'H2 alpha out_of_stock', 'H4 alpha in_stock', 'H5 alpha in_stock', 'H6 alpha not_known', 'H3 beta in_stock'] }
const asked = { evidence: 'confirmed', drug: 'alpha' } as const

/** The states that occur. */
const saidOf = ({ states }: ClusterMark) => Object.fromEntries(Object.entries(states).filter(([, n]) => n > 0))

describe('a map of institutions', () => {
  test('shows what lies close together as one mark with its states, and apart when one looks closer', async () => {
    const world = await given({ today: '2026-01-20', institutions, reports: [said] })
    const far = await clusters(world, { ...asked, box: country, zoom: 4 })
    expect(far).toMatchObject({ by: 'institution', institutions: 4 })
    expect(far.marks.map((mark) => [mark.count, saidOf(mark), mark.institution?.code])).toEqual([[1, { not_known: 1 }, 'H6'], [1, { in_stock: 1 }, 'H4'], [2, { in_stock: 1, out_of_stock: 1 }, undefined]])
    const near = await clusters(world, { ...asked, box: '115.9,39.9,116.1,40.1', zoom: 16 })
    expect(near.marks.map((mark) => [mark.institution?.code, mark.lat, mark.lng])).toEqual([['H1', 40.01, 116.01], ['H2', 40.02, 116.02]])
  })

  test('leaves out institutions of which nobody said anything, and those without a position, and shows only the states asked for', async () => {
    const world = await given({ today: '2026-01-20', institutions, reports: [said] })
    const { marks } = await clusters(world, { ...asked, box: country, zoom: 16, states: ['in_stock'] })
    expect(marks.map((mark) => mark.institution?.code)).toEqual(['H4', 'H1'])
    const anyDrug = await clusters(world, { evidence: 'confirmed', box: country, zoom: 16 })
    expect(anyDrug.marks.map((mark) => mark.institution?.code)).toEqual(['H6', 'H4', 'H1', 'H3', 'H2'])
  })

  test('opens from each mark exactly the institutions that it counts', async () => {
    const world = await given({ today: '2026-01-20', institutions, reports: [said] })
    const { marks } = await clusters(world, { ...asked, box: country, zoom: 4 })
    expect(await Promise.all(marks.map((mark) => openedBy(world, mark, asked)))).toEqual([['H6'], ['H4'], ['H1', 'H2']])
  })

  test('shows what was known at a past instant, and where institutions were then said to stand', async () => {
    const world = await given({ today: '2026-01-20', institutions, reports: [said, { source: 'hospitals', asOf: '2026-01-10', corrects: 1, accepted: '2026-01-15', rows: ['H1 alpha in_stock'] }] })
    expect((await clusters(world, { ...asked, box: country, zoom: 16 })).marks.map((mark) => mark.institution?.code)).toEqual(['H1'])
    expect((await clusters(world, { ...asked, box: country, zoom: 16, knownOn: '2026-01-12' })).marks.map((mark) => mark.institution?.code)).toEqual(['H6', 'H4', 'H1', 'H2'])
  })

  test('counts by unit from afar and by city from nearer where there are too many to look at one by one', async () => {
    const crowd = Object.fromEntries(Array.from({ length: 4_001 }, (_, i): [string, InstitutionFacts] => [`P${i}`, { at: i % 3 === 0 ? '200200' : '100200', lat: i % 3 === 0 ? 26 : 41 + i / 1e5, lng: 115 + i / 1e4 }]))
    const world = await given({ today: '2026-01-20', institutions: { ...institutions, ...crowd }, reports: [{ ...said, rows: [...said.rows, 'P1 alpha in_stock', 'P2 alpha not_carried', 'P3 alpha in_stock'] }] })
    const units = await clusters(world, { ...asked, box: country, zoom: 4.2 })
    expect(units.by).toBe('unit')
    expect(units.marks.map((mark) => [mark.regions!.map((one) => one.code), saidOf(mark)])).toEqual([
      [['660000'], { not_known: 1 }], [['200000'], { in_stock: 3 }], [['100000'], { in_stock: 2, out_of_stock: 1, not_carried: 1 }],
    ])
    const cities = await clusters(world, { ...asked, box: country, zoom: 7 })
    expect(cities.by).toBe('city')
    expect(cities.marks.map((mark) => [mark.regions!.map((one) => one.code).join(), mark.count])).toEqual([['650100', 1], ['200100', 2], ['200200', 1], ['100100', 2], ['100200', 2]])
    for (const mark of [...units.marks, ...cities.marks]) expect(await openedBy(world, mark, asked)).toHaveLength(mark.count)
    // Institutions without a position count in their region.
    expect(await openedBy(world, cities.marks[1]!, asked)).toEqual(['H4', 'H5'])
  })

  test('never has more marks than a screen can bear, however closely one asks to look at however much', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i): [string, InstitutionFacts] => [`H${i}`, { at: '100100', lat: 20 + (i % 40) / 2, lng: 80 + Math.floor(i / 40) }]))
    const world = await given({ today: '2026-01-20', institutions: many, reports: [{ ...said, rows: Object.keys(many).map((code) => `${code} alpha in_stock`) }] })
    const { marks, institutions: counted } = await clusters(world, { ...asked, box: country, zoom: 20 })
    expect(marks.length).toBeLessThanOrEqual(mostMarks)
    expect(counted).toBe(1_000)
  })
})
