import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { compose } from '@lastmile/server/compose'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { remindOfAll } from '@lastmile/server/messages/remind'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import { readSettings } from '@lastmile/server/settings'
import { MessagesAnswer, MessageSettingsAnswer, OpenMessagesAnswer } from '@lastmile/shared/message'
import { signedIn } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given, worldOn } from '../../support/given.js'
import { doorOf, type Door } from './door.js'
import { json } from './office.js'
import { keyOf } from './who-may/actors.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const
const institutions = { H1: '100100', H2: '100200' }
const rows = (...rows: string[]) => ['institution_code,drug_code,status', ...rows].join('\n')
const report = { list: listCode, source: 'north', asOf: '2026-06-29', file: rows('H1,alpha,in_stock') }

const inbox = async (door: Door, query = '') => MessagesAnswer.parse(await door.read(`/api/messages${query}`))
const kinds = async (door: Door) => (await inbox(door)).messages.map(({ kind }) => kind)
const put = async (door: Door, path: string, body: object, method = 'PUT') => {
  const answer = await door.ask(`/api/messages/${path}`, { method, headers: json, body: JSON.stringify(body) })
  return [answer.status, await answer.json()] as const
}

async function officers() {
  const { services } = await given({ today: '2026-06-30', institutions, sources: { north: { rhythm: 'irregular' } } })
  const [sender, colleague, operator, elsewhere] = [north, north, { role: 'operator' }, { role: 'province_officer', unit: '200000' }].map((who) => doorOf(services, who as typeof north))
  // Who never came is no officer who could approve.
  for (const door of [sender!, colleague!]) await door.ask(list)
  return { services, sender: sender!, colleague: colleague!, operator: operator!, elsewhere: elsewhere! }
}

test('that a report was approved and opened again is told to its office, and not to who did it', async () => {
  const { sender, colleague, operator, elsewhere } = await officers()
  const { receipt } = await sender.send(report)
  const path = `${list}/reports/${receipt.id}/approval`
  expect((await colleague.ask(path, { method: 'POST' })).status).toBe(200)
  expect(await Promise.all([sender, colleague, operator, elsewhere].map(kinds))).toEqual([['report_approved'], [], [], []])
  expect((await operator.ask(path, { method: 'DELETE', headers: json, body: JSON.stringify({ reason: 'a column is missing' }) })).status).toBe(200)
  expect(await Promise.all([sender, colleague, operator, elsewhere].map(kinds))).toEqual([['report_reopened', 'report_approved'], ['report_reopened'], [], []])
  const { messages: [reopened], open } = await inbox(sender, '?kind=report_reopened')
  expect(reopened).toMatchObject({ list: listCode, source: 'north', subject: { report: receipt.id, asOf: '2026-06-29' }, acknowledgedAt: null, muted: false })
  expect(open).toBe(2)
  expect(JSON.stringify(await inbox(sender))).not.toContain('a column is missing')
})

test('that a province\'s report was corrected is told to its other officers and the operators', async () => {
  const { sender, colleague, operator, elsewhere } = await officers()
  await sender.send(report)
  expect((await sender.send({ ...report, file: rows('H1,alpha,out_of_stock'), headers: { 'if-match': '"1"' } })).status).toBe(201)
  expect(await Promise.all([sender, colleague, operator, elsewhere].map(kinds))).toEqual([[], ['report_corrected'], ['report_corrected'], []])
})

test('of a file with errors that a machine sent its office is told, and of one\'s own nobody', async () => {
  const { services, sender, colleague } = await officers()
  const wrong = { ...report, file: rows('H1,alpha,perhaps') }
  expect((await sender.send(wrong)).status).toBe(422)
  expect(await Promise.all([sender, colleague].map(kinds))).toEqual([[], []])
  const { headers } = await keyOf(services, 'north')
  expect((await sender.send({ ...wrong, headers })).status).toBe(422)
  expect(await Promise.all([sender, colleague].map(kinds))).toEqual([['draft_has_errors'], ['draft_has_errors']])
})

