import { describe, expect, test } from 'vitest'
import { checkCase } from '@lastmile/server/cases/check-cases'
import { byItself } from '@lastmile/server/audit/event-of'
import { findCase } from '@lastmile/db/query/cases'
import { gapsToday } from '@lastmile/db/query/gaps-today'
import { lastReportOf } from '@lastmile/db/query/keep-case'
import { caseNumbered } from '@lastmile/shared/case'
import { CasesAnswer } from '@lastmile/shared/case-answer'
import { everything } from '@lastmile/shared/purview'
import { answer, caseIn, caseOffice, casesPath, codeIn, does, looks, opens, post, scansFor, told } from './case-office.js'
import { zipArchive } from '@lastmile/server/writing/zip-archive'
import { listCode } from '../../support/edition.js'
import type { Door } from './door.js'

/* Cases that close and open again, and what of a case is told to whom one letter of it is for. */

const listed = async (door: Door, query = '') => CasesAnswer.parse(await door.read(`${casesPath}${query}`))

describe('a case that closed', () => {
  test('is not opened again by who judged before the report came that closed it, and what he found is not noted', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code } = await caseIn(office, 'sent')
    // One server judges, and is slow; a report comes meanwhile, and another closes the case.
    const [list, { db }] = [await office.list(), office.services]
    const facts = async () => (await findCase(db, list, everything, caseNumbered(code)!))!
    const found = await facts()
    const old = { today: await gapsToday(db, list, 'confirmed'), version: list.publicVersion, lastReport: await lastReportOf(db, list, office.services.clock.now()), within: 30 }
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    expect(await office.check()).toEqual({ closed: 1, reopened: 0 })
    const doing = { by: byItself, at: office.services.clock.now() }
    expect([await checkCase(office.services, doing, list, found, old), await checkCase(office.services, doing, list, await facts(), old)]).toEqual(['nothing', 'nothing'])
    expect((await looks(operator, code)).events.map(({ kind }) => kind)).toEqual(['open', 'draft', 'send', 'close'])
    expect((await told(acme)).filter((one) => one.startsWith('case_reopened'))).toEqual([])
    expect(await office.check()).toEqual({ closed: 0, reopened: 0 })
  })

  test('and opened again asks by new letters: of those sent before nobody is reminded, and none is answered', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice } = await caseIn(office, 'sent')
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    await office.check()
    office.at('2026-07-02')
    await office.arrives('H1,alpha,not_carried\nH3,alpha,not_carried', '2026-07-01')
    expect(await office.check()).toEqual({ closed: 0, reopened: 1 })
    const before = await looks(acme, code)
    expect([before.case.state, before.case.dueOn, before.notices[0]!.state, before.notices[0]!.may]).toEqual(['open', null, 'sent', []])
    expect(await codeIn(await post(acme, `/${code}/notices/${notice}/answer`, answer))).toEqual([409, 'notice.former_round'])
    expect(await codeIn(await post(operator, `/${code}/notices/${notice}/withdrawal`, { reason: 'over' }, before.case.version))).toEqual([409, 'notice.former_round'])
    // The province is asked, and does not answer: of the company's old letter nothing is said.
    const { version } = (await looks(operator, code)).case
    const fresh = await does(operator, `/${code}/notices`, { to: { office: 'province', code: '100000' } }, version)
    await does(operator, `/${code}/notices/${fresh.notice}/sending`, {}, fresh.version)
    office.at('2026-07-25')
    await office.look()
    expect((await told(office.doors.north)).filter((one) => one.startsWith('notice_overdue'))).toEqual([`notice_overdue ${code}`])
    expect((await told(acme)).filter((one) => /overdue|escalated|due_soon/.test(one))).toEqual([])
  })

  test('stays closed where a new one is about its gap: an officer is told which, and a report opens it no more', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, version } = await caseIn(office, 'closed')
    const { cases: [other] } = await opens(operator, ['alpha 100000'])
    const refused = await post(operator, `/${code}/reopening`, { reason: 'again' }, version)
    expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'case.in_case', message: expect.stringContaining(other!) as string } }])
    // The other closes by a report, and then this one, which was met too, would open with it.
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    await office.check()
    office.at('2026-07-02')
    await office.arrives('H1,alpha,out_of_stock\nH3,alpha,out_of_stock', '2026-07-01')
    await office.check()
    expect((await listed(operator)).rows.filter(({ state }) => state !== 'closed').map((one) => one.code)).toEqual([other])
  })
})

