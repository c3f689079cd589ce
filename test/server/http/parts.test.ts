import { expect, test } from 'vitest'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { ReportAnswer } from '@lastmile/shared/report'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const list = `/api/lists/${listCode}`

/** A province that sends its month city by city: H1 and H2 in one city, H3 in the other. */
async function province() {
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100100', H3: '100200', P3: '100200' } })
  const officer = doorOf(world.services, { role: 'province_officer', unit: '100000' })
  const send = async (scope: object, lines: readonly string[], headers: Record<string, string> = {}) =>
    officer.send({ list: listCode, source: 'north', period: '2026-05', scope: JSON.stringify({ drugs: null, regions: null, kinds: null, ...scope }), file: ['institution_code,drug_code,status', ...lines].join('\n'), headers })
  const words = async (id: string | null) => {
    const { parts } = await officer.read<ReportAnswer>(`${list}/reports/${id}`)
    const of = (some: NonNullable<typeof parts>['missing']) => some.map(({ region, kind }) => [region, kind].filter(Boolean).join(' ')).join(', ')
    return parts && `${parts.number} of ${parts.total}; waiting: ${of(parts.waiting)}; missing: ${of(parts.missing)}`
  }
  const stocked = async () => (await officer.read<HeadlineAnswer>(`${list}/headline?evidence=confirmed`)).institutions
  return { world, officer, send, words, stocked }
}

test('a period is sent city by city: each part is a snapshot of its own, says which it is, and errors hold back their part alone', async () => {
  const { world, send, words, stocked } = await province()
  const one = await send({ regions: ['100100'] }, ['H1,alpha,in_stock', 'H2,alpha,in_stock'])
  expect([one.status, await words(one.receipt.id)]).toEqual([201, '1 of 2; waiting: ; missing: 100200'])
  expect((await send({ regions: ['100200'] }, ['H3,alpha,perhaps'])).status).toBe(422)
  expect(await stocked()).toBe(2)
  const two = await send({ regions: ['100200'] }, ['H3,alpha,in_stock'])
  expect(await words(two.receipt.id)).toBe('2 of 2; waiting: ; missing: ')
  expect(await words(one.receipt.id)).toBe('1 of 2; waiting: ; missing: ')
  expect(await stocked()).toBe(3)
  // What a correction of a part leaves out is left out in its city alone.
  const again = await send({ regions: ['100100'] }, ['H1,alpha,in_stock'], { 'If-Match': '"1"' })
  expect([again.status, again.receipt.version, await stocked()]).toEqual([201, 2, 2])
  expect(await discrepancies(world)).toEqual([])
})

test('a row of another city does not slip in with a part', async () => {
  const { send } = await province()
  const { status, receipt } = await send({ regions: ['100100'] }, ['H3,alpha,in_stock'])
  expect([status, receipt.errors.map(({ code }) => code)]).toEqual([422, ['INSTITUTION_OUT_OF_SCOPE']])
})

test('parts by city and kind are counted as such, and a report of everything is none', async () => {
  const { send, words } = await province()
  const pharmacies = await send({ regions: ['100200'], kinds: ['pharmacy'] }, ['P3,alpha,in_stock'])
  expect(await words(pharmacies.receipt.id)).toBe('1 of 6; waiting: ; missing: 100100 hospital, 100100 pharmacy, 100100 other, 100200 hospital, 100200 other')
  const rest = await send({ regions: ['100100'] }, ['H1,alpha,in_stock'])
  expect(await words(rest.receipt.id)).toBe('4 of 6; waiting: ; missing: 100200 hospital, 100200 other')
  const whole = await send({}, ['H1,alpha,in_stock', 'H3,alpha,in_stock'])
  expect([whole.status, await words(whole.receipt.id)]).toEqual([201, null])
})
