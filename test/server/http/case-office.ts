import { clockAt } from '@lastmile/server/lib/clock'
import { checkCases } from '@lastmile/server/cases/check-cases'
import { followAll } from '@lastmile/server/cases/follow-cases'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { NewCasesAnswer } from '@lastmile/shared/case'
import { CaseAnswer, CaseMoved } from '@lastmile/shared/case-answer'
import { MessagesAnswer } from '@lastmile/shared/message'
import { accountsOf, type ActorFacts } from '../../support/actors.js'
import { listCode, type EditionFacts } from '../../support/edition.js'
import { given, type WorldFacts } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/*
 * Offices that follow gaps up. Confirmed: nobody in the North stocks alpha (the company or the province can mend it), the
 * South has reported nothing of it (the province can); gamma, of bestco, is asked in the North alone. The clock can be set.
 */

export const casesPath = `/api/lists/${listCode}/cases`
const json = { 'content-type': 'application/json' }

const edition: EditionFacts = {
  supervision: 'usual', calendar: true, standards: [{ drug: 'alpha', units: ['100000', '200000'] }, { drug: 'gamma', units: ['100000'] }],
  sources: { north: { mode: 'changes', channels: { upload: {}, command: {} } }, south: { mode: 'changes', channels: { upload: {}, command: {} } } },
}

export async function caseOffice(facts: WorldFacts = {}) {
  const world = await given({
    today: '2026-06-30', institutions: { H1: '100100', H3: '100200', H2: '200100' }, ...edition,
    reports: [{ source: 'north', asOf: '2026-06-15', rows: ['H1 alpha not_carried reason=cold_chain', 'H3 alpha not_carried', 'H1 gamma not_carried'] }],
    ...facts,
  })
  let now = '2026-06-30T04:00:00.000Z'
  const clock = clockAt(() => now)
  const services: Services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) }
  const door = (who: ActorFacts | 'public') => doorOf(services, who)
  const doors = {
    operator: door({ role: 'operator' }), colleague: door({ role: 'operator' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }),
    acme: door({ role: 'company', company: 'acme' }), bestco: door({ role: 'company', company: 'bestco' }), city: door({ role: 'city_officer', unit: '100000', city: '100100' }), hospital: door({ role: 'institution', institution: 'H1' }),
    insurer: door({ role: 'insurer', insurer: 'mutual' }), auditor: door({ role: 'auditor' }), public: door('public'),
  }
  // An account is there from when its owner first asks.
  for (const one of [doors.acme, doors.north, doors.south]) await one.ask('/api/session')
  return {
    services, doors,
    /** The edition loaded anew, with what is otherwise in it now. */
    reload: async (now: EditionFacts) => {
      await world.loadEdition({ ...edition, ...now }, '2026-06-30')
      services.lists.forget()
    },
    at: (day: string) => (now = day.includes('T') ? day : `${day}T04:00:00.000Z`),
    list: async () => (await services.lists.find(listCode))!,
    check: async () => checkCases(services, (await services.lists.find(listCode))!),
    /** What servers do when something came, or a day begins. */
    look: (done?: Map<string, string>) => followAll(services, done),
    /** A report of the North. */
    arrives: (rows: string, asOf: string) => doors.operator.send({ list: listCode, source: 'north', asOf, file: `institution_code,drug_code,status\n${rows}` }),
  }
}
export type CaseOffice = Awaited<ReturnType<typeof caseOffice>>

/** Asks for something to be done. `version`: of the case that whoever asks saw. */
export const post = (door: Door, path: string, body?: object, version?: number, method = 'POST') => door.ask(`${casesPath}${path}`, {
  method, headers: { ...json, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/** The same, of what must be done. */
export async function does(door: Door, path: string, body?: object, version?: number, method?: string): Promise<CaseMoved> {
  const answer = await post(door, path, body, version, method)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return CaseMoved.parse(await answer.json())
}

export const codeIn = async (answer: Response) => [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code]

/** Opens a case of gaps written `alpha 100000`. */
export async function opens(door: Door, gaps: string[], { by = 'drug', evidence = 'confirmed' } = {}): Promise<NewCasesAnswer> {
  return NewCasesAnswer.parse(await (await post(door, '', { evidence, by, gaps: gaps.map((one) => ({ drug: one.split(' ')[0], region: one.split(' ')[1] })) })).json())
}

export const looks = async (door: Door, code: string) => CaseAnswer.parse(await door.read(`${casesPath}/${code}`))
export const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.map(({ kind, subject, settledAt }) => `${kind} ${subject.case}${settledAt ? ' (done)' : ''}`)

/** A case of alpha in the North with a letter to acme, moved as far as a state. Answers the codes of both, and the version. */
export async function caseIn(office: CaseOffice, state: 'open' | 'draft' | 'sent' | 'acknowledged' | 'answered' | 'withdrawn' | 'closed'): Promise<{ code: string; notice: string; version: number }> {
  const { operator, acme } = office.doors
  const { cases: [code] } = await opens(operator, ['alpha 100000'])
  if (state === 'open') return { code: code!, notice: '', version: 1 }
  const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
  const notice = drafted.notice!
  const on = `/${code}/notices/${notice}`
  let { version } = drafted
  if (state === 'draft') return { code: code!, notice, version }
  version = (await does(operator, `${on}/sending`, {}, version)).version
  if (state === 'acknowledged') version = (await does(acme, `${on}/acknowledgement`, {})).version
  if (state === 'answered') version = (await does(acme, `${on}/answer`, answer)).version
  if (state === 'withdrawn') version = (await does(operator, `${on}/withdrawal`, { reason: 'a mistake' }, version)).version
  if (state === 'closed') version = (await does(operator, `/${code}/closing`, { reason: 'done' }, version)).version
  return { code: code!, notice, version }
}

/** A scan, sent for a letter; the codes of what was taken of it: none where none is. */
export async function scansFor(door: Door, code: string, notice: string): Promise<string[]> {
  const sent = await door.ask(`${casesPath}/${code}/notices/${notice}/attachments?name=scan.pdf`, { method: 'POST', body: '%PDF-1.7 an answer' })
  return sent.status === 201 ? [((await sent.json()) as { code: string }).code] : []
}

/** What a company answers. */
export const answer = { reasons: ['cold_chain', 'few_patients'], plan: 'A cold box for each hospital.', doneBy: '2026-08-31' }
