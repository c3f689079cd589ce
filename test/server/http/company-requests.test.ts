import { describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { listCode } from '../../support/edition.js'
import { caseOffice, codeIn } from './case-office.js'
import { answering, asking, does, lists, looks, opens, post, requestIn, requestsPath, sends, told } from './company-request-office.js'

/* What companies ask of offices: opening, answering, handing on, putting off, and what each side is told. */

describe('a company asks a province', () => {
  test('which hears of it, acknowledges and answers; the company closes it; each step is told, settled and audited', async () => {
    const office = await caseOffice()
    const { acme, north, operator, auditor } = office.doors
    const { request: code, version } = await opens(acme, { attachments: [await sends(acme)] })
    // Ten working days after Tuesday 30 June.
    expect((await looks(north, code)).request).toMatchObject({ code: '2026-1', state: 'open', company: 'acme', drug: 'alpha', unit: '100000', office: '100000', dueOn: '2026-07-14', workingDaysLeft: 10, age: 0, round: 1 })
    expect([await told(north), await told(operator), await told(acme)]).toEqual([['opened 2026-1'], [], []])
    const acknowledged = await does(north, `/${code}/acknowledgement`, undefined, version)
    expect(await told(acme)).toEqual(['acknowledged 2026-1'])
    office.at('2026-07-03')
    await does(north, `/${code}/answer`, { outcome: 'will_be_resolved', text: 'It is listed with the next round.', resolveBy: '2026-07-31', attachments: [await sends(north, 'round.pdf')] }, acknowledged.version)
    expect([(await told(north))[0], (await told(acme))[0]]).toEqual(['opened 2026-1 (done)', 'answered 2026-1'])
    const { request, events } = await looks(acme, code)
    expect(request).toMatchObject({ state: 'answered', outcome: 'will_be_resolved', resolveBy: '2026-07-31', dueOn: null, age: 3 })
    expect(events.map(({ kind, on, by, state, attachments }) => [kind, on, by, state, attachments.map(({ name }) => name).join()])).toEqual([['open', '2026-06-30', 'company', 'open', 'proof.pdf'], ['acknowledge', '2026-06-30', 'province', 'acknowledged', ''], ['answer', '2026-07-03', 'province', 'answered', 'round.pdf']])
    // Names of people are told within their own side.
    expect([events.map(({ byName }) => byName !== null), (await looks(operator, code)).events.map(({ byName }) => byName !== null)]).toEqual([[true, false, false], [false, true, true]])
    await does(acme, `/${code}/closing`, undefined, request.version)
    expect([(await told(acme))[0], (await told(north))[0]]).toEqual(['answered 2026-1 (done)', 'closed 2026-1'])
    const { entries } = AuditAnswer.parse(await auditor.read(`/api/audit?list=${listCode}`))
    expect(entries.filter(({ action }) => action.startsWith('company_request.')).map(({ action, role, object }) => `${action} ${role} ${action.endsWith('attach') ? '' : object}`.trim()).reverse()).toEqual([
      'company_request.attach company', 'company_request.open company 2026-1', 'company_request.acknowledge province_officer 2026-1', 'company_request.attach province_officer', 'company_request.answer province_officer 2026-1', 'company_request.close company 2026-1',
    ])
  })

  test('only about a drug of its own, at an office that there is, an institution of that office, and a record that there is', async () => {
    const { doors: { acme, bestco } } = await caseOffice()
    const said = async (own: object, door = acme) => codeIn(await post(door, '', { ...asking, ...own }))
    expect([await said({ drug: 'gamma' }), await said({}, bestco), await said({ office: '999999' }), await said({ office: '100100' })]).toEqual([[404, 'drug.not_found'], [404, 'drug.not_found'], [404, 'unit.not_found'], [404, 'unit.not_found']])
    expect([await said({ kind: 'committee_refused' }), await said({ kind: 'committee_refused', institution: 'H2' }), await said({ kind: 'committee_refused', institution: 'H9' })]).toEqual([[400, 'company_request.institution'], [400, 'company_request.elsewhere'], [404, 'institution.not_found']])
    expect([await said({ kind: 'statement_disputed', institution: 'H1' }), await said({ evidence: 'confirmed' }), await said({ kind: 'statement_disputed', institution: 'H2', office: 'national', evidence: 'confirmed' })]).toEqual([[400, 'company_request.evidence'], [400, 'company_request.evidence'], [409, 'company_request.nothing_recorded']])
    expect(await said({ attachments: ['0123456789abcdef'] })).toEqual([409, 'attachment.not_there'])
    expect((await lists(acme)).rows).toEqual([])
  })

  test('of a record that it disputes, what was recorded then stands with the request; in which report, for those alone who may see that', async () => {
    const office = await caseOffice()
    const { acme, north } = office.doors
    const { request: code } = await opens(acme, { kind: 'statement_disputed', institution: 'H1', evidence: 'confirmed', text: 'The committee admitted it on 10 June.' })
    expect((await office.arrives('H1,alpha,in_stock', '2026-06-28')).status).toBe(201)
    expect([(await looks(acme, code)).disputed, (await looks(acme, code)).request.institution]).toEqual([{ evidence: 'confirmed', state: 'not_carried', day: '2026-06-15', source: null, report: null, line: null }, { code: 'H1', name: expect.any(String) as string }])
    const { disputed } = await looks(north, code)
    expect(disputed).toMatchObject({ source: 'north', line: 2 })
    expect((await north.ask(`/api/lists/${listCode}/reports/${disputed!.report}`)).status).toBe(200)
  })

  test('a key opens one, however often it is sent, and asks nothing else; without rules of the edition none is opened', async () => {
    const { doors: { acme } } = await caseOffice()
    const key = { 'idempotency-key': 'once' }
    const [first, second] = await Promise.all([does(acme, '', asking, undefined, key), does(acme, '', asking, undefined, key)])
    expect([first, (await lists(acme)).page.total]).toEqual([second, 1])
    expect(await codeIn(await post(acme, '', { ...asking, text: 'Something else.' }, undefined, key))).toEqual([409, 'company_request.key_reused'])
    const unruled = await caseOffice({ supervision: undefined })
    expect(await codeIn(await post(unruled.doors.acme, '', asking))).toEqual([409, 'company_request.no_rules'])
    expect((await lists(unruled.doors.acme)).rules).toBeNull()
  })
})

describe('the office that has it', () => {
  test('of two officers who answer at once one does, and the other is told so; who saw an older version looks again', async () => {
    const office = await caseOffice()
    const { north, operator, acme } = office.doors
    const { code, version } = await requestIn(office, 'open')
    const answers = await Promise.all([north, operator].map(async (door, i) => codeIn(await post(door, `/${code}/answer`, { ...answering, text: `answer ${i}` }, version))))
    expect(answers.map(([status]) => status).sort()).toEqual([200, 409])
    const { events, request } = await looks(acme, code)
    expect([events.filter(({ kind }) => kind === 'answer').map(({ detail }) => detail.text), request.version]).toEqual([[`answer ${answers.findIndex(([status]) => status === 200)}`], version + 1])
    const other = await requestIn(office, 'acknowledged')
    expect(await codeIn(await post(north, `/${other.code}/answer`, answering, 1))).toEqual([412, 'company_request.version'])
  })

  test('an answer and a withdrawal at once: one of them holds', async () => {
    const office = await caseOffice()
    const { north, acme } = office.doors
    const { code, version } = await requestIn(office, 'open')
    const [answered, withdrawn] = await Promise.all([post(north, `/${code}/answer`, answering, version), post(acme, `/${code}/withdrawal`, { reason: 'no need' }, version)])
    expect([answered.status, withdrawn.status].sort()).toEqual([200, 409])
    expect((await looks(acme, code)).request.state).toBe(answered.status === 200 ? 'answered' : 'withdrawn')
  })

  test('hands it to another, where it is new and due when it was; the former sees it and has it no more', async () => {
    const office = await caseOffice()
    const { acme, north, south } = office.doors
    const { code, version } = await requestIn(office, 'acknowledged')
    expect((await south.ask(`${requestsPath}/${code}`)).status).toBe(404)
    office.at('2026-07-02')
    expect(await codeIn(await post(north, `/${code}/forwarding`, { office: '100000', reason: 'ours' }, version))).toEqual([400, 'company_request.same_office'])
    expect(await codeIn(await post(north, `/${code}/forwarding`, { office: '100100', reason: 'no unit' }, version))).toEqual([404, 'unit.not_found'])
    const moved = await does(north, `/${code}/forwarding`, { office: '200000', reason: 'Listed by the South.' }, version)
    expect((await looks(south, code)).request).toMatchObject({ state: 'open', office: '200000', unit: '100000', dueOn: '2026-07-14', firstDueOn: null })
    expect([await told(south), (await told(north))[0], (await told(acme))[0]]).toEqual([['forwarded 2026-1'], 'opened 2026-1 (done)', 'passed_on 2026-1'])
    expect([(await looks(north, code)).may, (await post(north, `/${code}/answer`, answering, moved.version)).status]).toEqual([[], 404])
    await does(south, `/${code}/forwarding`, { office: 'national', reason: 'A rule of the list.' }, moved.version)
    expect([(await lists(office.doors.operator, '?office=national')).rows.map((row) => row.code), (await lists(north, '?office=national')).rows.map((row) => row.code)]).toEqual([['2026-1'], ['2026-1']])
  })

  test('puts it off with a reason and to a working day within the limit, and its company reads why', async () => {
    const office = await caseOffice()
    const { acme, north } = office.doors
    const { code, version } = await requestIn(office, 'open')
    const to = async (dueOn: string, at = version) => codeIn(await post(north, `/${code}/deferral`, { dueOn, reason: 'The committee meets then.' }, at))
    // Not earlier or the same, not at a weekend, and no more than five working days after 14 July.
    expect([await to('2026-07-13'), await to('2026-07-14'), await to('2026-07-18'), await to('2026-07-22')]).toEqual(Array.from({ length: 4 }, () => [400, 'company_request.defer']))
    expect(await to('2026-07-21')).toEqual([200, undefined])
    const { request, events } = await looks(acme, code)
    expect([request.dueOn, request.firstDueOn, request.state, events.at(-1)!.detail, (await told(acme))[0]]).toEqual(['2026-07-21', '2026-07-14', 'open', { reason: 'The committee meets then.', dueOn: '2026-07-21', wasDueOn: '2026-07-14' }, 'deferred 2026-1'])
    expect(await to('2026-07-22', request.version)).toEqual([400, 'company_request.defer'])
  })

  test('says by which day it is resolved where it is not yet, and nowhere else', async () => {
    const office = await caseOffice()
    const { north } = office.doors
    const { code, version } = await requestIn(office, 'open')
    const says = async (own: object) => codeIn(await post(north, `/${code}/answer`, { ...answering, ...own }, version))
    expect([await says({ outcome: 'will_be_resolved' }), await says({ outcome: 'refused', resolveBy: '2026-08-01' }), await says({ outcome: 'will_be_resolved', resolveBy: '2026-06-29' })]).toEqual(Array.from({ length: 3 }, () => [400, 'company_request.resolve_by']))
  })

  test('where the regulator answers for it, hears of that', async () => {
    const office = await caseOffice()
    const { code, version } = await requestIn(office, 'open')
    await does(office.doors.operator, `/${code}/answer`, answering, version)
    expect([await told(office.doors.north), (await looks(office.doors.acme, code)).events.at(-1)!.by]).toEqual([['closed 2026-1', 'opened 2026-1 (done)'], 'national'])
  })
})

describe('what time brings', () => {
  test('is told before the due day and after it, once each, and asks for nothing once it is answered', async () => {
    const office = await caseOffice()
    const { acme, north, operator } = office.doors
    const { code, version } = await requestIn(office, 'open')
    const on = async (day: string) => {
      office.at(day)
      await office.look()
      await office.look()
      return [await told(north), await told(acme), await told(operator)]
    }
    expect(await on('2026-07-09')).toEqual([['opened 2026-1'], [], []])
    expect(await on('2026-07-10')).toEqual([['due_soon 2026-1', 'opened 2026-1'], [], []])
    expect((await on('2026-07-14'))[0]).toEqual(['due_soon 2026-1', 'opened 2026-1'])
    expect(await on('2026-07-15')).toEqual([['overdue 2026-1', 'due_soon 2026-1', 'opened 2026-1'], ['unanswered 2026-1'], ['unanswered 2026-1']])
    expect((await lists(acme)).counts).toEqual({ open: 1, acknowledged: 0, answered: 0, closed: 0, withdrawn: 0, overdue: 1, soon: 0 })
    expect((await lists(north, '?due=overdue')).rows.map(({ workingDaysLeft }) => workingDaysLeft)).toEqual([-1])
    await does(north, `/${code}/answer`, { outcome: 'will_be_resolved', text: 'Soon.', resolveBy: '2026-07-20' }, version)
    expect([(await told(north)).every((one) => one.endsWith('(done)')), await told(operator)]).toEqual([true, ['unanswered 2026-1 (done)']])
    expect((await on('2026-07-20'))[1]!.filter((one) => one.startsWith('promised'))).toEqual([])
    expect((await on('2026-07-21'))[1]!.filter((one) => one.startsWith('promised'))).toEqual(['promised 2026-1'])
    await does(acme, `/${code}/objection`, { reason: 'It is not there.' }, version + 1)
    expect((await told(acme)).filter((one) => !one.endsWith('(done)'))).toEqual([])
    expect((await told(operator))[0]).toBe('objected 2026-1')
  })

  test('a file that no step names is let go after two days, and one that is named stays', async () => {
    const office = await caseOffice()
    const { acme, north } = office.doors
    const [left, named] = [await sends(acme), await sends(acme)]
    expect((await post(north, '', asking)).status).toBe(404)
    // A name has no folder, as beside letters.
    const climbing = await acme.ask(`${requestsPath}/attachments?name=${encodeURIComponent('../../etc/proof.pdf')}`, { method: 'POST', body: '%PDF-1.7 a proof' })
    expect([climbing.status, ((await climbing.json()) as { error: { code: string } }).error.code]).toEqual([400, 'question.invalid'])
    const { request: code } = await opens(acme, { attachments: [named] })
    const file = `${requestsPath}/${code}/attachments/${named}/file`
    expect([await (await north.ask(file)).text(), (await office.doors.south.ask(file)).status, (await north.ask(file.replace(named, left))).status]).toEqual(['%PDF-1.7 a proof', 404, 404])
    office.at('2026-07-03')
    await office.look()
    expect(await codeIn(await post(acme, '', { ...asking, attachments: [left] }))).toEqual([409, 'attachment.not_there'])
    expect((await north.ask(file)).status).toBe(200)
  })
})

test('requests are found by state, due, kind, drug, unit and office, ordered, and taken along', async () => {
  const office = await caseOffice()
  const { acme, operator, south, north } = office.doors
  await opens(acme, { kind: 'committee_refused', institution: 'H2', office: 'national', drug: 'beta' })
  office.at('2026-07-06')
  await opens(acme)
  await requestIn(office, 'closed')
  const codes = async (query: string, door = operator) => (await lists(door, query)).rows.map(({ code }) => code)
  expect([await codes(''), await codes('?sort=code-down'), await codes('?sort=due-down'), await codes('?state=closed'), await codes('?kind=committee_refused'), await codes('?drug=beta'), await codes('?region=200000'), await codes('?office=100000'), await codes('?company=bestco')])
    .toEqual([['2026-1', '2026-2', '2026-3'], ['2026-3', '2026-2', '2026-1'], ['2026-2', '2026-1', '2026-3'], ['2026-3'], ['2026-1'], ['2026-1'], ['2026-1'], ['2026-2', '2026-3'], []])
  // What is asked of the regulator is not the province's that it is about.
  expect([await codes('', north), await codes('', south), await codes('', office.doors.reader), await codes('', office.doors.bestco)]).toEqual([['2026-2', '2026-3'], [], ['2026-1', '2026-2', '2026-3'], []])
  const csv = await (await acme.ask(`${requestsPath}?format=csv`)).text()
  expect(csv.split('\r\n')[1]).toMatch(/^2026-1,open,committee_refused,acme,beta,H2,[^,]+,200000,national,no,2026-06-30,,6,2026-07-14,,6,,$/)
  expect((await operator.ask(`${requestsPath}/2026-3?format=xlsx`)).headers.get('content-disposition')).toContain('company-request-2026-3')
})
