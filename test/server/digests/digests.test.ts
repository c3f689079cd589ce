import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { updateAccount } from '@lastmile/db/query/accounts'
import { keepMessageSettings } from '@lastmile/db/query/message-settings'
import { acknowledgeMessages, mute } from '@lastmile/db/query/messages'
import { findSource } from '@lastmile/db/query/sources'
import { digest as digests } from '@lastmile/db/schema/digest'
import { sendDigests } from '@lastmile/server/digests/send-digests'
import { newSmtpMailer } from '@lastmile/server/digests/smtp'
import { clockAt } from '@lastmile/server/lib/clock'
import type { Services } from '@lastmile/server/lib/services'
import { readSettings } from '@lastmile/server/settings'
import { thePublic } from '@lastmile/shared/account'
import { messageReader, type MessageSettings } from '@lastmile/shared/message'
import { officeOf } from '@lastmile/shared/message-office'
import { everything } from '@lastmile/shared/purview'
import { signedIn, type ActorFacts } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { mailServer } from '../../support/mail-server.js'
import { keepingLog } from '../http/door.js'

/*
 * Mail about messages, sent to a mail server that speaks SMTP on this machine.
 */

let post: Awaited<ReturnType<typeof mailServer>>
beforeAll(async () => { post = await mailServer() })
afterAll(async () => post.close())
beforeEach(() => {
  post.taken.length = 0
  post.mood.now = () => null
})

const north = { role: 'province_officer', unit: '100000' } as const
/** Nine in the morning in the list's own time zone. */
const nine = '2026-06-30T01:00:00.000Z'

/** A world with a mail server, a clock that a test moves on, and an officer of the North at north@office.test. */
async function office(own: { url?: string; address?: string } = {}) {
  let now = nine
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100' } })
  const { said, log } = keepingLog()
  const mailer = newSmtpMailer({ url: own.url ?? post.url, from: 'Lastmile <lastmile@office.test>', address: own.address ?? 'https://lastmile.test/', hour: 8 })
  const services: Services = { ...world.services, clock: clockAt(() => now), mailer, log }
  const list = await world.list()
  const made = { ...services, clock: clockAt(() => '2026-01-01T00:00:00.000Z') }
  const join = async (facts: ActorFacts, settings?: MessageSettings) => {
    const { id } = await signedIn(made, facts)
    if (settings) await keepMessageSettings(services.db, id, settings)
    return id
  }
  const tell = async (kind: NewMessage['kind'], sourceCode: string, subject: NewMessage['subject'] = {}, key = `${kind} ${sourceCode} ${now}`) => {
    const source = (await findSource(services.db, list.id, sourceCode, everything))!
    await services.db.transaction((tx) => notify(tx as Services['db'], [{ kind, listId: list.id, sourceId: source.id, subject, to: officeOf(source.data), by: null, key, at: now }]))
  }
  return {
    services, said, join, tell, at: (instant: string) => (now = instant), send: () => sendDigests(services), log: () => said.join('\n'),
    states: async () => (await services.db.select({ state: digests.state, attempts: digests.attempts }).from(digests)).map(({ state, attempts }) => `${state} ${attempts}`),
  }
}

test('once a day an officer gets one mail of all that is new, in both languages, with what to do and where, and no figure', async () => {
  const { join, tell, send, at, states } = await office()
  await join({ ...north, email: 'north@office.test' })
  await tell('report_approved', 'north', { report: 'f03286df866bc3a5', period: '2026-05', asOf: '2026-05-31' })
  await tell('reminder_overdue', 'north', { period: '2026-05', dueOn: '2026-06-10' })
  at('2026-06-29T23:59:00.000Z')
  expect(await send(), 'before its hour').toBe(0)
  at(nine)
  expect(await send()).toBe(1)
  await tell('report_reopened', 'north', { report: 'f03286df866bc3a5' })
  expect(await send(), 'not twice a day').toBe(0)
  const [mail] = post.taken
  expect(mail).toMatchObject({ from: 'lastmile@office.test', to: 'north@office.test', headers: { subject: 'Lastmile：2条新消息 / Lastmile: 2 new messages', 'list-unsubscribe': '<https://lastmile.test/account#mail>', 'auto-submitted': 'auto-generated' } })
  expect(mail!.parts['text/plain']!.replaceAll('\r\n', '\n').trim()).toBe(`■ 报送已逾期
  north　2026-05　期限2026-06-10
  https://lastmile.test/tiny-2026/reports?send=north
待办：请尽快报送；如无可报，请办理零报送。

■ 报送已审核
  north　2026-05
  https://lastmile.test/tiny-2026/reports/f03286df866bc3a5
待办：无需处理；该报送已锁定。

收件箱：https://lastmile.test/inbox
本邮件由系统自动发送，不含任何数据。修改或停止邮件提醒：https://lastmile.test/account#mail

——

■ A report is overdue
  north 2026-05 due 2026-06-10
  https://lastmile.test/tiny-2026/reports?send=north
To do: Send it soon; if there is nothing to report, say so.

■ A report was approved
  north 2026-05
  https://lastmile.test/tiny-2026/reports/f03286df866bc3a5
To do: Nothing is to be done; it is locked.

Your inbox: https://lastmile.test/inbox
Sent by a program; it holds no figures. To change or stop such mail: https://lastmile.test/account#mail`)
  expect(mail!.parts['text/html']).toContain('<a href="https://lastmile.test/tiny-2026/reports/f03286df866bc3a5">north 2026-05</a>')
  at('2026-07-01T01:00:00.000Z')
  expect(await send(), 'the next day, of what came since').toBe(1)
  expect(post.taken[1]!.headers['subject']).toBe('Lastmile：1条新消息 / Lastmile: 1 new message')
  expect(await states()).toEqual(['sent 1', 'sent 1'])
})