test('what becomes of a report under embargo is told to its office alone', async () => {
  const { services, sender, operator, elsewhere } = await officers()
  let now = services.clock.now()
  const later = { ...services, clock: clockAt(() => now) }
  const publishAt = '2026-06-30T12:00:00.000Z'
  const [good, gone] = [await sender.send({ ...report, publishAt }), await sender.send({ ...report, asOf: '2026-06-28', file: rows('H2,alpha,in_stock'), publishAt })]
  expect([good.status, gone.status]).toEqual([202, 202])
  expect(await kinds(sender)).toEqual([])
  const { sha256 } = (await sender.read<{ report: { sha256: string } }>(`${list}/reports/${gone.receipt.id}`)).report
  await rm(await pathOf(services, sha256))
  now = publishAt
  expect(await publishReports(later)).toBe(1)
  expect(await publishReports(later)).toBe(0)
  expect((await inbox(sender)).messages.map(({ kind, subject }) => [kind, subject.asOf]).sort()).toEqual([['report_not_published', '2026-06-28'], ['report_published', '2026-06-29']])
  expect(await Promise.all([operator, elsewhere].map(kinds))).toEqual([[], []])
})

/** Reports of the North on many institutions: one on few of them is held back. `first`: the source's reports are approved before they count. */
async function suspected(first: boolean) {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`H${i}`, '100100']))
  const { services } = await given({ today: '2026-06-30', institutions: many, sources: { north: { rhythm: 'irregular' } } })
  const [sender, colleague, operator, elsewhere] = [north, north, { role: 'operator' }, { role: 'province_officer', unit: '200000' }].map((who) => doorOf(services, who as typeof north)) as [Door, Door, Door, Door]
  for (const door of [sender, colleague]) await door.ask(list)
  const file = (count: number) => rows(...Array.from({ length: count }, (_, i) => `H${i},alpha,in_stock`))
  await sender.send({ ...report, asOf: '2026-05-31', file: file(90) })
  if (first) await services.db.execute(sql`update source set data = data || '{"approveFirst": true}' where code = 'north'`)
  const { receipt, status } = await sender.send({ ...report, file: file(20) })
  expect([status, receipt.outcome]).toEqual([202, 'quarantined'])
  const everybody = () => Promise.all([sender, colleague, operator, elsewhere].map(async (door) => (await inbox(door, '?state=open')).messages.map(({ kind }) => kind).sort()))
  const decide = async (door: Door, verb: string, body?: object) => {
    const answer = await door.ask(`${list}/reports/${receipt.id}/${verb}`, { method: 'POST', ...(body ? { headers: json, body: JSON.stringify(body) } : {}) })
    expect([answer.status, verb]).toEqual([200, verb])
  }
  return { sender, colleague, operator, everybody, decide }
}

test('that a report waits in quarantine is told to its office and to who decides; once that is done, it is open for nobody', async () => {
  const { sender, colleague, everybody, decide } = await suspected(false)
  expect(await everybody()).toEqual([[], ['report_quarantined', 'report_waits_review'], ['report_waits_review'], []])
  await decide(colleague, 'release', { reason: 'the sender was asked' })
  expect(await everybody()).toEqual([['report_accepted'], [], [], []])
  const { messages } = await inbox(colleague, '?state=acknowledged')
  expect(messages.map(({ kind, settledAt }) => [kind, settledAt !== null])).toEqual(expect.arrayContaining([['report_waits_review', true], ['report_quarantined', true]]))
  expect(JSON.stringify(await inbox(sender))).not.toContain('was asked')
})

test('what was returned is told to its office until it is sent anew, and what was taken back is open for nobody', async () => {
  const returned = await suspected(false)
  await returned.decide(returned.operator, 'return', { reason: 'half of it is missing' })
  expect(await returned.everybody()).toEqual([['report_returned'], ['report_returned'], [], []])
  expect((await returned.sender.send(report)).status).toBe(202)
  expect((await returned.everybody())[0]).toEqual([])
  const withdrawn = await suspected(false)
  await withdrawn.decide(withdrawn.sender, 'withdrawal')
  expect(await withdrawn.everybody()).toEqual([[], [], [], []])
})

/** The North owes each month's report by its last day, and two reports of it are to be mended: one that was returned, one with errors that a machine sent. */
async function toBeMended(today: string, when: { asOf: string } | { period: string }, before: { period: string }) {
  let now = `${today}T04:00:00.000Z`
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`H${i}`, '100100']))
  const world = await given({ today, institutions: many, sources: { north: { graceDays: 0 } } })
  const clock = clockAt(() => now)
  const services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true) }
  const [sender, operator] = [doorOf(services, north), doorOf(services)]
  const file = (count: number) => rows(...Array.from({ length: count }, (_, i) => `H${i},alpha,in_stock`))
  const send = async (own: object, count: number) => sender.send({ list: listCode, source: 'north', file: file(count), ...own })
  expect((await send(before, 90)).status).toBe(201)
  const { receipt } = await send(when, 20)
  expect((await operator.ask(`${list}/reports/${receipt.id}/return`, { method: 'POST', headers: json, body: JSON.stringify({ reason: 'half of it is missing' }) })).status).toBe(200)
  expect((await sender.send({ list: listCode, source: 'north', ...when, file: rows('H1,alpha,perhaps'), headers: (await keyOf(services, 'north')).headers })).status).toBe(422)
  await remindOfAll(services)
  const open = async () => (await inbox(sender, '?state=open')).messages.filter(({ subject: { period } }) => period !== '2026-01').map(({ kind }) => kind).sort()
  return { services, sender, send, open, on: (day: string) => {
    now = `${day}T04:00:00.000Z`
    services.lists.forget()
  } }
}

