import { expect, test } from 'vitest'
import type { AuditAnswer } from '@lastmile/shared/audit'
import type { ReportAnswer } from '@lastmile/shared/report'
import { madeAccount, signedIn } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const
const rows = 'institution_code,drug_code,status\nH1,alpha,in_stock'

async function sent(asOf = '2026-06-29', unit: 'north' | 'maker' = 'north') {
  const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100200' } })
  const sender = doorOf(services, unit === 'north' ? north : { role: 'company', company: 'acme' })
  const { receipt, status } = await sender.send({ list: listCode, source: unit, asOf, file: rows })
  expect(status).toBe(201)
  const path = `${list}/reports/${receipt.id}`
  const approve = async (door: Door) => {
    const answer = await door.ask(`${path}/approval`, { method: 'POST' })
    return [answer.status, ((await answer.json()) as { approval?: string; error?: { code: string } }).approval ?? '']
  }
  return {
    services, sender, path, approve, approval: async () => (await doorOf(services).read<ReportAnswer>(path)).report.approval,
    approving: async (door: Door) => (await door.read<ReportAnswer>(path)).approving,
  }
}

test('another officer of the office approves, its sender does not', async () => {
  const { services, sender, approve, approval, approving } = await sent()
  const colleague = doorOf(services, north)
  await colleague.ask(list)
  expect(await Promise.all([sender, colleague, doorOf(services), doorOf(services, { role: 'reader' })].map(approving))).toEqual(['own', 'yes', 'office_approves', null])
  expect(await approve(sender)).toEqual([409, ''])
  expect(await approve(doorOf(services, { role: 'province_officer', unit: '200000' }))).toEqual([404, ''])
  expect(await approve(doorOf(services, { role: 'reader' }))).toEqual([404, ''])
  expect(await approve(doorOf(services, 'public'))).toEqual([401, ''])
  // A national operator does not go before an officer who can.
  expect(await approve(doorOf(services))).toEqual([409, ''])
  expect(await approve(colleague)).toEqual([200, 'own'])
  expect(await approving(colleague)).toBe('approved')
  expect(await approval()).toMatchObject({ kind: 'own', by: 'province_officer' })
})

test('where the office has one officer, a national operator gives the second signature, and it is recorded as such', async () => {
  const { services, approve, approval } = await sent()
  expect(await approve(doorOf(services))).toEqual([200, 'second'])
  expect(await approval()).toMatchObject({ kind: 'second', by: 'operator' })
})

test('an officer of the same province who is concerned with another list is no other officer of this', async () => {
  const { services, approve } = await sent()
  await madeAccount(services, { ...north, list: 'another-2026' })
  expect(await approve(doorOf(services))).toEqual([200, 'second'])
})

test('a company\'s report is approved by the regulator', async () => {
  const { services, sender, approve } = await sent('2026-06-29', 'maker')
  expect(await approve(sender)).toEqual([404, ''])
  expect(await approve(doorOf(services))).toEqual([200, 'second'])
})

test('of twelve who approve at once, one does', async () => {
  const { services, approve } = await sent()
  const operators = Array.from({ length: 12 }, () => doorOf(services))
  for (const door of operators) await door.ask(list)
  const answers = await Promise.all(operators.map(approve))
  expect(answers.filter(([status]) => status === 200)).toHaveLength(1)
  expect(answers.filter(([status]) => status === 409)).toHaveLength(11)
})

test('of two reviewers who approve at once, one does, two hundred times, and the audit has one entry each time', async () => {
  const { services, path, approve, approval } = await sent('2026-06-29', 'maker')
  const reviewers = [doorOf(services), doorOf(services)]
  for (let round = 1; round <= 200; round++) {
    const answers = await Promise.all(reviewers.map(approve))
    expect(answers.map(([status]) => status).sort(), `round ${round}`).toEqual([200, 409])
    expect(await approval()).toMatchObject({ kind: 'second' })
    const reopened = await reviewers[round % 2]!.ask(`${path}/approval`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reason: `for round ${round + 1}` }) })
    expect(reopened.status).toBe(200)
  }
  const entries = async (action: string, outcome: string) => (await doorOf(services, { role: 'auditor' }).read<AuditAnswer>(`/api/audit?action=${action}&outcome=${outcome}`)).page.total
  expect([await entries('report.approve', 'done'), await entries('report.reopen', 'done')]).toEqual([200, 200])
}, 180_000)

test('of an approval and a correction under embargo that come at once, one is done', async () => {
  for (let i = 0; i < 8; i += 1) {
    const { services, sender, approve } = await sent()
    const operator = doorOf(services)
    await operator.ask(list)
    const correction = { list: listCode, source: 'north', asOf: '2026-06-29', file: rows.replace('H1', 'H2'), publishAt: '2027-01-01T00:00:00.000Z', headers: { 'If-Match': '"1"' } }
    const [approved, waits] = await Promise.all([approve(operator), sender.send(correction)])
    expect([approved[0] === 200, waits.status === 202].filter(Boolean), JSON.stringify([approved, waits.receipt])).toHaveLength(1)
  }
})

test('an approved report is corrected only after it was opened again, for a reason', async () => {
  const { services, sender, path, approve, approval } = await sent()
  await approve(doorOf(services))
  const correction = { list: listCode, source: 'north', asOf: '2026-06-29', file: rows.replace('H1', 'H2'), headers: { 'If-Match': '"1"' } }
  expect(await sender.send(correction)).toMatchObject({ status: 409, receipt: { reason: 'PERIOD_LOCKED', error: { code: 'report.approved' } } })
  const reopen = async (door: Door, body: object) => (await door.ask(`${path}/approval`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status
  expect(await reopen(sender, { reason: 'a mistake' })).toBe(404)
  expect(await reopen(doorOf(services), { reason: '' })).toBe(400)
  expect(await reopen(doorOf(services), { reason: 'a mistake in Strelsau' })).toBe(200)
  expect(await reopen(doorOf(services), { reason: 'a mistake in Strelsau' })).toBe(409)
  expect(await approval()).toBeNull()
  expect((await sender.send(correction)).status).toBe(201)
  expect(await approve(doorOf(services))).toEqual([409, ''])
})

test('who was invited to the office and never came, or is concerned with another list, leaves nobody without a second signature', async () => {
  const { services, approve } = await sent()
  await madeAccount(services, north)
  await signedIn(services, { ...north, list: 'another-list' })
  expect(await approve(doorOf(services))).toEqual([200, 'second'])
})
