import { describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { CasesAnswer } from '@lastmile/shared/case-answer'
import { answer, caseIn, caseOffice, casesPath, codeIn, does, looks, opens, post, scansFor, told } from './case-office.js'
import type { Door } from './door.js'

/* Supervision cases from a gap to its end: opened, asked about, answered, held against what is reported, closed. */

const rows = async (door: Door, query = '') => CasesAnswer.parse(await door.read(`${casesPath}${query}`)).rows

describe('from a gap to its end', () => {
  test('a drug that nobody stocks becomes a case, a letter, an answer, and closes by itself when the province confirms it', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice } = await caseIn(office, 'sent')
    // Ten working days, none of which is a holiday.
    expect((await looks(acme, code)).notices[0]).toMatchObject({ number: { en: 'Letter 2026-1' }, dueOn: '2026-07-14', gaps: [{ drug: 'alpha', unit: '100000', reason: 'nobody_stocks', institutions: 0 }], may: ['acknowledge', 'answer'] })
    expect(await told(acme)).toEqual([`notice_sent ${code}`])
    await does(acme, `/${code}/notices/${notice}/acknowledgement`, {})
    expect((await does(acme, `/${code}/notices/${notice}/answer`, answer)).state).toBe('answered')
    expect([await told(acme), await told(operator)]).toEqual([[`notice_sent ${code} (done)`], [`notice_answered ${code}`, `notice_acknowledged ${code}`]])

    office.at('2026-07-03')
    const { receipt } = await office.arrives('H1,alpha,in_stock', '2026-07-02')
    expect(await office.check()).toEqual({ closed: 1, reopened: 0 })
    const { case: closed, events, gaps } = await looks(operator, code)
    expect([closed.state, closed.closedOn, closed.met, gaps[0]!.state]).toEqual(['closed', '2026-07-03', 1, 'met'])
    expect(events.map(({ kind, by, on }) => `${on} ${kind} ${by}`)).toEqual(['2026-06-30 open office', '2026-06-30 draft office', '2026-06-30 send office', '2026-06-30 acknowledge addressee', '2026-06-30 answer addressee', '2026-07-03 close statements'])
    expect(events.at(-1)!.detail).toEqual({ met: [{ drug: 'alpha', unit: '100000' }], reports: [receipt.id] })
    expect([(await told(acme))[0], (await told(operator))[0]]).toEqual([`case_closed ${code}`, `case_closed ${code}`])
    // Who hears that it is closed does not hear which report did it.
    expect((await looks(acme, code)).events.map(({ kind, by, detail }) => [kind, by, detail.reports])).toEqual([['send', 'office', undefined], ['acknowledge', 'addressee', undefined], ['answer', 'addressee', undefined], ['close', 'statements', undefined]])
  })

  test('each measure of a rule stands beside what there is, and of whom it is counted: in the answer, in the letter, in the file', async () => {
    const office = await caseOffice({ standards: [{ drug: 'alpha', minInstitutions: 1, minCities: 2, kinds: ['hospital'], eligibleOnly: true, units: ['100000'] }], eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }] })
    const { operator } = office.doors
    const { code } = await caseIn(office, 'sent')
    const { gaps: [gap], notices: [notice] } = await looks(operator, code)
    const figures = { institutions: 0, minInstitutions: 1, cities: 0, minCities: 2, kinds: ['hospital'], eligibleOnly: true, reach: null }
    expect([gap!.opened, gap!.now]).toMatchObject([figures, figures])
    expect(notice!.letters!.en.rows[0]!.slice(3, 5)).toEqual(['eligible hospitals: 0, 0 cities', 'eligible hospitals: 1, 2 cities'])
    const [head, row] = (await (await operator.ask(`${casesPath}/${code}?format=csv`)).text()).replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(','))
    const cell = (column: string) => row![head!.indexOf(column)]
    expect(['institutions_now', 'min_institutions_now', 'cities_now', 'min_cities_now', 'counted_kinds_now', 'eligible_only_now', 'min_cities_then'].map(cell)).toEqual(['0', '1', '0', '2', 'hospital', 'yes', '2'])
  })

  test('what is met in part is noted, and silence closes nothing: a record that grows stale, or a standard that is taken away', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { cases: [code] } = await opens(operator, ['alpha 100000', 'alpha 200000'])
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    expect(await office.check()).toEqual({ closed: 0, reopened: 0 })
    const { case: row, events, gaps } = await looks(operator, code!)
    expect([row.met, row.gaps, events.at(-1)!.kind, gaps.map(({ state }) => state)]).toEqual([1, 2, 'check', ['met', 'gap']])
    // Looked at again, nothing is new, and nothing is written.
    expect(await office.check()).toEqual({ closed: 0, reopened: 0 })
    expect((await looks(operator, code!)).events).toHaveLength(events.length)
    // Six weeks later it is stale: a gap again.
    office.at('2026-09-01')
    await office.check()
    expect((await looks(operator, code!)).events.at(-1)).toMatchObject({ kind: 'check', by: 'statements', detail: { again: [{ drug: 'alpha', unit: '100000' }], reports: [] } })
    expect((await looks(operator, code!)).case.state).toBe('open')
  })

  test('a case that closed itself opens again when its gap comes back within thirty days, in a new round; not after them, and not what an officer closed unmet', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice } = await caseIn(office, 'answered')
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    await office.check()
    office.at('2026-07-10')
    await office.arrives('H1,alpha,out_of_stock', '2026-07-09')
    expect(await office.check()).toEqual({ closed: 0, reopened: 1 })
    const { case: again, events, notices } = await looks(operator, code)
    expect([again.state, again.closedOn, again.met, events.at(-1)!.kind, events.at(-1)!.detail.again]).toEqual(['open', null, 0, 'reopen', [{ drug: 'alpha', unit: '100000' }]])
    // What was answered before asks for nothing now: a new letter does.
    expect([notices[0]!.state, notices[0]!.may, await codeIn(await post(acme, `/${code}/notices/${notice}/answer`, answer))]).toEqual(['answered', [], [409, 'notice.state']])
    expect((await told(operator))[0]).toBe(`case_reopened ${code}`)
    await does(operator, `/${code}/closing`, { reason: 'agreed' }, again.version)
    expect(await office.check()).toEqual({ closed: 0, reopened: 0 })
    expect((await looks(operator, code)).case.state).toBe('closed')
  })
})