test('who wants mail at once gets it so in his language, and who wants none gets none', async () => {
  const { join, tell, send, at } = await office()
  await join({ ...north, email: 'at-once@office.test' }, { mail: 'at_once', language: 'zh' })
  await join({ ...north, email: 'off@office.test' }, { mail: 'off', language: null })
  await join({ role: 'company', company: 'acme', email: 'acme@office.test' }, { mail: 'at_once', language: 'en' })
  at('2026-06-30T14:00:00.000Z')
  await tell('draft_has_errors', 'north', { report: 'aaaabbbbccccdddd' })
  expect(await send()).toBe(1)
  at('2026-06-30T14:01:00.000Z')
  await tell('report_returned', 'maker', { report: '1111222233334444' })
  expect([await send(), await send()]).toEqual([1, 0])
  expect(post.taken.map(({ to, headers }) => [to, headers['subject']])).toEqual([['at-once@office.test', 'Lastmile：1条新消息'], ['acme@office.test', 'Lastmile: 1 new message']])
  expect(post.taken[0]!.parts['text/plain']).not.toContain('To do')
})

test('nobody is mailed of what he has seen, muted or may not see any more, and who is disabled, invited or of the demonstration of nothing', async () => {
  const { services, join, tell, send, states } = await office()
  const seen = await join({ ...north, email: 'seen@office.test' })
  const muted = await join({ ...north, email: 'muted@office.test' })
  const disabled = await join({ ...north, email: 'disabled@office.test' })
  await signedIn(services, { ...north, email: 'demonstration@office.test', demonstration: true })
  await tell('report_approved', 'north')
  const reader = (id: string) => messageReader({ ...thePublic, kind: 'account', id, ...north })
  await acknowledgeMessages(services.db, reader(seen), { kind: undefined, upTo: nine }, nine)
  await mute(services.db, muted, { kind: 'report_approved' })
  await updateAccount(services.db, disabled, { disabledAt: new Date(nine) })
  expect(await send()).toBe(0)
  expect([post.taken, await states()]).toEqual([[], []])
})

test('a mail that the mail server does not take now is tried again, later and later, and says what is still open then', async () => {
  const { services, join, tell, send, at, states, log } = await office()
  const id = await join({ ...north, email: 'north@office.test' })
  await tell('report_approved', 'north', { report: 'aaaabbbbccccdddd' })
  await tell('report_reopened', 'north', { report: 'aaaabbbbccccdddd' })
  post.mood.now = (command) => (command === 'MAIL' ? '451 come back later for secret@office.test' : null)
  expect([await send(), await states()]).toEqual([0, ['waiting 1']])
  at('2026-06-30T01:00:30.000Z')
  expect([await send(), await states()]).toEqual([0, ['waiting 1']])
  at('2026-06-30T01:01:00.000Z')
  expect([await send(), await states()]).toEqual([0, ['waiting 2']])
  at('2026-06-30T01:02:59.000Z')
  expect([await send(), await states()]).toEqual([0, ['waiting 2']])
  post.mood.now = () => null
  const reader = messageReader({ ...thePublic, kind: 'account', id, ...north })
  await acknowledgeMessages(services.db, reader, { kind: 'report_approved', upTo: nine }, nine)
  at('2026-06-30T01:03:00.000Z')
  expect([await send(), await states()]).toEqual([1, ['sent 3']])
  expect(post.taken.map(({ headers }) => headers['subject'])).toEqual(['Lastmile：1条新消息 / Lastmile: 1 new message'])
  expect(log()).toContain('EENVELOPE')
  expect(log()).not.toMatch(/office\.test/)
})

