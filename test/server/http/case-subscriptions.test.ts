import { describe, expect, test } from 'vitest'
import { MessagesAnswer } from '@lastmile/shared/message'
import { addressOfPlace, placeOf } from '@lastmile/shared/message-place'
import { Subscription } from '@lastmile/shared/subscription'
import { listCode } from '../../support/edition.js'
import { answer, caseIn, caseOffice, codeIn, does, opens, type CaseOffice } from './case-office.js'
import type { Door } from './door.js'

/* Who subscribes to supervision letters that are not answered in time: told once, of what he may see, and not of what he is told anyway. Each is due on Tuesday 14 July. */

const json = { 'content-type': 'application/json' }
const wanted = { list: listCode, evidence: 'confirmed', events: ['case_overdue'], pace: 'daily' }
const ask = (door: Door, more: object = {}) => door.ask('/api/subscriptions', { method: 'POST', headers: json, body: JSON.stringify({ ...wanted, ...more }) })
const subscribe = async (door: Door, more: object = {}) => Subscription.parse(await (await ask(door, more)).json())
const messages = async (door: Door, state = '') => MessagesAnswer.parse(await door.read(`/api/messages?limit=100${state && `&state=${state}`}`)).messages
/** What is told of letters that are late, in whatever words. */
const late = async (door: Door, state = '') => (await messages(door, state)).filter(({ kind }) => kind.endsWith('_overdue')).map(({ kind, subject }) => `${kind} ${subject.case} ${subject.dueOn}`).sort()
const passes = async (office: CaseOffice, ...days: string[]) => {
  for (const day of days) {
    office.at(day)
    await office.look()
    await office.look()
  }
}
/** A case of alpha in the North that the North keeps, with a letter to acme. */
async function sentByNorth({ doors: { north } }: CaseOffice): Promise<{ code: string; notice: string; version: number }> {
  const { cases: [code] } = await opens(north, ['alpha 100000'])
  const { notice, version } = await does(north, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
  const sent = await does(north, `/${code}/notices/${notice}/sending`, {}, version)
  return { code: code!, notice: notice!, version: sent.version }
}

describe('a letter that is not answered in time', () => {
  test('is told to the regulator who subscribes, once, from the first working day after; its office and addressee are told anyway and not twice', async () => {
    const office = await caseOffice()
    const { operator, reader, north, south, acme, bestco } = office.doors
    for (const one of [operator, reader, north, south, acme, bestco]) expect((await ask(one)).status).toBe(200)
    const { code } = await sentByNorth(office)
    await passes(office, '2026-07-13', '2026-07-14')
    expect([await late(operator), await late(reader)]).toEqual([[], []])
    await passes(office, '2026-07-15', '2026-07-16', '2026-07-20', '2026-07-21')
    const said = `subscribed_case_overdue ${code} 2026-07-14`
    expect([await late(operator), await late(reader)]).toEqual([[said], [said]])
    expect([await late(north), await late(acme), await late(south), await late(bestco)]).toEqual([[`case_overdue ${code} 2026-07-14`], [`notice_overdue ${code} 2026-07-14`], [], []])
    const [one] = (await messages(reader)).filter(({ kind }) => kind === 'subscribed_case_overdue')
    expect([addressOfPlace(listCode, placeOf(one!)), one!.subject.drug]).toEqual([`/${listCode}/cases/${code}`, 'alpha'])
    expect((await reader.ask(`/api/lists/${listCode}/cases/${code}`)).status, 'and he may look at it').toBe(200)
  })

  test('of the regulator\'s own case is told to its operators as the office, and to readers who subscribe', async () => {
    const office = await caseOffice()
    const { operator, colleague, reader } = office.doors
    for (const one of [operator, colleague, reader]) await subscribe(one)
    await caseIn(office, 'sent')
    await passes(office, '2026-07-15')
    expect([await late(operator), await late(colleague), await late(reader)]).toEqual([['case_overdue 2026-1 2026-07-14'], ['case_overdue 2026-1 2026-07-14'], ['subscribed_case_overdue 2026-1 2026-07-14']])
  })

  test.each([
    ['alpha in the North', { drug: 'alpha', region: '100000' }, true], ['acme', { company: 'acme' }, true], ['another drug', { drug: 'gamma' }, false], ['another province', { region: '200000' }, false], ['another company', { company: 'bestco' }, false],
    ['another kind of evidence', { evidence: 'declared' }, false], ['other events', { events: ['gap_opened'] }, false],
  ])('is told, or not, to who subscribes to %s', async (_, more, isTold) => {
    const office = await caseOffice()
    await subscribe(office.doors.reader, more)
    await sentByNorth(office)
    await passes(office, '2026-07-15')
    expect(await late(office.doors.reader)).toHaveLength(isTold ? 1 : 0)
  })

  test('is told once to whoever has several subscriptions to it, and not to who subscribes after its day has passed', async () => {
    const office = await caseOffice()
    const { operator, reader } = office.doors
    for (const more of [{}, { drug: 'alpha', pace: 'at_once' }, { region: '100000' }]) await subscribe(reader, more)
    await sentByNorth(office)
    await passes(office, '2026-07-14')
    office.at('2026-07-15')
    await subscribe(operator)
    await passes(office, '2026-07-15', '2026-07-16')
    expect([await late(reader), await late(operator)]).toEqual([['subscribed_case_overdue 2026-1 2026-07-14'], []])
  })

  test.each([
    ['answered', ({ doors: { acme } }: CaseOffice, { code, notice }: { code: string; notice: string; version: number }) => does(acme, `/${code}/notices/${notice}/answer`, answer)],
    ['withdrawn', async ({ doors: { north } }: CaseOffice, { code, notice }: { code: string; notice: string; version: number }) => does(north, `/${code}/notices/${notice}/withdrawal`, { reason: 'a mistake' }, (await north.read<{ case: { version: number } }>(`/api/lists/${listCode}/cases/${code}`)).case.version)],
    ['closed with its case', async ({ doors: { north } }: CaseOffice, { code }: { code: string; notice: string; version: number }) => does(north, `/${code}/closing`, { reason: 'done' }, (await north.read<{ case: { version: number } }>(`/api/lists/${listCode}/cases/${code}`)).case.version)],
    ['mended', async (office: CaseOffice) => { await office.arrives('H1,alpha,in_stock', '2026-07-16'); await office.check() }],
  ] as const)('is settled when it is %s, and told no more', async (_, ends) => {
    const office = await caseOffice()
    await subscribe(office.doors.reader)
    const sent = await sentByNorth(office)
    await passes(office, '2026-07-15', '2026-07-16')
    expect(await late(office.doors.reader, 'open')).toHaveLength(1)
    await ends(office, sent)
    expect(await late(office.doors.reader, 'open')).toEqual([])
    await passes(office, '2026-07-17', '2026-07-22')
    expect([await late(office.doors.reader), await late(office.doors.reader, 'open')]).toEqual([['subscribed_case_overdue 2026-1 2026-07-14'], []])
  })
})

test('who may know of no case cannot subscribe to it, and is told why', async () => {
  const { doors: { city, hospital, acme } } = await caseOffice()
  for (const one of [city, hospital]) expect(await codeIn(await ask(one, { events: ['gap_opened', 'case_overdue'] }))).toEqual([422, 'subscription.no_cases'])
  const { id } = await subscribe(city, { events: ['gap_opened'] })
  const change = (events: string[]) => city.ask(`/api/subscriptions/${id}`, { method: 'PUT', headers: json, body: JSON.stringify({ events, pace: 'daily' }) })
  expect([await codeIn(await change(['case_overdue'])), (await change(['gap_closed'])).status]).toEqual([[422, 'subscription.no_cases'], 200])
  expect((await ask(acme)).status).toBe(200)
})