describe('opening', () => {
  test('is of gaps as they are today, in a case for each drug, company or province; what is followed already is not followed twice', async () => {
    const { doors: { operator } } = await caseOffice()
    const first = await opens(operator, ['alpha 100000', 'alpha 200000', 'gamma 100000', 'gamma 200000', 'beta 100000'])
    expect(first).toEqual({ cases: ['2026-1', '2026-2'], results: [
      { drug: 'alpha', region: '100000', became: 'opened', case: '2026-1' }, { drug: 'alpha', region: '200000', became: 'opened', case: '2026-1' }, { drug: 'gamma', region: '100000', became: 'opened', case: '2026-2' },
      { drug: 'gamma', region: '200000', became: 'gone', case: null }, { drug: 'beta', region: '100000', became: 'gone', case: null },
    ] })
    expect((await opens(operator, ['alpha 100000'])).results).toEqual([{ drug: 'alpha', region: '100000', became: 'in_case', case: '2026-1' }])
    // Under another kind of evidence it is another gap.
    expect((await opens(operator, ['alpha 100000', 'gamma 100000'], { by: 'province', evidence: 'declared' })).cases).toEqual(['2026-3'])
  })

  test('of its own gaps is a province\'s too, whatever the regulator follows; of no other\'s, and nobody else\'s', async () => {
    const { doors } = await caseOffice()
    await opens(doors.operator, ['alpha 100000'])
    expect((await opens(doors.north, ['alpha 100000', 'alpha 200000'])).results.map(({ became }) => became)).toEqual(['opened', 'gone'])
    expect((await rows(doors.north)).map(({ code, unit }) => [code, unit])).toEqual([['2026-2', '100000']])
    expect((await rows(doors.operator)).map(({ code }) => code)).toEqual(['2026-2', '2026-1'])
    for (const one of ['acme', 'city', 'hospital', 'insurer', 'auditor', 'reader'] as const) expect((await post(doors[one], '', { evidence: 'confirmed', by: 'drug', gaps: [{ drug: 'alpha', region: '100000' }] })).status, one).toBe(404)
    expect((await post(doors.public, '', {})).status).toBe(401)
  })

  test('is refused where the edition does not say how gaps are followed up; the list says so', async () => {
    const { doors: { operator } } = await caseOffice({ supervision: undefined })
    expect(await codeIn(await post(operator, '', { evidence: 'confirmed', by: 'drug', gaps: [{ drug: 'alpha', region: '100000' }] }))).toEqual([409, 'case.no_rules'])
    expect(CasesAnswer.parse(await operator.read(casesPath)).rules).toBeNull()
  })

  test('of two who take the same gap at once, one does; and numbers are given once', async () => {
    const { doors: { operator, colleague } } = await caseOffice()
    const all = await Promise.all([operator, colleague, operator, colleague].map((door) => opens(door, ['alpha 100000', 'gamma 100000'])))
    expect(all.flatMap(({ cases }) => cases).sort()).toEqual(['2026-1', '2026-2'])
    expect(all.flatMap(({ results }) => results.map(({ became }) => became)).sort()).toEqual([...Array(6).fill('in_case'), 'opened', 'opened'])
  })
})

