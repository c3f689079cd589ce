import { expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { verifyAudit } from '@lastmile/db/audit/verify'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import type { ReportsAnswer } from '@lastmile/shared/report'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { doorOf, forgetReports } from './door.js'
import { first, inQuarantine, list, office, rows, said } from './waiting-office.js'

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

test('from kept files alone, what was approved before it counted is approved, and a correction of what was opened again is no intruder', async () => {
  const { services, send, decide, colleague, operator, world } = await office(first)
  let now = Date.parse('2026-06-30T04:00:00.000Z')
  services.clock = clockAt(() => new Date((now += 1_000)).toISOString())
  const { receipt } = await send('2026-06-29', rows(40))
  expect(await decide(colleague, receipt.id, 'approval')).toBe('200 accepted')
  expect((await operator.ask(`${list}/reports/${receipt.id}/approval`, { method: 'DELETE', body: JSON.stringify({ reason: 'one was forgotten' }), headers: { 'content-type': 'application/json' } })).status).toBe(200)
  const { receipt: corrected } = await send('2026-06-29', rows(41), { headers: { 'If-Match': '"1"' } })
  expect(await decide(colleague, corrected.id, 'approval')).toBe('200 accepted')
  const told = async () => (await operator.read<ReportsAnswer>(`${list}/reports`)).rows.map(({ id, state, version, approval }) => [id, state, version, approval?.kind]).sort()
  const before = await told()
  // Twice: what was accepted again is kept as it was.
  for (let i = 0; i < 2; i++) {
    await forgetReports(services)
    expect(await replayKept(services)).toBe(2)
    expect(await told()).toEqual(before)
  }
  expect(await discrepancies(world)).toEqual([])
})

