import { describe, expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { verifyAudit } from '@lastmile/db/audit/verify'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { ReportAnswer, ReportReceipt, ReportsAnswer } from '@lastmile/shared/report'
import type { Source } from '@lastmile/shared/source'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, forgetReports, type Door, type Sent } from './door.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const
const institutions = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`H${i}`, i % 2 ? '100100' : '100200']))

/** A report on the first so many institutions, in the words that each has. */
function rows(count: number, status: string | ((i: number) => string) = 'in_stock', day: string | null = null): string {
  const lines = Array.from({ length: count }, (_, i) => [`H${i}`, 'alpha', typeof status === 'string' ? status : status(i), ...(day === null ? [] : [day])].join(','))
  return [`institution_code,drug_code,status${day === null ? '' : ',observed_on'}`, ...lines].join('\n')
}
const mixed = (i: number) => (i % 2 ? 'in_stock' : 'out_of_stock')

async function office(sources: Record<string, Partial<Source>> = {}) {
  const world = await given({ today: '2026-06-30', institutions, sources })
  const { services } = world
  const door = doorOf(services, north)
  const send = async (asOf: string, file: string, own: Partial<Sent> = {}) => door.send({ list: listCode, source: 'north', asOf, file, ...own })
  const decide = async (who: Door, id: string | null, verb: 'release' | 'return' | 'withdrawal' | 'approval', reason = 'asked the sender') => {
    const answer = await who.ask(`${list}/reports/${id}/${verb}`, { method: 'POST', ...(verb === 'release' || verb === 'return' ? { body: JSON.stringify({ reason }), headers: { 'content-type': 'application/json' } } : {}) })
    const body = (await answer.json()) as { state?: string; error?: { code: string } }
    return `${answer.status} ${body.state ?? body.error?.code}`
  }
  return {
    world, services, door, send, decide, colleague: doorOf(services, north), operator: doorOf(services),
    stocked: async () => (await doorOf(services, 'public').read<HeadlineAnswer>(`${list}/headline?evidence=confirmed`)).institutions,
    report: async (id: string | null, who: Door = doorOf(services)) => who.read<ReportAnswer>(`${list}/reports/${id}`),
  }
}

const said = ({ status, receipt }: { status: number; receipt: ReportReceipt }) => `${status} ${receipt.outcome}: ${receipt.suspicions.map(({ code }) => code).join(' ')}`

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
  const { send } = await office({ north: { suspicion: { fall: 0.9, leap: 5, fewest: 20, newShare: 0.5, pages: false } } })
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

async function inQuarantine(own: Parameters<typeof office>[0] = {}) {
  const here = await office(own)
  await here.send('2026-05-31', rows(90))
  const { receipt } = await here.send('2026-06-29', rows(30))
  expect(receipt.outcome).toBe('quarantined')
  return { ...here, id: receipt.id }
}

test('a colleague or the regulator releases it, for a reason, and it counts from then on; its sender does not', async () => {
  const { world, id, door, colleague, decide, stocked, report, services } = await inQuarantine()
  expect((await report(id, door)).reviewing).toBe('own')
  expect((await report(id, colleague)).reviewing).toBe('release_or_return')
  expect(await decide(door, id, 'release')).toBe('409 report.own')
  expect(await decide(doorOf(services, { role: 'province_officer', unit: '200000' }), id, 'release')).toBe('404 report.not_found')
  expect(await decide(colleague, id, 'release', '')).toMatch(/^400/)
  expect(await stocked()).toBe(90)
  expect(await decide(colleague, id, 'release', 'the others closed')).toBe('200 accepted')
  expect(await stocked()).toBe(30)
  expect((await report(id)).report).toMatchObject({ id, state: 'accepted', version: 1, review: { decision: 'released', by: 'province_officer', reason: 'the others closed' }, suspicions: [{ code: 'institutions_fell', before: 90, after: 30 }] })
  expect(await decide(colleague, id, 'return')).toBe('409 report.not_waiting')
  expect(await discrepancies(world)).toEqual([])
})