describe('of two officers who do something at once', () => {
  test('one does: of closing, sending and answering alike', async () => {
    const office = await caseOffice()
    const { operator, colleague, acme } = office.doors
    const draft = await caseIn(office, 'draft')
    const send = await Promise.all([operator, colleague].map((door) => post(door, `/${draft.code}/notices/${draft.notice}/sending`, {}, draft.version)))
    expect(send.map(({ status }) => status).sort()).toEqual([200, 409])
    const answers = await Promise.all([1, 2, 3].map(() => post(acme, `/${draft.code}/notices/${draft.notice}/answer`, answer)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const { case: { version } } = await looks(operator, draft.code)
    const closing = await Promise.all([operator, colleague].map((door) => post(door, `/${draft.code}/closing`, { reason: 'done' }, version)))
    expect(closing.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await looks(operator, draft.code)).events.map(({ kind }) => kind)).toEqual(['open', 'draft', 'send', 'answer', 'close'])
  })

  test('who saw an older version is told at which it is, and changes nothing', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, version } = await caseIn(office, 'sent')
    const late = await post(operator, `/${code}/closing`, { reason: 'done' }, version - 1)
    expect([late.status, await late.json()]).toMatchObject([412, { error: { code: 'case.version', version } }])
    expect((await post(operator, `/${code}/closing`, { reason: 'done' })).status).toBe(400)
    expect((await looks(operator, code)).case.state).toBe('notified')
  })

  test('several servers that look at once close a case once', async () => {
    const office = await caseOffice()
    const { code } = await caseIn(office, 'sent')
    await office.arrives('H1,alpha,in_stock', '2026-06-29')
    const closed = (await Promise.all([office.check(), office.check(), office.check()])).map((one) => one.closed)
    expect(closed.reduce((a, b) => a + b)).toBe(1)
    expect((await looks(office.doors.operator, code)).events.filter(({ kind }) => kind === 'close')).toHaveLength(1)
    expect((await told(office.doors.acme)).filter((one) => one.startsWith('case_closed'))).toHaveLength(1)
  })
})