test('pairs confirmed on screen mend no report that was returned and answer no reminder', async () => {
  const { sender, send, open } = await toBeMended('2026-03-31', { asOf: '2026-03-31' }, { period: '2026-02' })
  const before = ['draft_has_errors', 'reminder_before_due', 'report_returned']
  expect(await open()).toEqual(before)
  const body = { kind: 'statements', source: 'north', lines: [{ institution: 'H1', drug: 'alpha', status: 'in_stock' }] }
  expect((await sender.ask(`${list}/reports/entries`, { method: 'POST', headers: json, body: JSON.stringify(body) })).status).toBe(201)
  expect(await open()).toEqual(before)
  expect((await send({ asOf: '2026-03-31' }, 90)).status).toBe(201)
  expect(await open()).toEqual([])
})

test('a part mends the report of the same part alone, and answers no reminder', async () => {
  const part = { asOf: '2026-03-31', scope: JSON.stringify({ regions: ['100100'] }) }
  const { services, sender, send, open } = await toBeMended('2026-03-31', { asOf: '2026-03-31' }, { period: '2026-02' })
  const before = ['draft_has_errors', 'reminder_before_due', 'report_returned']
  // Of the part too a machine sent one with errors.
  const { headers } = await keyOf(services, 'north')
  expect((await sender.send({ list: listCode, source: 'north', ...part, file: rows('H1,alpha,perhaps'), headers })).status).toBe(422)
  expect(await open()).toEqual(['draft_has_errors', ...before])
  expect((await send(part, 90)).status).toBe(201)
  expect(await open()).toEqual(before)
  expect((await send({ asOf: '2026-03-31' }, 90)).status).toBe(201)
  expect(await open()).toEqual([])
})

test('the report of a month that was returned within it is mended by one that is sent after its end', async () => {
  const { send, open, on } = await toBeMended('2026-02-20', { period: '2026-02' }, { period: '2026-01' })
  expect(await open()).toEqual(['draft_has_errors', 'report_returned'])
  on('2026-03-01')
  expect((await send({ period: '2026-02' }, 90)).status).toBe(201)
  expect(await open()).toEqual([])
})

test('a report that is approved before it counts waits for the office\'s other officer, and each step is told', async () => {
  const { colleague, operator, everybody, decide } = await suspected(true)
  await decide(operator, 'release', { reason: 'the sender was asked' })
  expect(await everybody()).toEqual([['report_released'], ['report_released', 'report_waits_approval'], [], []])
  await decide(colleague, 'approval')
  expect(await everybody()).toEqual([['report_approved', 'report_released'], ['report_released'], [], []])
})

const pathOf = async ({ files }: Services, sha256: string) => (await files.kept(sha256)).path

test('messages are acknowledged one by one, of a kind, or all that were seen, for oneself', async () => {
  const { sender, colleague, operator, elsewhere } = await officers()
  for (const asOf of ['2026-06-27', '2026-06-28', '2026-06-29']) {
    const { receipt } = await sender.send({ ...report, asOf })
    expect((await colleague.ask(`${list}/reports/${receipt.id}/approval`, { method: 'POST' })).status).toBe(200)
    if (asOf === '2026-06-27') await operator.ask(`${list}/reports/${receipt.id}/approval`, { method: 'DELETE', headers: json, body: JSON.stringify({ reason: 'a column is missing' }) })
  }
  const open = async (door: Door) => OpenMessagesAnswer.parse(await door.read('/api/messages/open')).open
  const { messages, page } = await inbox(sender, '?limit=2&sort=kind-up')
  expect([messages.map(({ kind }) => kind), page]).toEqual([['report_approved', 'report_approved'], { offset: 0, limit: 2, total: 4 }])
  expect(await put(elsewhere, 'acknowledged', { messages: messages.map(({ id }) => id) })).toEqual([200, { acknowledged: 0 }])
  expect(await put(sender, 'acknowledged', { messages: [messages[0]!.id] })).toEqual([200, { acknowledged: 1 }])
  expect(await put(sender, 'acknowledged', { all: true, kind: 'report_reopened', upTo: '2026-06-30T04:00:00.000Z' })).toEqual([200, { acknowledged: 1 }])
  expect([await open(sender), await open(colleague)]).toEqual([2, 1])
  expect(await put(sender, 'acknowledged', { all: true, upTo: '2026-06-30T04:00:00.000Z' })).toEqual([200, { acknowledged: 2 }])
  expect([(await inbox(sender, '?state=open')).page.total, (await inbox(sender, '?state=acknowledged')).page.total]).toEqual([0, 4])
  expect((await put(sender, 'acknowledged', { messages: ['x'], all: true }))[0]).toBe(400)
})

