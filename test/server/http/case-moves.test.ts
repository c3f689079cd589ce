import { beforeAll, describe, expect, test } from 'vitest'
import { caseMoves, caseStates, canMoveCase, caseVerbs, type CaseState, type CaseVerb } from '@lastmile/shared/case'
import { canMoveNotice, noticeMoves, noticeStates, noticeVerbs, type NoticeState, type NoticeVerb } from '@lastmile/shared/notice'
import { can, type Role } from '@lastmile/shared/permission'
import { answer, caseIn, caseOffice, looks, post, scansFor, type CaseOffice } from './case-office.js'

/*
 * Each verb from each state by everybody, through the public door, held against the tables of `shared`: who may do it and
 * where it leads, or that nothing moves.
 */

type Who = Exclude<keyof CaseOffice['doors'], 'public' | 'colleague'>
const roleOf: Record<Who, Role> = { operator: 'operator', reader: 'reader', north: 'province_officer', south: 'province_officer', acme: 'company', bestco: 'company', city: 'city_officer', hospital: 'institution', insurer: 'insurer', auditor: 'auditor' }
const everybody = Object.keys(roleOf) as Who[]

/** The case is the national regulator's, and its letter acme's: theirs it is, beyond what their role may do at all. */
const isHis = (who: Who, action: 'case.keep' | 'notice.answer') => can({ role: roleOf[who] }, action) === 'all' || (action === 'notice.answer' && who === 'acme')

const noticeAsks: Record<NoticeVerb, { path: string; method?: string; body: (who: Who) => object }> = {
  change: { path: '', method: 'PUT', body: () => ({ dueOn: null, note: 'A word.' }) },
  send: { path: '/sending', body: () => ({}) },
  acknowledge: { path: '/acknowledgement', body: (who) => (who === 'acme' ? {} : { channel: 'fax', on: '2026-06-30' }) },
  answer: { path: '/answer', body: (who) => ({ ...answer, ...(who === 'acme' ? {} : { channel: 'fax', on: '2026-06-30' }) }) },
  withdraw: { path: '/withdrawal', body: () => ({ reason: 'a mistake' }) },
}

let office: CaseOffice
beforeAll(async () => {
  office = await caseOffice()
})

/** Has a case made, asked about, and out of the way again: the next is about the same gap. */
async function withCase<Made extends { code: string }>(make: () => Promise<Made>, ask: (made: Made) => Promise<void>): Promise<void> {
  office.at('2026-06-30')
  const made = await make()
  await ask(made)
  const { case: { state, version } } = await looks(office.doors.operator, made.code)
  if (state !== 'closed') expect((await post(office.doors.operator, `/${made.code}/closing`, { reason: 'the next' }, version)).status).toBe(200)
}

/** Those who may not ask first, of one thing; each who may, of one of his own. */
const inTurn = (may: (who: Who) => boolean): Who[][] => [everybody.filter((who) => !may(who)), ...everybody.filter(may).map((who) => [who])]

describe.each(noticeVerbs.flatMap((verb) => noticeStates.map((state) => [verb, state] as const)))('to %s a letter that is %s', (verb: NoticeVerb, state: NoticeState) => {
  test('is done by whom the table names, where it begins there, and by nobody else', async () => {
    const { action, to } = noticeMoves[verb]
    // Of a draft its addressee knows nothing.
    const may = (who: Who) => isHis(who, action as 'case.keep') && !(who === 'acme' && state === 'draft')
    for (const some of inTurn(may)) {
      await withCase(() => caseIn(office, state), async ({ code, notice, version }) => {
        for (const who of some) {
          const { path, method, body } = noticeAsks[verb]
          const does = may(who) && canMoveNotice(verb, state, false)
          const attachments = verb === 'answer' && who !== 'acme' ? await scansFor(office.doors[who], code, notice) : undefined
          expect((await post(office.doors[who], `/${code}/notices/${notice}${path}`, { ...body(who), attachments }, version, method)).status, who).toBe(!may(who) ? 404 : does ? 200 : 409)
          expect((await looks(office.doors.operator, code)).notices[0]!.state, who).toBe(does ? to : state)
        }
      })
    }
  })
})

const caseAsks: Record<CaseVerb, { path: string; body?: object; versioned: boolean }> = {
  draft: { path: '/notices', body: { to: { office: 'province', code: '100000' } }, versioned: true },
  escalate: { path: '/escalation', body: { step: 'interview', reason: 'late' }, versioned: true },
  check: { path: '/check', versioned: false },
  close: { path: '/closing', body: { reason: 'done' }, versioned: true },
  reopen: { path: '/reopening', body: { reason: 'not done' }, versioned: true },
  comment: { path: '/comments', body: { text: 'A word.' }, versioned: false },
}

/** A case in a state; one that waits for its answer is overdue, and an officer's step is due. */
async function caseAs(state: CaseState) {
  const made = await caseIn(office, state === 'notified' ? 'sent' : state)
  if (state !== 'notified') return made
  office.at('2026-07-22')
  await office.look()
  return { ...made, version: (await looks(office.doors.operator, made.code)).case.version }
}

describe.each(caseVerbs.flatMap((verb) => caseStates.map((state) => [verb, state] as const)))('to %s a case that is %s', (verb: CaseVerb, state: CaseState) => {
  test('is done by whom the table names, where it begins there, and by nobody else', async () => {
    const may = (who: Who) => isHis(who, 'case.keep')
    for (const some of inTurn(may)) {
      await withCase(() => caseAs(state), async ({ code, version }) => {
        for (const who of some) {
          const { path, body, versioned } = caseAsks[verb]
          const does = may(who) && canMoveCase(verb, state)
          // Looking once more at what is closed moves nothing, and is no wrong.
          expect((await post(office.doors[who], `/${code}${path}`, body, versioned ? version : undefined)).status, who).toBe(!may(who) ? 404 : does || verb === 'check' ? 200 : 409)
          expect((await looks(office.doors.operator, code)).case.state, who).toBe(does ? caseMoves[verb].to ?? state : state)
        }
      })
    }
  })
})

test('nothing is done with a letter of a case that is closed, and what may be done is offered, and nothing else', async () => {
  await withCase(() => caseIn(office, 'closed'), async ({ code, notice, version }) => {
    for (const verb of noticeVerbs) {
      const { path, method, body } = noticeAsks[verb]
      expect((await post(office.doors.operator, `/${code}/notices/${notice}${path}`, body('operator'), version, method)).status, verb).toBe(409)
    }
    expect((await looks(office.doors.operator, code)).notices[0]!.may).toEqual([])
    expect((await looks(office.doors.operator, code)).may).toEqual(['reopen', 'comment'])
    expect((await looks(office.doors.reader, code)).may).toEqual([])
    expect((await looks(office.doors.acme, code)).may).toEqual(['comment'])
  })
})
