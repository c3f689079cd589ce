import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDrug } from '@lastmile/db/query/drugs'
import { nearestOf } from '@lastmile/db/query/nearest'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { NearestAnswer } from '@lastmile/shared/nearest'
import { Position } from '@lastmile/shared/position'
import { given, type World } from '../support/given.js'
import type { InstitutionFacts } from '../support/rows.js'

/*
 * NEAREST=50 tries more random worlds; SEED=… repeats a run.
 */
const worlds = Number(process.env['NEAREST'] ?? 3)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

interface Asked {
  lat: number
  lng: number
  drug?: string
  evidence?: Evidence
  asOf?: Day
  kind?: Kind
  count?: number
  within?: number
  /** From the drug, from the place outwards, from the place among those named with the drug, or from far away: all must find the same. */
  way?: 'drug' | 'place' | 'both' | 'far'
}

async function nearest(world: World, { lat, lng, drug = 'alpha', evidence = 'confirmed', asOf, kind, count = 20, within, way }: Asked): Promise<NearestAnswer> {
  const { db } = world.services
  const list = await world.list()
  const filter = { drug: (await findDrug(db, list.id, drug))!, position: Position.parse({ lat, lng }), kind: kind ?? null, count, within: within ?? null }
  const ways = { drug: { veryFew: Infinity }, place: { few: 0, farKm: Infinity }, both: { veryFew: 0, farKm: Infinity }, far: { few: 0, farKm: -1 } }
  return NearestAnswer.parse(await nearestOf(db, list, evidence, asOf ?? list.today, filter, ...(way ? [ways[way]] : [])))
}

const codesOf = (answer: NearestAnswer) => answer.rows.map((row) => row.code)

/** The distance by another formula than the product's: the angle between two directions from the middle of the Earth. */
function apart(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const direction = ({ lat, lng }: { lat: number; lng: number }) => {
    const [y, x] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180]
    return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)] as const
  }
  const [p, q] = [direction(a), direction(b)]
  const cross = Math.hypot(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])
  return 6371.0088 * Math.atan2(cross, p[0] * q[0] + p[1] * q[1] + p[2] * q[2])
}

