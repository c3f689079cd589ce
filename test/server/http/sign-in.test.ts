import { describe, expect, test } from 'vitest'
import { auditOf } from '@lastmile/db/query/audit'
import { newSetUpCode } from '@lastmile/server/accounts/codes'
import { networkOf } from '@lastmile/server/accounts/sign-in-limits'
import { OwnAccountAnswer, SecondFactorAnswer } from '@lastmile/shared/account'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { password } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { totp } from '../../support/totp.js'
import { browserAt, company, invited, json, office, reader, withSecondFactor, type Browser } from './office.js'

describe('the first account', () => {
  test('is made with the code that the server printed, once, and is a security administrator\'s', async () => {
    const { services } = await given({})
    const code = (await newSetUpCode(services.db))!
    const browser = browserAt(services)
    expect((await browser.who()).needsSetUp).toBe(true)
    const setUp = async (own: object) => (await browser.ask('POST', '/api/session/set-up', { code, name: 'First', email: 'first@regulator.test', password, ...own })).status
    expect(await setUp({ code: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' })).toBe(422)
    expect(await setUp({ password: 'short' })).toBe(400)
    expect(await Promise.all([setUp({}), setUp({ email: 'second@regulator.test' })])).toEqual(expect.arrayContaining([200]))
    expect(await setUp({ email: 'third@regulator.test' })).toBe(409)
    expect(await newSetUpCode(services.db)).toBeNull()
    const accounts = (await browser.signIn('first@regulator.test')) === 'session.wrong' ? 'second@regulator.test' : 'first@regulator.test'
    expect(await browser.signIn(accounts)).toBe('set_up_second_factor')
    expect((await browser.who()).account).toMatchObject({ role: 'security_administrator', secondFactor: 'missing' })
  })

  test('an earlier code holds no more once another was printed', async () => {
    const { services } = await given({})
    const [first] = [await newSetUpCode(services.db), await newSetUpCode(services.db)]
    expect((await browserAt(services).ask('POST', '/api/session/set-up', { code: first, name: 'First', email: 'first@regulator.test', password })).status).toBe(422)
  })
})

describe('signing in', () => {
  test('with address and password; signed out, one is the public again', async () => {
    const { browser } = await office(company)
    const one = browser()
    expect(await one.signIn('Desk@ACME.test')).toBeNull()
    expect(await one.who()).toMatchObject({ actor: { kind: 'account', role: 'company', company: 'acme' }, next: null })
    const kept = new Map(one.jar)
    expect((await one.ask('DELETE', '/api/session')).status).toBe(200)
    expect((await one.who()).actor.kind).toBe('public')
    for (const [name, value] of kept) one.jar.set(name, value)
    expect((await one.who()).actor.kind).toBe('public')
  })

  test('a wrong password, an unknown address, a disabled, an invited and a locked account are told the same', async () => {
    const { services, security, ids, browser } = await office(company, { ...reader, email: 'gone@regulator.test' })
    await invited(security, { name: 'Never came', email: 'never@acme.test', role: 'company', company: 'acme' })
    expect((await security.ask(`/api/accounts/${ids[1]}`, { method: 'PUT', headers: { ...json, 'if-match': '"1"' }, body: JSON.stringify({ name: 'Gone', role: 'reader', disabled: true }) })).status).toBe(200)
    const one = browser()
    const told = async (email: string, secret: string) => {
      const answer = await one.ask('POST', '/api/session', { email, password: secret })
      return [answer.status, await answer.text()]
    }
    const wrong = await told('desk@acme.test', 'not this one')
    expect(wrong[0]).toBe(401)
    for (const [email, secret] of [['nobody@acme.test', password], ['gone@regulator.test', password], ['never@acme.test', password]] as const) expect(await told(email, secret)).toEqual(wrong)
    for (let i = 0; i < 9; i += 1) await told('desk@acme.test', 'not this one')
    expect(await told('desk@acme.test', password)).toEqual(wrong)
    const accounts = await security.read<{ accounts: { email: string; state: string }[] }>('/api/accounts')
    expect(Object.fromEntries(accounts.accounts.map(({ email, state }) => [email.split('@')[0], state]))).toMatchObject({ desk: 'locked', gone: 'disabled', never: 'invited' })
    expect(services.accounts).toBeDefined()
  })

  test('too many failures from one address are not looked at any more', async () => {
    const { browser } = await office(company)
    const one = browser()
    for (let i = 0; i < 30; i += 1) await one.ask('POST', '/api/session/invitation', { code: `wrong ${i}`, password })
    expect(await one.signIn('desk@acme.test')).toBe('session.too_many')
  })

  test('of many guesses that come at once no more are looked at than of those that come in turn; what was right is none', async () => {
    const { browser } = await office(company)
    const one = browser()
    for (let i = 0; i < 35; i += 1) expect(await one.signIn('desk@acme.test')).toBeNull()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => one.ask('POST', '/api/session/invitation', { code: `wrong ${i}`, password })))
    expect([422, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length)).toEqual([30, 10])
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['2001:db8:0:1:a:b:c:d', '2001:db8:0:1::/64'], ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['::1', '0:0:0:0::/64'], ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'], ['unknown', 'unknown'],
  ])('whoever comes from %s is one with all from %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('what is no sign-in is refused with the field that is wrong', async () => {
    const { browser } = await office()
    const one = browser()
    expect((await one.ask('POST', '/api/session', { email: 'x@y.test' })).status).toBe(400)
    expect((await one.ask('POST', '/api/session', { email: 'x@y.test', password, remember: true })).status).toBe(400)
    expect((await one.ask('POST', '/api/session/demonstration', { account: 'demonstration-operator' })).status).toBe(404)
    expect((await one.ask('POST', '/api/session/single-sign-on')).status).toBe(404)
  })
})