test('it is returned for a reason that its sender reads, it never counted, and the file can be sent again', async () => {
  const { id, door, operator, decide, stocked, report, send } = await inQuarantine()
  expect(await decide(operator, id, 'return', 'rows 32 to 91 are missing')).toBe('200 returned')
  expect((await report(id, door)).report).toMatchObject({ state: 'returned', acceptedAt: null, review: { decision: 'returned', reason: 'rows 32 to 91 are missing' } })
  expect(await decide(operator, id, 'release')).toBe('409 report.not_waiting')
  expect(await stocked()).toBe(90)
  expect(said(await send('2026-06-29', rows(88)))).toBe('201 accepted: ')
})

test('its sender takes it back; while it waits, another for its time and scope is refused', async () => {
  const { id, door, decide, send } = await inQuarantine()
  expect((await send('2026-06-29', rows(88))).receipt).toMatchObject({ reason: 'ANOTHER_WAITS', error: { report: id } })
  expect((await send('2026-06-29', rows(30))).receipt.reason).toBe('DUPLICATE_SUBMISSION')
  expect(await decide(door, id, 'withdrawal')).toBe('200 withdrawn')
  expect(said(await send('2026-06-29', rows(88)))).toBe('201 accepted: ')
})

test('who is neither its sender nor decides does not see it', async () => {
  const { id, services } = await inQuarantine()
  for (const who of ['public', { role: 'company', company: 'acme' }, { role: 'province_officer', unit: '200000' }] as const) {
    const answer = await doorOf(services, who).ask(`${list}/reports/${id}`)
    expect(answer.status).toBe(who === 'public' ? 401 : 404)
  }
})

test('of two who decide at once one does, time and again', async () => {
  const { services, colleague, operator, decide, send } = await office()
  await send('2026-03-31', rows(90))
  const outcomes = new Set<string>()
  for (let i = 0; i < 40; i++) {
    const { receipt } = await send('2026-06-29', `${rows(30)}${'\n'.repeat(i)}`)
    const both = await Promise.all([decide(colleague, receipt.id, i % 2 ? 'return' : 'release'), decide(operator, receipt.id, 'return')])
    expect(both.filter((one) => one.startsWith('200')).length, both.join()).toBe(1)
    outcomes.add(both.find((one) => !one.startsWith('200'))!)
    const { rows: now } = await operator.read<ReportsAnswer>(`${list}/reports?state=accepted&limit=500`)
    if (now.some((one) => one.id === receipt.id)) break
  }
  expect([...outcomes].every((one) => one === '409 report.not_waiting')).toBe(true)
  expect((await verifyAudit(services.db)).broken ?? null).toBeNull()
}, 120_000)

test('a file whose columns are shifted is told before its rows are, and can only be returned or taken back', async () => {
  const { send, decide, operator, report } = await office()
  const shifted = ['institution_code,drug_code,status', ...Array.from({ length: 60 }, (_, i) => `alpha,in_stock,H${i}`)].join('\n')
  const sent = await send('2026-06-29', shifted)
  expect(said(sent)).toBe('202 quarantined: shifted_columns')
  expect((await report(sent.receipt.id, operator)).reviewing).toBe('return')
  expect(await decide(operator, sent.receipt.id, 'release')).toBe('409 report.only_return')
  expect(await decide(operator, sent.receipt.id, 'return')).toBe('200 returned')
})

const first = { north: { approveFirst: true } }

test('a source that is approved first moves numbers by its approval, which locks it at once', async () => {
  const { send, stocked, decide, door, colleague, operator, report, world } = await office(first)
  const sent = await send('2026-06-29', rows(40))
  expect(said(sent)).toBe('202 submitted: ')
  expect(await stocked()).toBe(0)
  expect(await decide(door, sent.receipt.id, 'approval')).toBe('409 report.own')
  await colleague.ask(list)
  expect(await decide(operator, sent.receipt.id, 'approval')).toBe('409 report.office_approves')
  expect(await decide(colleague, sent.receipt.id, 'approval')).toBe('200 accepted')
  expect(await stocked()).toBe(40)
  expect((await report(sent.receipt.id)).report).toMatchObject({ state: 'accepted', approval: { kind: 'own' } })
  expect((await send('2026-06-29', rows(41), { headers: { 'If-Match': '"1"' } })).receipt.reason).toMatch(/LOCKED|APPROVED/)
  expect(await discrepancies(world)).toEqual([])
})

