import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { auditOf } from '@lastmile/db/query/audit'
import { SessionAnswer } from '@lastmile/shared/account'
import { password, signedIn, signedInByPassword } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const json = { 'content-type': 'application/json' }

/** The value under which a browser keeps each cookie after an answer: of two of one name, the last holds. */
function kept(before: string, answer: Response): string {
  const jar = new Map(before.split('; ').map((one) => [one.slice(0, one.indexOf('=')), one]))
  for (const cookie of answer.headers.getSetCookie()) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.split(';')[0]!)
  return [...jar.values()].join('; ')
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('who signs in as another, while he is signed in, is that other from then on', async () => {
  const { services } = await given({})
  const { headers } = await signedIn(services, { role: 'company', company: 'acme' })
  await signedInByPassword(services, { role: 'company', company: 'bestco', email: 'desk@bestco.test' })
  const door = doorOf(services, 'public')
  // The first session is due to be prolonged: its cookie is set anew with the next answer.
  vi.setSystemTime(Date.now() + 5 * 60_000)
  const answer = await door.ask('/api/session', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ email: 'desk@bestco.test', password }) })
  expect(answer.status).toBe(200)
  const cookie = kept(headers.cookie!, answer)
  const who = SessionAnswer.parse(await (await door.ask('/api/session', { headers: { cookie } })).json())
  expect(who.actor).toMatchObject({ role: 'company', company: 'bestco' })
  // The one before has left: his cookie opens nothing more.
  expect(SessionAnswer.parse(await (await door.ask('/api/session', { headers })).json()).actor.kind).toBe('public')
})

test('guesses at a password that come all at once are no more than those that come one by one', async () => {
  vi.useRealTimers()
  const { services } = await given({})
  await signedInByPassword(services, { role: 'company', company: 'acme', email: 'desk@acme.test' })
  const door = doorOf(services, 'public')
  const guess = async (secret: string) => (await door.ask('/api/session', { method: 'POST', headers: json, body: JSON.stringify({ email: 'desk@acme.test', password: secret }) })).status
  const all = await Promise.all([...Array.from({ length: 40 }, (_, i) => guess(`wrong guess ${i}`)), guess(password)])
  expect(all.at(-1)).not.toBe(200)
})

test('who has another\'s session does not guess at his password for long, and each guess is noted', async () => {
  vi.useRealTimers()
  const { services } = await given({})
  const { headers } = await signedInByPassword(services, { role: 'company', company: 'acme' })
  const door = doorOf(services, 'public')
  const guess = async (method: string, path: string, body: object) => (await door.ask(`/api/account/${path}`, { method, headers: { ...json, ...headers }, body: JSON.stringify(body) })).status
  for (let i = 0; i < 10; i += 1) {
    expect(await guess('PUT', 'password', { current: `guess ${i}`, next: 'another long sentence' })).toBe(422)
    expect(await guess('POST', 'second-factor', { password: `guess ${i}` })).toBe(422)
    expect(await guess('DELETE', 'second-factor', { password: `guess ${i}` })).toBe(422)
  }
  expect(await guess('PUT', 'password', { current: password, next: 'another long sentence' })).toBe(429)
  expect(await auditOf(services.db, { action: 'account.password', outcome: 'refused' }, { offset: 0, limit: 1 })).toMatchObject({ total: 10, entries: [{ role: 'company' }] })
})

test('a wrong code of an invitation or of the set-up is noted', async () => {
  vi.useRealTimers()
  const { services } = await given({})
  const door = doorOf(services, 'public')
  const send = (path: string, body: object) => door.ask(`/api/session/${path}`, { method: 'POST', headers: json, body: JSON.stringify({ code: 'AAAAA-AAAAA', password, ...body }) })
  expect([(await send('invitation', {})).status, (await send('set-up', { name: 'First', email: 'first@regulator.test' })).status]).toEqual([422, 422])
  const { entries } = await auditOf(services.db, { actor: 'public', outcome: 'refused' }, { offset: 0, limit: 10 })
  expect(entries.map(({ action }) => action)).toEqual(['session.set_up', 'session.take_up'])
})