describe('whom a letter is for', () => {
  test('learns by it how his own stands, and nothing of how others answer theirs', async () => {
    const office = await caseOffice()
    const { operator, acme, bestco } = office.doors
    await bestco.ask('/api/session')
    const { cases: [code] } = await opens(operator, ['alpha 100000', 'gamma 100000'], { by: 'province' })
    let version = 1
    const notices: string[] = []
    for (const to of ['acme', 'bestco']) {
      const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: to } }, version)
      notices.push(drafted.notice!)
      version = (await does(operator, `/${code}/notices/${drafted.notice}/sending`, {}, drafted.version)).version
    }
    await does(acme, `/${code}/notices/${notices[0]}/answer`, answer)
    const states = async () => [(await looks(operator, code!)).case.state, (await looks(acme, code!)).case.state, (await looks(bestco, code!)).case.state]
    expect(await states()).toEqual(['notified', 'answered', 'notified'])
    expect([(await listed(acme)).counts, (await listed(acme, '?state=answered')).rows.length, (await listed(acme, '?state=notified')).rows.length]).toMatchObject([{ notified: 0, answered: 1 }, 1, 0])
    expect(new Set((await looks(acme, code!)).events.map(({ state }) => state))).toEqual(new Set([null]))
    await does(bestco, `/${code}/notices/${notices[1]}/answer`, answer)
    expect(await states()).toEqual(['answered', 'answered', 'answered'])
  })

  test('does not learn that a step is due: that is its office’s to know', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    await caseIn(office, 'sent')
    office.at('2026-07-22')
    await office.look()
    const seen = async (door: Door) => [(await listed(door)).counts.step, (await listed(door, '?due=step')).rows.length]
    expect([await seen(operator), await seen(acme)]).toEqual([[1, 1], [0, 0]])
  })
})