test('a kind or a source is muted and heard of again, and mail is asked for in one\'s own language', async () => {
  const { sender, colleague } = await officers()
  const { receipt } = await sender.send(report)
  await colleague.ask(`${list}/reports/${receipt.id}/approval`, { method: 'POST' })
  const settings = async () => MessageSettingsAnswer.parse(await sender.read('/api/messages/settings'))
  expect(await settings()).toEqual({ mail: 'daily', language: null, mailTo: null, mutes: [] })
  expect(await put(sender, 'mutes', { list: listCode, source: 'north' })).toEqual([200, { muted: true }])
  expect((await put(sender, 'mutes', { list: listCode, source: 'south' }))[0]).toBe(404)
  expect(await put(sender, 'mutes', { kind: 'report_published' })).toEqual([200, { muted: true }])
  expect((await settings()).mutes).toEqual([{ kind: 'report_published' }, { list: listCode, source: 'north', sourceName: { zh: 'North', en: 'North' } }].map((one) => expect.objectContaining('kind' in one ? one : { source: one.source }) as object))
  expect((await inbox(sender)).open).toBe(0)
  expect(await put(sender, 'mutes', { list: listCode, source: 'north' }, 'DELETE')).toEqual([200, { muted: false }])
  expect((await inbox(sender)).open).toBe(1)
  expect((await put(sender, 'settings', { mail: 'off', language: 'zh' }))[1]).toMatchObject({ mail: 'off', language: 'zh' })
  expect(await settings()).toMatchObject({ mail: 'off', language: 'zh' })
})

test('open windows of those concerned hear that there is something, and nobody else\'s', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-messages-'))
  const { services, close } = await compose(readSettings({ DATA_DIR: folder, LASTMILE_DEMO: 'off', LASTMILE_CLOCK: '2026-06-30T04:00:00.000Z', LOG_LEVEL: 'silent' }))
  await worldOn(services, { today: '2026-06-30', institutions })
  const heardBy = async (facts: Parameters<typeof signedIn>[1]) => {
    const { headers } = await signedIn(services, facts)
    const door = doorOf(services, 'public')
    const heard: string[] = []
    const reader = (await door.ask('/api/events', { headers })).body!.pipeThrough(new TextDecoderStream()).getReader()
    void (async () => {
      for (let one = await reader.read(); !one.done; one = await reader.read()) heard.push(...one.value.split('\n\n').filter((word) => word.startsWith('event: message')))
    })()
    return { heard, door: { ...door, ask: (path: string, init?: RequestInit) => door.ask(path, { ...init, headers: { ...headers, ...init?.headers } }) }, end: () => reader.cancel(), headers }
  }
  const [sender, colleague, south] = [await heardBy(north), await heardBy(north), await heardBy({ role: 'province_officer', unit: '200000' })]
  const { receipt } = await doorOf(services, 'public').send({ ...report, headers: sender.headers })
  expect((await colleague.door.ask(`${list}/reports/${receipt.id}/approval`, { method: 'POST' })).status).toBe(200)
  await expect.poll(() => [sender.heard, colleague.heard]).toEqual([['event: message\ndata: {}'], ['event: message\ndata: {}']])
  // That one of them has acknowledged it is told to his own windows.
  await put(sender.door as Door, 'acknowledged', { all: true, upTo: '2026-06-30T04:00:00.000Z' })
  await expect.poll(() => sender.heard.length).toBe(2)
  expect([colleague.heard.length, south.heard]).toEqual([1, []])
  for (const one of [sender, colleague, south]) await one.end()
  await close()
  await rm(folder, { recursive: true })
})