describe('the nearest institutions', () => {
  const around = (lat: number, lng: number) => fc.record({ lat: fc.double({ min: Math.max(-90, lat - 3), max: Math.min(90, lat + 3), noNaN: true }), lng: fc.double({ min: lng - 6, max: lng + 6, noNaN: true }) })
    .map((one) => ({ lat: Math.round(one.lat * 1e4) / 1e4, lng: Math.round((one.lng > 180 ? one.lng - 360 : one.lng < -180 ? one.lng + 360 : one.lng) * 1e4) / 1e4 }))
  const anywhere = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lng: fc.double({ min: -180, max: 180, noNaN: true }) }).map((one) => ({ lat: Math.round(one.lat * 1e4) / 1e4, lng: Math.round(one.lng * 1e4) / 1e4 }))
  const edges = fc.constantFrom({ lat: 0, lng: 180 }, { lat: 0, lng: -180 }, { lat: 90, lng: 0 }, { lat: -90, lng: 77 }, { lat: 66, lng: 180 }, { lat: 66, lng: -179.99 }, { lat: 89.9, lng: 179.9 })
  const spot = fc.oneof(around(39.9, 116.4), around(70, 179), around(86, -40), around(-17, 180), anywhere, edges)
  const statuses = ['in_stock', 'in_stock', 'in_stock', 'out_of_stock', 'not_known', 'stale', 'unsaid'] as const
  const site = fc.record({ spot: fc.option(spot, { freq: 12 }), kind: fc.constantFrom('H', 'P', 'C'), status: fc.constantFrom(...statuses) })
  const question = fc.record({ spot, kind: fc.constantFrom<Kind | undefined>(undefined, undefined, 'hospital'), count: fc.constantFrom(1, 3, 20), within: fc.constantFrom<number | undefined>(undefined, undefined, 40, 900) })

  test(`are those that a search of every institution finds, in its order, near the date line and the poles too (seed ${seed})`, async () => {
    await fc.assert(fc.asyncProperty(fc.array(site, { minLength: 1, maxLength: 90 }), fc.array(question, { minLength: 5, maxLength: 5 }), async (sites, questions) => {
      const all = sites.map((one, i) => ({ ...one, code: `${one.kind}${i}` }))
      const said = all.filter((one) => one.status !== 'unsaid')
      const world = await given({
        institutions: Object.fromEntries(all.map(({ code, spot }): [string, InstitutionFacts] => [code, { at: '100100', ...spot }])),
        reports: said.length === 0 ? [] : [{ source: 'hospitals', asOf: '2026-06-30', rows: said.map(({ code, status }) => `${code} alpha ${status === 'stale' ? 'in_stock @2026-03-01' : `${status} @2026-06-20`}`) }],
      })
      for (const { spot, kind, count, within } of questions) {
        const from = Position.parse(spot)
        const stocked = all.filter((one) => one.status === 'in_stock' && (kind === undefined || one.kind === 'H'))
        const expected = stocked.flatMap((one) => (one.spot === null ? [] : [apart(from, one.spot)])).filter((km) => within === undefined || km <= within).sort((a, b) => a - b)
        for (const way of ['drug', 'place', 'both', 'far'] as const) {
          const answer = await nearest(world, { ...spot, count, ...(kind ? { kind } : {}), ...(within ? { within } : {}), ...(way ? { way } : {}) })
          expect(answer.rows.length, 'never fewer than asked for while there are more').toBe(Math.min(count, expected.length))
          expect({ stocked: answer.stocked, more: answer.more, position: answer.position }).toEqual({ stocked: stocked.length, more: expected.length > count, position: from })
          expect(new Set(codesOf(answer)).size).toBe(answer.rows.length)
          for (const [i, row] of answer.rows.entries()) {
            const own = all.find((one) => one.code === row.code)!
            expect(own.status).toBe('in_stock')
            // Where two lie equally far, either may come first; that the distance is the institution's own is looked at too.
            expect(Math.abs(row.km - expected[i]!)).toBeLessThan(0.051)
            expect(Math.abs(row.km - apart(from, own.spot!))).toBeLessThan(0.051)
          }
        }
      }
    }), { numRuns: worlds, seed, endOnFailure: true })
  }, 60_000 + worlds * 20_000)

  test('on one spot come by code, in whichever order they were met, however few are asked for', async () => {
    const world = await given()
    for (const [i, code] of ['H4', 'H2', 'H5', 'H1', 'H3'].entries()) await world.loadMaster({ [code]: { at: '100100', lat: code === 'H5' ? 40 : 40.5, lng: 116 } }, `2026-01-0${i + 1}`)
    await world.send({ source: 'hospitals', asOf: '2026-06-30', rows: ['H1', 'H2', 'H3', 'H4', 'H5'].map((code) => `${code} alpha in_stock`) })
    for (const way of ['drug', 'place', 'both', 'far'] as const) {
      for (const count of [1, 2, 3, 4, 5]) expect(codesOf(await nearest(world, { lat: 40, lng: 116, count, way }))).toEqual(['H5', 'H1', 'H2', 'H3', 'H4'].slice(0, count))
    }
  })

  test('across the date line is nearer than farther along the same side', async () => {
    const world = await given({
      institutions: { H1: { at: '100100', lat: 0, lng: -179.9 }, H2: { at: '100100', lat: 0, lng: 178 }, H3: { at: '100100', lat: 0, lng: 180 } },
      reports: [{ source: 'hospitals', asOf: '2026-06-30', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] }],
    })
    for (const way of ['drug', 'place', 'both', 'far'] as const) {
      const answer = await nearest(world, { lat: 0, lng: 179.9, way })
      expect(answer.rows.map((row) => [row.code, row.km])).toEqual([['H3', 11.1], ['H1', 22.2], ['H2', 211.3]])
      expect(codesOf(await nearest(world, { lat: 0, lng: -180, count: 1, way }))).toEqual(['H3'])
    }
  })

  test('in the far north are told by true distance, where degrees of longitude are short', async () => {
    const world = await given({
      institutions: { H1: { at: '100100', lat: 80, lng: 20 }, H2: { at: '100100', lat: 76, lng: 0 } },
      reports: [{ source: 'hospitals', asOf: '2026-06-30', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }],
    })
    // Twenty degrees east are 385 kilometres there, four degrees south are 445.
    for (const way of ['drug', 'place', 'both', 'far'] as const) expect(codesOf(await nearest(world, { lat: 80, lng: 0, way }))).toEqual(['H1', 'H2'])
  })
})

