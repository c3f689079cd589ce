import { beforeAll, describe, expect, test } from 'vitest'
import { canMoveRequest, companyRequestMoves, companyRequestStates, companyRequestVerbs, type CompanyRequestState, type CompanyRequestVerb } from '@lastmile/shared/company-request'
import { caseOffice, type CaseOffice } from './case-office.js'
import { answering, looks, post, requestIn } from './company-request-office.js'

/*
 * Each step of a request from each state by everybody, through the public door, held against the table of `shared`: who may take it and
 * where it leads, or that nothing moves.
 */

type Who = Exclude<keyof CaseOffice['doors'], 'colleague'>
/** Who may know of a request of acme to the North, and whose steps are whose. */
const offices: Who[] = ['operator', 'north']
const everybody: Who[] = ['operator', 'reader', 'north', 'south', 'acme', 'bestco', 'city', 'hospital', 'insurer', 'auditor', 'public']

const steps: Record<CompanyRequestVerb, { path: string; body?: object }> = {
  acknowledge: { path: '/acknowledgement' },
  answer: { path: '/answer', body: answering },
  forward: { path: '/forwarding', body: { office: '200000', reason: 'It is of the South.' } },
  defer: { path: '/deferral', body: { dueOn: '2026-07-17', reason: 'The platform opens then.' } },
  withdraw: { path: '/withdrawal', body: { reason: 'no need' } },
  close: { path: '/closing' },
  object: { path: '/objection', body: { reason: 'It is not so.' } },
}
const hisSteps = (verb: CompanyRequestVerb): Who[] => (companyRequestMoves[verb].action === 'company_request.open' ? ['acme'] : offices)

let office: CaseOffice
beforeAll(async () => {
  office = await caseOffice()
})

describe.each(companyRequestVerbs.flatMap((verb) => companyRequestStates.map((state) => [verb, state] as const)))('to %s a request that is %s', (verb: CompanyRequestVerb, state: CompanyRequestState) => {
  test('is done by whom the table names, where it begins there, and by nobody else', async () => {
    const { to } = companyRequestMoves[verb]
    const may = hisSteps(verb)
    const { path, body } = steps[verb]
    const does = canMoveRequest(verb, state, 1)
    const kept = await requestIn(office, state)
    for (const who of everybody.filter((one) => !may.includes(one))) expect((await post(office.doors[who], `/${kept.code}${path}`, body, kept.version)).status, who).toBe(who === 'public' ? 401 : 404)
    expect((await looks(office.doors.operator, kept.code)).request).toMatchObject({ state, version: kept.version })
    for (const who of may) {
      const { code, version } = await requestIn(office, state)
      const before = await looks(office.doors[who], code)
      expect(before.may.includes(verb), who).toBe(does)
      expect((await post(office.doors[who], `/${code}${path}`, body, version)).status, who).toBe(does ? 200 : 409)
      const { request, events } = await looks(office.doors.operator, code)
      expect([request.state, request.version, events.length], who).toEqual([does ? to ?? state : state, does ? version + 1 : version, before.events.length + (does ? 1 : 0)])
    }
  })
})

test('a company objects once; the regulator answers, and then it can only be closed', async () => {
  const { acme, operator, north, south } = office.doors
  const { code, version } = await requestIn(office, 'objected')
  expect((await looks(operator, code)).request).toMatchObject({ state: 'open', office: null, round: 2, dueOn: '2026-07-14' })
  expect([(await looks(operator, code)).may, (await looks(acme, code)).may]).toEqual([['acknowledge', 'answer', 'forward', 'defer'], ['withdraw']])
  // Whoever answered it first sees what becomes of it, and has it no more.
  expect((await looks(north, code)).may).toEqual([])
  expect((await post(north, `/${code}/answer`, answering, version)).status).toBe(404)
  expect((await south.ask(`/api/lists/tiny-2026/company-requests/${code}`)).status).toBe(404)
  const again = await requestIn(office, 'answered again', operator)
  expect((await looks(acme, again.code)).may).toEqual(['close'])
  const refused = await post(acme, `/${again.code}/objection`, { reason: 'still not' }, again.version)
  expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([409, 'company_request.objected'])
  expect((await post(acme, `/${again.code}/closing`, undefined, again.version)).status).toBe(200)
})

test('who reads and does nothing is offered nothing', async () => {
  const { code } = await requestIn(office, 'open')
  expect((await looks(office.doors.reader, code)).may).toEqual([])
})