describe('the second factor of staff', () => {
  test('must be set up before anything else is seen', async () => {
    const { browser } = await office(reader)
    const one = browser()
    expect(await one.signIn(reader.email)).toBe('set_up_second_factor')
    expect(await one.who()).toMatchObject({ actor: { role: 'unproven' }, next: 'set_up_second_factor' })
    expect((await one.ask('GET', `/api/lists/${listCode}/reports`)).status).toBe(404)
    expect((await one.ask('GET', `/api/lists/${listCode}/headline`)).status).toBe(200)
    await withSecondFactor(one)
    expect((await one.who()).actor.role).toBe('reader')
    expect((await one.ask('GET', `/api/lists/${listCode}/reports`)).status).toBe(200)
  })

  test('is asked for at every sign-in; a code of the application or one of the others opens, once', async () => {
    const { services, ids, browser } = await office(reader)
    const first = browser()
    await first.signIn(reader.email)
    const { secret, backupCodes } = await withSecondFactor(first)
    const one = browser()
    expect(await one.signIn(reader.email)).toBe('second_factor')
    expect((await one.who()).actor.kind).toBe('public')
    const give = async (browser: Browser, code: string, kind = 'application') => (await browser.ask('POST', '/api/session/second-factor', { code, kind })).status
    expect(await give(one, '000000')).toBe(422)
    // The one that switched it on was used then.
    const code = totp(secret, 1)
    const watcher = browser()
    expect(await watcher.signIn(reader.email)).toBe('second_factor')
    expect(await give(one, code)).toBe(200)
    expect(await give(watcher, code)).toBe(422)
    expect((await watcher.who()).actor.kind).toBe('public')
    expect((await one.who()).actor.role).toBe('reader')
    const other = browser()
    await other.signIn(reader.email)
    expect(await give(other, backupCodes[0]!, 'backup')).toBe(200)
    const third = browser()
    await third.signIn(reader.email)
    expect(await give(third, backupCodes[0]!, 'backup')).toBe(422)
    expect((await third.who()).actor.kind).toBe('public')
    // Whose it was is noted, though he who gave it was nobody yet.
    const { entries } = await auditOf(services.db, { action: 'session.second_factor' }, { offset: 0, limit: 9 })
    expect(entries.map(({ outcome, actor, object }) => [outcome, actor, object])).toEqual([1, 2, 3].map(() => ['refused', 'public', ids[0]]))
  })

  test('is switched on at one\'s account alone, and the code that did it opens no session', async () => {
    const { browser } = await office(reader)
    const [first, second] = [browser(), browser()]
    await first.signIn(reader.email)
    const begun = SecondFactorAnswer.parse(await (await first.ask('POST', '/api/account/second-factor', { password })).json())
    const code = totp(begun.secret)
    const door = await first.ask('POST', '/api/session/second-factor', { code })
    expect([door.status, Problem.parse(await door.json()).error.code]).toEqual([409, 'session.signed_in'])
    expect((await first.ask('PUT', '/api/account/second-factor', { code })).status).toBe(200)
    expect(await second.signIn(reader.email)).toBe('second_factor')
    expect((await second.ask('POST', '/api/session/second-factor', { code })).status).toBe(422)
    expect(await second.signIn(reader.email)).toBe('second_factor')
    expect((await second.ask('POST', '/api/session/second-factor', { code: begun.backupCodes[0]!, kind: 'backup' })).status).toBe(200)
  })

  test('is guessed at a few times and no more', async () => {
    const { browser } = await office(reader)
    const first = browser()
    await first.signIn(reader.email)
    const { secret } = await withSecondFactor(first)
    const one = browser()
    await one.signIn(reader.email)
    for (let i = 0; i < 5; i += 1) await one.ask('POST', '/api/session/second-factor', { code: '000000' })
    expect((await one.ask('POST', '/api/session/second-factor', { code: totp(secret) })).status).not.toBe(200)
    expect((await one.who()).actor.kind).toBe('public')
  })

  test('that is lost is taken away by the administrator, who signs the account out everywhere', async () => {
    const { security, ids, browser } = await office(reader)
    const one = browser()
    await one.signIn(reader.email)
    await withSecondFactor(one)
    expect((await security.ask(`/api/accounts/${ids[0]}/second-factor`, { method: 'DELETE' })).status).toBe(200)
    expect((await one.who()).actor.kind).toBe('public')
    expect(await one.signIn(reader.email)).toBe('set_up_second_factor')
  })
})