describe('a letter', () => {
  test('goes to who can mend something in the case, and names that alone', async () => {
    const { doors: { operator, north, south } } = await caseOffice()
    const { cases: [code] } = await opens(operator, ['alpha 100000', 'alpha 200000'])
    expect((await looks(operator, code!)).drafts).toEqual([{ office: 'company', code: 'acme' }, { office: 'province', code: '100000' }, { office: 'province', code: '200000' }])
    const { version } = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
    await does(operator, `/${code}/notices`, { to: { office: 'province', code: '200000' } }, version)
    // What is not reported is none of the company's to mend.
    expect((await looks(operator, code!)).notices.map(({ to, gaps }) => [to.code, gaps.map(({ unit }) => unit)])).toEqual([['acme', ['100000']], ['200000', ['200000']]])
    expect(await codeIn(await post(operator, `/${code}/notices`, { to: { office: 'company', code: 'bestco' } }, 3))).toEqual([409, 'notice.nothing_to_mend'])
    // A province's office asks companies; not itself.
    const { cases: [own] } = await opens(north, ['alpha 100000'])
    expect((await looks(north, own!)).drafts).toEqual([{ office: 'company', code: 'acme' }])
    expect(await rows(south)).toEqual([])
  })

  test('is a draft that nobody else knows of until it is sent; then what it says stands still', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice, version } = await caseIn(office, 'draft')
    expect([await rows(acme), (await post(acme, `/${code}/notices/${notice}/answer`, answer)).status]).toEqual([[], 404])
    const changed = await does(operator, `/${code}/notices/${notice}`, { dueOn: '2026-07-20', note: 'Please call us.' }, version, 'PUT')
    await does(operator, `/${code}/notices/${notice}/sending`, {}, changed.version)
    const before = (await looks(acme, code)).notices[0]!
    expect([before.dueOn, before.letters!.en.paragraphs.at(-1), before.note]).toEqual(['2026-07-20', 'Please call us.', null])
    office.at('2026-07-05')
    await office.arrives('H3,alpha,out_of_stock', '2026-07-04')
    expect((await looks(acme, code)).notices[0]!.letters).toEqual(before.letters)
  })

  test('of a draft there is none where its edition does not say any more how gaps are followed up: the case is there, and cannot be sent', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, notice, version } = await caseIn(office, 'draft')
    expect((await looks(operator, code)).answerWithin).toBe(10)
    await office.reload({ supervision: undefined })
    const { notices: [draft], drafts, answerWithin } = await looks(operator, code)
    expect([draft!.letters, draft!.number, draft!.may, drafts, answerWithin]).toEqual([null, null, ['change', 'withdraw'], [], null])
    expect(await codeIn(await post(operator, `/${code}/notices/${notice}/sending`, {}, version))).toEqual([409, 'case.no_rules'])
    // What was sent stands still, whatever became of the rules.
    await office.reload({ supervision: 'usual' })
    await does(operator, `/${code}/notices/${notice}/sending`, {}, version)
    await office.reload({ supervision: undefined })
    expect((await looks(office.doors.acme, code)).notices[0]).toMatchObject({ number: { en: 'Letter 2026-1' }, may: ['acknowledge', 'answer'] })
  })

  test('numbers of each office and year go on from one to the next; drafts have none', async () => {
    const { doors: { operator, north } } = await caseOffice()
    const { cases: [a, b] } = await opens(operator, ['alpha 100000', 'gamma 100000'])
    const { cases: [own] } = await opens(north, ['alpha 100000'])
    for (const [door, code] of [[operator, a], [operator, b], [north, own]] as const) {
      const { notice, version } = await does(door, `/${code}/notices`, { to: { office: 'company', code: code === b ? 'bestco' : 'acme' } }, 1)
      await does(door, `/${code}/notices/${notice}/sending`, code === b ? { channel: 'post', on: '2026-06-30' } : {}, version)
    }
    expect((await rows(operator)).flatMap(({ notices }) => notices.map(({ number }) => number!.en)).sort()).toEqual(['Letter 2026-1', 'Letter 2026-2', 'North 2026-1'])
  })

  test('withdrawn asks for nothing, and its addressee hears so; what was answered stays', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { code, notice } = await caseIn(office, 'withdrawn')
    expect([(await looks(operator, code)).case.state, await told(acme), (await post(acme, `/${code}/notices/${notice}/answer`, answer)).status]).toEqual(['open', [`notice_withdrawn ${code}`, `notice_sent ${code} (done)`], 409])
  })

  test('a company sees its own letter, and not the rest of the case, nor any of a rival', async () => {
    const { doors: { operator, acme, bestco, reader } } = await caseOffice()
    const { cases: [code] } = await opens(operator, ['alpha 100000', 'gamma 100000'], { by: 'province' })
    let { version } = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
    const { notice } = (await looks(operator, code!)).notices.map((one) => ({ notice: one.code }))[0]!
    version = (await does(operator, `/${code}/notices/${notice}/sending`, {}, version)).version
    await does(operator, `/${code}/comments`, { text: 'Between us.' })
    await does(operator, `/${code}/comments`, { text: 'For you.', notice })
    await does(acme, `/${code}/comments`, { text: 'Thank you.', notice })
    const theirs = await looks(acme, code!)
    expect([theirs.case.seenAs, theirs.gaps.map(({ drug }) => drug), theirs.comments.map(({ text }) => text), theirs.events.map(({ kind }) => kind), theirs.ladder, theirs.may, theirs.drafts]).toEqual(['addressee', ['alpha'], ['For you.', 'Thank you.'], ['send'], [], ['comment'], []])
    expect((await rows(acme)).map(({ gaps, drugs }) => [gaps, drugs])).toEqual([[1, ['alpha']]])
    expect((await looks(reader, code!)).comments).toHaveLength(3)
    expect([await rows(bestco), (await bestco.ask(`${casesPath}/${code}`)).status, (await post(acme, `/${code}/comments`, { text: 'In general.' })).status]).toEqual([[], 404, 404])
    expect((await told(operator)).filter((one) => one.startsWith('case_comment'))).toHaveLength(1)
    expect((await told(acme)).filter((one) => one.startsWith('case_comment'))).toHaveLength(1)
    expect(version).toBeGreaterThan(1)
  })
})