test('a mail is given up where there is nobody at the address, and after three days, and does not hold up the others', async () => {
  const { join, tell, send, at, states, log } = await office()
  await join({ ...north, email: 'gone@office.test' })
  await join({ ...north, email: 'here@office.test' })
  await tell('report_approved', 'north')
  post.mood.now = (command, argument) => (command === 'RCPT' && argument.startsWith('gone') ? '550 nobody' : null)
  expect(await send()).toBe(1)
  expect((await states()).sort()).toEqual(['failed 1', 'sent 1'])
  expect(log()).toContain('given up')
  at('2026-07-01T01:00:00.000Z')
  post.mood.now = () => '421 closed'
  await tell('report_reopened', 'north')
  await send()
  at('2026-07-04T01:00:00.000Z')
  await send()
  expect((await states()).sort()).toEqual(['failed 1', 'failed 2', 'failed 2', 'sent 1'])
})

test('a mail of which it is not known whether it was taken is sent again under the same name', async () => {
  const { join, tell, send, at } = await office()
  await join({ ...north, email: 'north@office.test' })
  await tell('report_approved', 'north')
  post.mood.now = (command) => (command === 'taken' ? 'hang up' : null)
  expect(await send()).toBe(0)
  post.mood.now = () => null
  at('2026-06-30T02:00:00.000Z')
  expect(await send()).toBe(1)
  const names = post.taken.map(({ headers }) => headers['message-id'])
  expect([names.length, new Set(names).size]).toEqual([2, 1])
})

test('of two servers that send at once each mail goes out once', async () => {
  const { services, join, tell } = await office()
  for (const one of ['a', 'b', 'c']) await join({ ...north, email: `${one}@office.test` }, { mail: one === 'a' ? 'daily' : 'at_once', language: null })
  await tell('report_approved', 'north')
  const sent = await Promise.all([sendDigests({ ...services }), sendDigests({ ...services, clock: clockAt(() => '2026-06-30T01:00:00.500Z') })])
  expect(sent[0]! + sent[1]!).toBe(3)
  expect(post.taken.map(({ to }) => to).sort()).toEqual(['a@office.test', 'b@office.test', 'c@office.test'])
})

test('a mail server that is not there harms nothing', async () => {
  const { join, tell, send, states, log } = await office({ url: 'smtp://127.0.0.1:9' })
  await join({ ...north, email: 'north@office.test' })
  await tell('report_approved', 'north')
  expect([await send(), await states()]).toEqual([0, ['waiting 1']])
  expect(log()).toContain('ESOCKET')
})

test('a password goes to no mail server that does not speak TLS, but on this machine', async () => {
  // An address that leads here, and does not say so.
  const { join, tell, send, log } = await office({ url: `smtp://user:hidden@0.0.0.0:${post.port}` })
  await join({ ...north, email: 'north@office.test' })
  await tell('report_approved', 'north')
  expect(await send()).toBe(0)
  expect(post.taken).toEqual([])
  expect(log()).toContain('ETLS')
  expect(log()).not.toContain('hidden')
})

test('a mail server is an address of its own kind, and mail is from somebody', () => {
  expect(() => readSettings({ SMTP_URL: 'https://mail.example.org' })).toThrow(/SMTP_URL must be/)
  for (const from of ['nobody', 'a@b\r\nBcc: c@d', 'A <a@b']) expect(() => readSettings({ MAIL_FROM: from }), from).toThrow(/MAIL_FROM must be/)
  expect(readSettings({ MAIL_FROM: 'Lastmile <lastmile@example.org>' }).MAIL_FROM).toBe('Lastmile <lastmile@example.org>')
})

test('whoever subscribes says at which pace mail tells of it, whatever he says of all else; who wants no mail gets none', async () => {
  const { services, join, send, at } = await office()
  const [once, daily, off] = [await join({ ...north, email: 'once@office.test' }, { mail: 'daily', language: 'en' }), await join({ ...north, email: 'daily@office.test' }, { mail: 'at_once', language: 'en' }), await join({ ...north, email: 'off@office.test' }, { mail: 'off', language: 'en' })]
  const { id: listId } = (await services.lists.find('tiny-2026'))!
  const subject = { evidence: 'confirmed' as const, asOf: '2026-06-20', drugs: ['alpha', 'beta'], regions: ['100000'] }
  at('2026-06-29T20:00:00.000Z')
  await services.db.transaction((tx) => notify(tx as Services['db'], [['at_once', once], ['daily', daily], ['at_once', off]].map(([pace, account], i) => ({ kind: 'supply_gap_opened' as const, listId, sourceId: null, subject, to: [{ account: account! }], by: null, key: `${i}`, pace: pace as 'at_once' | 'daily', at: '2026-06-29T20:00:00.000Z' }))))
  expect([await send(), post.taken.map(({ to }) => to).flat()], 'before the hour of the daily mail').toEqual([1, ['once@office.test']])
  at(nine)
  expect([await send(), post.taken.map(({ to }) => to).flat()]).toEqual([1, ['once@office.test', 'daily@office.test']])
  expect(post.taken[0]!.parts['text/plain']).toContain('alpha, beta North 2026-06-20')
  expect(post.taken[0]!.parts['text/plain']).toContain('https://lastmile.test/tiny-2026/gaps?region=100000&evidence=confirmed')
})