describe('one\'s own account', () => {
  test('a new password ends every other session; the wrong one changes nothing', async () => {
    const { browser } = await office(company)
    const [one, other] = [browser(), browser()]
    await one.signIn(company.email)
    await other.signIn(company.email)
    const own = OwnAccountAnswer.parse(await (await one.ask('GET', '/api/account')).json())
    expect(own.sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const change = async (current: string, next: string) => (await one.ask('PUT', '/api/account/password', { current, next })).status
    expect(await change('not this one', 'another long sentence')).toBe(422)
    expect(await change(password, 'short')).toBe(400)
    expect(await change(password, 'another long sentence')).toBe(200)
    expect([(await one.who()).actor.role, (await other.who()).actor.kind]).toEqual(['company', 'public'])
    expect(await other.signIn(company.email)).toBe('session.wrong')
    expect(await other.signIn(company.email, 'another long sentence')).toBeNull()
  })

  test('sessions are ended one by one, or all others; those of somebody else are not there', async () => {
    const { browser } = await office(company, { ...company, email: 'other@acme.test' })
    const [one, second, third, foreign] = [browser(), browser(), browser(), browser()]
    for (const each of [one, second, third]) await each.signIn(company.email)
    await foreign.signIn('other@acme.test')
    const sessions = async (of: Browser) => OwnAccountAnswer.parse(await (await of.ask('GET', '/api/account')).json()).sessions
    const [theirs] = await sessions(foreign)
    expect((await one.ask('DELETE', `/api/account/sessions/${theirs!.id}`)).status).toBe(404)
    const [latest] = (await sessions(one)).filter(({ current }) => !current)
    expect((await one.ask('DELETE', `/api/account/sessions/${latest!.id}`)).status).toBe(200)
    expect(await (await one.ask('DELETE', '/api/account/sessions')).json()).toEqual({ ended: 1 })
    expect([await one.who(), await second.who(), await third.who(), await foreign.who()].map(({ actor }) => actor.kind)).toEqual(['account', 'public', 'public', 'account'])
  })
})