describe('outside the system', () => {
  test('a letter is posted to a company without an account, and its answer entered for it, with the scan, day and channel; and it is seen to be so', async () => {
    const office = await caseOffice()
    const { operator, auditor } = office.doors
    const { cases: [code] } = await opens(operator, ['gamma 100000'])
    const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'bestco' } }, 1)
    const at = `/${code}/notices/${drafted.notice}`
    expect((await looks(operator, code!)).notices[0]!.hasAccount).toBe(false)
    expect(await codeIn(await post(operator, `${at}/sending`, {}, drafted.version))).toEqual([409, 'notice.no_account'])
    const scan = (await (await operator.ask(`${casesPath}${at}/attachments?name=${encodeURIComponent('盖章函.pdf')}`, { method: 'POST', body: '%PDF-1.7 a letter' })).json()) as { code: string }
    office.at('2026-07-03')
    await does(operator, `${at}/sending`, { channel: 'post', on: '2026-07-01', attachments: [scan.code] }, drafted.version)
    expect((await looks(operator, code!)).notices[0]).toMatchObject({ dueOn: '2026-07-15', sent: { on: '2026-07-01', channel: 'post', attachments: [{ name: '盖章函.pdf', type: 'application/pdf' }] } })
    // Whoever enters it for another says how and when it came.
    expect([await codeIn(await post(operator, `${at}/acknowledgement`, {})), await codeIn(await post(operator, `${at}/answer`, { ...answer, channel: 'fax', on: '2026-07-04' }))]).toEqual([[400, 'notice.on_behalf'], [400, 'notice.day']])
    await does(operator, `${at}/acknowledgement`, { channel: 'post', on: '2026-07-02' })
    await does(operator, `${at}/answer`, { ...answer, channel: 'fax', on: '2026-07-03', attachments: await scansFor(operator, code!, drafted.notice!) })
    const [notice] = (await looks(operator, code!)).notices
    expect([notice!.acknowledged, notice!.answer]).toMatchObject([{ on: '2026-07-02', channel: 'post', onBehalf: true }, { on: '2026-07-03', channel: 'fax', onBehalf: true, reasons: answer.reasons }])
    expect((await looks(operator, code!)).events.slice(-2).map(({ by, detail }) => [by, detail.onBehalf])).toEqual([['office', true], ['office', true]])
    const file = await operator.ask(`${casesPath}/${code}/attachments/${scan.code}/file`)
    expect([await file.text(), file.headers.get('content-disposition')]).toEqual(['%PDF-1.7 a letter', expect.stringContaining('attachment;')])
    await office.services.audit.close()
    expect(AuditAnswer.parse(await auditor.read('/api/audit?action=notice.answer')).entries[0]!.after).toMatchObject({ side: 'office', channel: 'fax', on: '2026-07-03' })
    expect(AuditAnswer.parse(await auditor.read('/api/audit?action=case.file')).entries).toHaveLength(1)
  })

  test('files are taken of a few kinds, as what they are, up to a size; each goes with one step, and is its letter\'s alone', async () => {
    const office = await caseOffice()
    const { operator, acme, bestco, north } = office.doors
    const { code, notice } = await caseIn(office, 'sent')
    const at = `/${code}/notices/${notice}`
    const sends = (door: Door, name: string, body: BodyInit) => door.ask(`${casesPath}${at}/attachments?name=${name}`, { method: 'POST', body })
    expect([(await sends(acme, 'page.html', '<html>')).status, (await sends(acme, 'scan.pdf', '<html>')).status, (await sends(acme, 'scan.pdf', '')).status, (await sends(acme, '', '%PDF-1.7')).status, (await sends(bestco, 'scan.pdf', '%PDF-1.7')).status, (await sends(north, 'scan.pdf', '%PDF-1.7')).status]).toEqual([415, 415, 400, 400, 404, 404])
    expect((await sends(acme, 'scan.pdf', new Uint8Array(20 * 1024 * 1024 + 1).fill(0x25))).status).toBe(413)
    const { code: file } = (await (await sends(acme, 'plan.pdf', '%PDF-1.7 a plan')).json()) as { code: string }
    // Nobody has it before a step names it, and another's step cannot.
    expect((await operator.ask(`${casesPath}/${code}/attachments/${file}/file`)).status).toBe(404)
    expect(await codeIn(await post(operator, `${at}/answer`, { ...answer, channel: 'post', on: '2026-06-30', attachments: [file] }))).toEqual([409, 'attachment.not_there'])
    await does(acme, `${at}/answer`, { ...answer, attachments: [file] })
    expect((await looks(operator, code)).notices[0]!.answer!.attachments.map(({ name }) => name)).toEqual(['plan.pdf'])
    expect([(await operator.ask(`${casesPath}/${code}/attachments/${file}/file`)).status, (await bestco.ask(`${casesPath}/${code}/attachments/${file}/file`)).status]).toEqual([200, 404])
  })
})