describe('only what is known to be in stock', () => {
  const town = (code: string, step: number): [string, InstitutionFacts] => [code, { at: '100100', lat: 40 + step / 100, lng: 116 }]
  const institutions = Object.fromEntries(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P1'].map((code, i) => town(code, i)))

  test('is listed: not what ran out, is not known, has gone stale, was left out or never reported', async () => {
    const world = await given({
      institutions,
      reports: [
        { source: 'north', asOf: '2026-05-31', rows: ['H4 alpha in_stock', 'H5 alpha in_stock @2026-04-01', 'H6 alpha in_stock', 'P1 alpha in_stock'] },
        { source: 'north', asOf: '2026-06-30', rows: ['H1 alpha out_of_stock', 'H2 alpha not_known', 'H3 alpha on_order lead=3', 'H5 alpha in_stock @2026-04-01', 'H6 alpha in_stock @2026-06-20'] },
      ],
    })
    expect((await nearest(world, { lat: 40, lng: 116 })).rows.map(({ code, state, day }) => [code, state, day])).toEqual([['H6', 'in_stock', '2026-06-20']])
  })

  test('under the kind of evidence asked for, and no other', async () => {
    const world = await given({
      institutions,
      reports: [
        { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock'] }, { source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha not_carried', 'H2 alpha in_stock'] },
        { source: 'sales', asOf: '2026-06-25', rows: ['H3 alpha @2026-06-01', 'H3 alpha @2026-06-05'] },
      ],
    })
    const told = async (evidence: Evidence) => (await nearest(world, { lat: 40, lng: 116, evidence })).rows.map((row) => `${row.code} ${row.day}`)
    expect([await told('declared'), await told('confirmed'), await told('supplied')]).toEqual([['H1 2026-06-10'], ['H2 2026-06-20'], ['H3 2026-06-01']])
  })

  test('on the day asked for, today or past', async () => {
    const world = await given({
      institutions: { ...institutions, H2: { at: '100100', lat: 40.01, lng: 116, closed: '2026-05-01' } },
      reports: [
        { source: 'hospitals', asOf: '2026-04-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
        { source: 'hospitals', asOf: '2026-04-20', rows: ['H1 alpha out_of_stock'] },
        { source: 'hospitals', asOf: '2026-06-20', rows: ['H3 alpha in_stock'] },
      ],
    })
    const on = async (asOf: Day) => (await nearest(world, { lat: 40, lng: 116, asOf })).rows.map((row) => row.code)
    expect([await on('2026-03-31'), await on('2026-04-01'), await on('2026-04-20'), await on('2026-05-01'), await on('2026-06-30')]).toEqual([[], ['H1', 'H2'], ['H2'], [], ['H3']])
  })

  test('and what lies nobody knows where is counted, and not ranked', async () => {
    const world = await given({ institutions: { ...institutions, P2: '100100' }, reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P2 alpha in_stock'] }] })
    expect(await nearest(world, { lat: 40, lng: 116 })).toMatchObject({ stocked: 2, more: false, rows: [{ code: 'H1', km: 0 }] })
    expect(await nearest(world, { lat: 40, lng: 116, kind: 'pharmacy' })).toMatchObject({ stocked: 1, more: false, rows: [] })
    expect(await nearest(world, { lat: 40, lng: 116, drug: 'beta' })).toMatchObject({ stocked: 0, more: false, rows: [] })
  })

  test('and an institution that has moved is where the master says now', async () => {
    const world = await given({ institutions, reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }] })
    await world.loadMaster({ H1: { at: '100100', lat: 41, lng: 116 } }, '2026-06-25')
    for (const way of ['drug', 'place', 'both', 'far'] as const) expect((await nearest(world, { lat: 40, lng: 116, way })).rows.map((row) => row.km)).toEqual([111.2])
  })
})
