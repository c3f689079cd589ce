import { describe, expect, test } from 'vitest'
import { listCode } from '../../support/edition.js'
import type { Sent } from './door.js'
import { mixed, office, rows, said } from './waiting-office.js'

test.each([
  ['a third fewer institutions are a bad month', rows(60), '201 accepted: '],
  ['less than six in ten of them are a file that was cut off', rows(53), '202 quarantined: institutions_fell'],
  ['half as many again are a good month', rows(99, 'in_stock'), '201 accepted: ', 70],
  ['twice as many are not believed', rows(100), '202 quarantined: institutions_leapt', 50],
  ['one status for everything where there were two', rows(90, 'in_stock'), '202 quarantined: one_status', 90, mixed],
  ['out of stock everywhere where there were two', rows(90, 'out_of_stock'), '202 quarantined: one_status', 90, mixed],
  ['those that are out of stock left out: told, and counted', rows(90, 'in_stock').split('\n').filter((_, i) => i % 2 === 0).join('\n'), '201 accepted: zeros_left_out', 90, mixed],
  ['the same under a new date: told, and counted', rows(90), '201 accepted: same_content'],
] as const)('%s', async (_, file, expected, before: number = 90, status: string | typeof mixed = 'in_stock') => {
  const { send, stocked } = await office()
  expect((await send('2026-05-31', rows(before, status))).status).toBe(201)
  const held = await stocked()
  const dry = await send('2026-06-29', file, { dryRun: 'true' })
  expect(said(dry)).toBe(expected.replace(/^\d+/, '200'))
  expect(said(await send('2026-06-29', file))).toBe(expected)
  if (expected.startsWith('202')) expect(await stocked()).toBe(held)
})

test.each([
  ['all its days lie before those of the report before', 90, '2026-04-30', '202 quarantined: older_dates same_content'],
  ['its days go on', 90, '2026-06-20', '201 accepted: same_content'],
] as const)('a file whose days are given: %s', async (_, count, day, expected) => {
  const { send } = await office()
  await send('2026-05-31', rows(90, 'in_stock', '2026-05-20'))
  expect(said(await send('2026-06-29', rows(count, 'in_stock', day)))).toBe(expected)
})

test('a file of exactly a hundred rows is a page where there were more before, and none where there were not', async () => {
  const two = (count: number) => [rows(100), ...Array.from({ length: count }, (_, i) => `H${i},beta,in_stock`)].join('\n')
  const { send } = await office()
  expect(said(await send('2026-04-30', rows(100)))).toBe('201 accepted: ')
  expect(said(await send('2026-05-31', two(40)))).toBe('201 accepted: ')
  const cut = await send('2026-06-29', rows(100))
  expect([said(cut), cut.receipt.suspicions[0]]).toEqual(['202 quarantined: page_size', { code: 'page_size', report: expect.any(String), before: 140, after: 100, detail: [] }])
})

test('what is normal for a source is in its data', async () => {
  const { send } = await office({ north: { suspicion: { fall: 0.9, leap: 5, fewest: 20, newShare: 0.5, pages: false, days: true } } })
  await send('2026-05-31', rows(90))
  expect(said(await send('2026-06-29', rows(12)))).toBe('201 accepted: ')
})

test('a handful of institutions comes and goes by itself', async () => {
  const { send } = await office()
  await send('2026-05-31', rows(10))
  expect(said(await send('2026-06-29', rows(2)))).toBe('201 accepted: ')
})

test('a correction is held against the report before, and not against what it mends', async () => {
  const { send } = await office()
  await send('2026-05-31', rows(90))
  await send('2026-06-29', rows(60))
  expect(said(await send('2026-06-29', rows(88), { headers: { 'If-Match': '"1"' } }))).toBe('201 accepted: ')
})

describe('what is cut off does not slip in by another door', () => {
  const half = 'institution_code,drug_code,status\n' + Array.from({ length: 20 }, (_, i) => `H${i},alpha,in_stock`).join('\n')
  const city = ['institution_code,drug_code,status', ...Array.from({ length: 10 }, (_, i) => `H${2 * i + 1},alpha,in_stock`)].join('\n')
  const sub = (scope: object) => ({ scope: JSON.stringify({ drugs: null, regions: null, kinds: null, ...scope }) })

  test('as a part: it is held against what was said of that part', async () => {
    const { send } = await office()
    await send('2026-05-31', rows(90))
    expect(said(await send('2026-06-29', city, sub({ regions: ['100100'] })))).toBe('202 quarantined: institutions_fell')
    expect(said(await send('2026-06-29', half, sub({ kinds: ['hospital', 'pharmacy'] })))).toBe('202 quarantined: institutions_fell')
  })

  test('as a switch to what is in stock alone: those at which anything was in stock are compared', async () => {
    const { send } = await office()
    await send('2026-05-31', rows(90, mixed))
    expect(said(await send('2026-06-29', rows(40, mixed).split('\n').filter((line) => !line.includes('out_of_stock')).join('\n')))).toBe('202 quarantined: institutions_fell zeros_left_out')
  })

  test('as changes: one thing said of everything, and it is not in stock', async () => {
    const { send } = await office()
    await send('2026-05-31', rows(90, mixed))
    expect(said(await send('2026-06-29', rows(90, 'out_of_stock'), { mode: 'changes' }))).toBe('202 quarantined: one_status')
  })

  test('into an approved period, whatever its scope and mode', async () => {
    const { send, door, operator, decide } = await office()
    const { receipt } = await door.send({ list: listCode, source: 'north', period: '2026-05', file: rows(90) })
    expect(await decide(operator, receipt.id, 'approval')).toBe('200 accepted')
    const period = async (own: Partial<Sent>) => (await door.send({ list: listCode, source: 'north', period: '2026-05', file: half, ...own })).receipt.reason
    expect([await period({ ...sub({ regions: ['100100'] }), file: city }), await period(sub({ kinds: ['hospital', 'pharmacy'] })), await period({ mode: 'changes' })]).toEqual(['PERIOD_LOCKED', 'PERIOD_LOCKED', 'PERIOD_LOCKED'])
    expect((await send('2026-05-20', half)).receipt.reason).toBe('PERIOD_LOCKED')
    expect((await send('2026-06-29', rows(89))).status).toBe(201)
  })
})

test('changes are as many as they are: a hundred of them are no page', async () => {
  const { send } = await office()
  await send('2026-05-31', [rows(100), ...Array.from({ length: 40 }, (_, i) => `H${i},beta,in_stock`)].join('\n'))
  expect(said(await send('2026-06-29', rows(100), { mode: 'changes' }))).toBe('201 accepted: ')
})