describe('it cannot be that', () => {
  test('an officer takes no step that is the day’s', async () => {
    const office = await caseOffice()
    const { code, version } = await caseIn(office, 'sent')
    office.at('2026-07-15')
    expect(await codeIn(await post(office.doors.operator, `/${code}/escalation`, { step: 'remind', reason: 'now' }, version))).toEqual([409, 'case.step_of_the_day'])
  })

  test('an answer is entered of no day before the word that the letter had come', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, notice } = await caseIn(office, 'sent')
    office.at('2026-07-09')
    await does(operator, `/${code}/notices/${notice}/acknowledgement`, { channel: 'post', on: '2026-07-08' })
    const attachments = await scansFor(operator, code, notice)
    const entered = (on: string) => post(operator, `/${code}/notices/${notice}/answer`, { ...answer, channel: 'post', on, attachments })
    expect(await codeIn(await entered('2026-07-01'))).toEqual([400, 'notice.day'])
    expect((await entered('2026-07-08')).status).toBe(200)
  })

  test('nothing is due, or promised, in a thousand years', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice, version } = await caseIn(office, 'draft')
    expect(await codeIn(await post(operator, `/${code}/notices/${notice}`, { dueOn: '2999-12-30', note: null }, version, 'PUT'))).toEqual([400, 'notice.due'])
    expect(await codeIn(await post(operator, `/${code}/notices`, { to: { office: 'province', code: '100000' }, dueOn: '2999-12-30' }, version))).toEqual([400, 'notice.due'])
    await does(operator, `/${code}/notices/${notice}/sending`, {}, version)
    expect(await codeIn(await post(acme, `/${code}/notices/${notice}/answer`, { ...answer, doneBy: '2999-12-30' }))).toEqual([400, 'notice.day'])
  })

  test('what is due on a Saturday is soon due when it is told to be', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice, version } = await caseIn(office, 'draft')
    const changed = await does(operator, `/${code}/notices/${notice}`, { dueOn: '2026-07-11', note: null }, version, 'PUT')
    await does(operator, `/${code}/notices/${notice}/sending`, {}, changed.version)
    // Two working days before: Wednesday. On Tuesday there are three.
    const soon = async (day: string) => {
      office.at(day)
      await office.look()
      return [(await told(acme)).some((one) => one.startsWith('notice_due_soon')), (await listed(operator, '?due=soon')).rows.length, (await listed(operator)).counts.soon]
    }
    expect([await soon('2026-07-07'), await soon('2026-07-08')]).toEqual([[false, 0, 0], [true, 1, 1]])
  })

  test('a file is sent for no letter that can have none any more, and for no step without end', async () => {
    const office = await caseOffice()
    const { acme } = office.doors
    const { code, notice } = await caseIn(office, 'sent')
    const sends = async (i: number) => codeIn(await acme.ask(`${casesPath}/${code}/notices/${notice}/attachments?name=plan-${i}.pdf`, { method: 'POST', body: `%PDF-1.7 ${i}` }))
    for (let i = 0; i < 20; i++) expect(await sends(i)).toEqual([201, undefined])
    expect(await sends(20)).toEqual([409, 'attachment.too_many'])
    await does(acme, `/${code}/notices/${notice}/answer`, answer)
    expect(await sends(21)).toEqual([409, 'notice.state'])
  })

  test('a file is what its name says, also within: an archive that calls itself a document is none, and a name has no folder', async () => {
    const office = await caseOffice()
    const { code, notice } = await caseIn(office, 'sent')
    const sends = async (name: string, body: Uint8Array<ArrayBuffer>) => codeIn(await office.doors.acme.ask(`${casesPath}/${code}/notices/${notice}/attachments?name=${encodeURIComponent(name)}`, { method: 'POST', body }))
    const zipOf = (part: string) => zipArchive([{ name: part, bytes: new TextEncoder().encode('<x/>') }])
    expect(await sends('plan.docx', await zipOf('word/document.xml'))).toEqual([201, undefined])
    expect([await sends('plan.docx', await zipOf('a.exe')), await sends('plan.xlsx', await zipOf('word/document.xml')), await sends('../../etc/plan.pdf', new TextEncoder().encode('%PDF-1.7'))]).toEqual([[415, 'attachment.kind'], [415, 'attachment.kind'], [400, 'question.invalid']])
  })

  test('an answer is entered for somebody without the paper that says so', async () => {
    const office = await caseOffice()
    const { code, notice } = await caseIn(office, 'sent')
    expect(await codeIn(await post(office.doors.operator, `/${code}/notices/${notice}/answer`, { ...answer, channel: 'fax', on: '2026-06-30' }))).toEqual([400, 'notice.no_scan'])
  })

  test('somebody is asked by two letters at once for the same', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, notice, version } = await caseIn(office, 'draft')
    const again = (at: number) => post(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, at)
    expect(await codeIn(await again(version))).toEqual([409, 'notice.one_waits'])
    const sent = await does(operator, `/${code}/notices/${notice}/sending`, {}, version)
    expect(await codeIn(await again(sent.version))).toEqual([409, 'notice.one_waits'])
    const withdrawn = await does(operator, `/${code}/notices/${notice}/withdrawal`, { reason: 'wrong' }, sent.version)
    expect((await again(withdrawn.version)).status).toBe(200)
  })
})

test('what opens and closes by a standard that was decided otherwise says so, and names no report', async () => {
  const office = await caseOffice()
  const { operator } = office.doors
  const { code } = await caseIn(office, 'sent')
  office.at('2026-07-01')
  const path = `/api/lists/${listCode}/standards/alpha`
  const now = await operator.read<{ standard: { version: number; rules: object[] } }>(path)
  const put = await operator.ask(path, { method: 'PUT', headers: { 'content-type': 'application/json', 'if-match': `"${now.standard.version}"` }, body: JSON.stringify({ rules: now.standard.rules.map((rule) => ({ ...rule, minInstitutions: 0, minCities: 0 })), why: 'not asked of anybody now' }) })
  expect(put.status, await put.clone().text()).toBe(200)
  await office.look()
  const { case: row, events } = await looks(operator, code)
  expect([row.state, events.at(-1)!.kind, events.at(-1)!.by, events.at(-1)!.detail.reports, events.at(-1)!.detail.standards?.map(({ drug, why }) => `${drug}: ${why}`)]).toEqual(['closed', 'close', 'standard', [], ['alpha: not asked of anybody now']])
})