test('of a province with one officer the regulator approves, and it is recorded as such', async () => {
  const { send, decide, operator, report } = await office(first)
  const { receipt } = await send('2026-06-29', rows(40))
  expect(await decide(operator, receipt.id, 'approval')).toBe('200 accepted')
  expect((await report(receipt.id)).report.approval).toMatchObject({ kind: 'second' })
})

test('released, it still waits for its approval; approved, for its time', async () => {
  const { send, decide, colleague, door, stocked, report, services } = await office(first)
  const { receipt: may } = await send('2026-05-31', rows(90))
  expect(await decide(colleague, may.id, 'approval')).toBe('200 accepted')
  const { receipt } = await send('2026-06-29', rows(30), { publishAt: '2026-07-01T00:00:00.000Z' })
  expect(receipt.outcome).toBe('quarantined')
  expect(await decide(colleague, receipt.id, 'release')).toBe('200 submitted')
  expect(await decide(colleague, receipt.id, 'approval')).toBe('200 embargoed')
  expect([await stocked(), (await report(receipt.id, door)).report.review?.decision]).toEqual([90, 'released'])
  expect(await publishReports({ ...services, clock: clockAt(() => '2026-07-01T00:00:00.000Z') })).toBe(1)
  expect((await report(receipt.id)).report).toMatchObject({ state: 'accepted', approval: { kind: 'own' }, review: { decision: 'released' } })
})

test('one that waits for its approval is returned for a reason', async () => {
  const { send, decide, colleague, stocked } = await office(first)
  const { receipt } = await send('2026-06-29', rows(40))
  expect(await decide(colleague, receipt.id, 'return', 'the wrong month')).toBe('200 returned')
  expect(await stocked()).toBe(0)
})

test('from kept files alone, what waited waits again, what was released counts, and what was returned is gone', async () => {
  const { services, send, decide, operator, id, world } = await inQuarantine()
  const again = async () => {
    await forgetReports(services)
    await replayKept(services)
    const { rows: found } = await operator.read<ReportsAnswer>(`${list}/reports`)
    return found.map((one) => `${one.asOf} ${one.state} ${one.suspicions.map(({ code }) => code)}`).sort()
  }
  expect(await again()).toEqual(['2026-05-31 accepted ', '2026-06-29 quarantined institutions_fell'])
  expect(await decide(operator, id, 'release')).toBe('200 accepted')
  expect(await again()).toEqual(['2026-05-31 accepted ', '2026-06-29 accepted '])
  const { receipt } = await send('2026-06-30', rows(5))
  expect(await decide(operator, receipt.id, 'return')).toBe('200 returned')
  expect((await again()).length).toBe(2)
  expect(await discrepancies(world)).toEqual([])
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

test('what another sent the regulator returns, and says why; only its sender takes it back', async () => {
  const { id, operator, door, decide } = await inQuarantine()
  expect(await decide(operator, id, 'withdrawal')).toBe('409 report.not_sender')
  expect(await decide(door, id, 'withdrawal')).toBe('200 withdrawn')
})

test('a month that waits keeps its day, whenever it is released', async () => {
  const { services, door, operator, decide, report } = await office()
  await door.send({ list: listCode, source: 'north', period: '2026-05', file: rows(90) })
  let now = '2026-06-20T04:00:00.000Z'
  services.clock = clockAt(() => now)
  const { receipt } = await door.send({ list: listCode, source: 'north', period: '2026-06', file: rows(30) })
  const asOf = (await report(receipt.id)).report.asOf
  now = '2026-07-03T04:00:00.000Z'
  expect(await decide(operator, receipt.id, 'release')).toBe('200 accepted')
  expect([asOf, (await report(receipt.id)).report.asOf]).toEqual(['2026-06-20', '2026-06-20'])
})

test('a file in quarantine for its columns waits again from kept files', async () => {
  const { services, send, operator } = await office()
  await send('2026-06-29', ['institution_code,drug_code,status', ...Array.from({ length: 60 }, (_, i) => `alpha,in_stock,H${i}`)].join('\n'))
  await forgetReports(services)
  await replayKept(services)
  expect((await operator.read<ReportsAnswer>(`${list}/reports`)).rows.map(({ state, suspicions, parsed }) => [state, suspicions[0]?.code, parsed])).toEqual([['quarantined', 'shifted_columns', null]])
})
