import type { Question } from './table.js'

/*
 * Who may what of accounts, sessions, keys and commands: the second half of the table, read as `table.ts` says. What
 * stands later is asked later, and what ends the sessions of those who ask stands last.
 */

const both = 'security security_of_list'
/** Whoever has an account and looks as himself, and who must prove first that he is who he says. */
const oneself = 'ACCOUNTS unproven shut_out_unproven'
const of = (what: string, own: string) => ({ what, path: { id: `<account ${what}>` }, to: { 200: own } })
const change = (name: string, list: string | null) => ({ headers: { 'if-match': '"1"' }, body: { name, role: 'reader', list, disabled: false } })

const managing: Record<string, Question[]> = {
  'get /api/accounts': [{
    what: 'all accounts',
    rows: {
      security: 'reader, operator, system, security, auditor, north, west, corps, city, next_city, west_city, corps_city, acme, bestco, insurer, hospital, pharmacy, operator_of_other, security_of_list, disabled, ended, preview_north, preview_acme, unproven, somebody, somebody of the list, somebody of the other, invited, invited of the list',
      security_of_list: 'security_of_list, somebody of the list, invited of the list',
    },
  }],
  'get /api/keys': [{ what: 'all keys', rows: { security: 'a key to north, a key to maker, expired, revoked, spent of the list, spent of the other', security_of_list: 'a key to north, a key to maker, expired, revoked, spent of the list' } }],
  'post /api/accounts': [
    { what: 'anywhere', body: { name: 'new', email: '<new address>', role: 'reader' }, to: { 200: both } },
    // Who is concerned with one list makes no account of another.
    { what: 'of the other list', body: { name: 'new', email: '<new address>', role: 'reader', list: '<list other>' }, to: { 200: 'security' } },
  ],
  'put /api/accounts/{id}': [
    { ...of('somebody', 'security'), ...change('somebody', null) }, { ...of('somebody of the list', ''), to: { 200: 'security', 412: 'security_of_list' }, ...change('somebody of the list', 'tiny-2026') },
    { ...of('somebody of the other', 'security'), ...change('somebody of the other', 'other-2026') },
  ],
  'post /api/accounts/{id}/invitation': [of('invited', 'security'), of('invited of the list', both)],
  'delete /api/accounts/{id}/second-factor': [of('somebody', 'security'), of('somebody of the list', both)],
  'delete /api/accounts/{id}/sessions': [of('somebody', 'security'), of('somebody of the list', both)],
  'post /api/keys': [
    { what: 'to a source', body: { name: 'new', list: 'tiny-2026', source: 'north', expiresAt: '2026-06-30T00:00:00.000Z' }, to: { 200: both } },
    { what: 'to a source of the other list', body: { name: 'new', list: '<list other>', source: 'north', expiresAt: '2026-06-30T00:00:00.000Z' }, to: { 200: 'security' } },
  ],
  'delete /api/keys/{code}': [
    { what: 'of the list', path: { code: '<key spent of the list>' }, to: { 200: 'security', 409: 'security_of_list' } },
    { what: 'of the other list', path: { code: '<key spent of the other>' }, to: { 200: 'security' } },
  ],
}

const commands: Record<string, Question[]> = {
  'get /api/commands/here': [{ what: 'whether it is here', to: { 200: 'command' } }],
  'post /api/commands/audit-verify': [{ what: 'whether it is unbroken', to: { 200: 'command' } }],
  'post /api/commands/verify/{list}': [{ what: 'of the list', to: { 200: 'command' } }],
  'post /api/commands/rebuild/{list}': [{ what: 'of the list', to: { 200: 'command' } }],
  ...Object.fromEntries(['load-edition', 'load-master', 'backup', 'restore', 'invite'].map((name) => [`post /api/commands/${name}`, [{ what: 'saying nothing more', body: {}, to: { 400: 'command' } }]])),
}

/** One's own account. Those of everybody but `unproven` have no password: what wants one says so. */
const ownAccount: Record<string, Question[]> = {
  'get /api/account': [{ what: 'one\'s own', to: { 200: oneself } }],
  'put /api/account/password': [{ what: 'with a wrong one', body: { current: 'wrong', next: 'another that is long enough' }, to: { 422: oneself } }],
  'post /api/account/second-factor': [{ what: 'with a wrong password', body: { password: 'wrong' }, to: { 422: oneself } }],
  'put /api/account/second-factor': [{ what: 'that was not begun', body: { code: '000000' }, to: { 409: oneself } }],
  'delete /api/account/second-factor': [{ what: 'with a wrong password', body: { password: 'wrong' }, to: { 422: oneself } }],
  'delete /api/account/sessions/{id}': [{ what: 'another of the reader\'s', path: { id: '<session of the reader>' }, to: { 200: 'reader' } }],
  'delete /api/account/sessions': [{ what: 'all others of one\'s own', to: { 200: oneself } }],
}

const anybody = 'EVERYBODY SHUT_OUT'

/** Signing in: anybody's, whoever he is already, but who comes with a key that does not hold. */
const session: Record<string, Question[]> = {
  'get /api/session': [{ what: 'who one is', to: { 200: anybody } }],
  // Whoever is let in so far is told what is missing. A password is looked at for a tenth of a second.
  'post /api/session': [{ what: 'saying nothing', body: {}, to: { 400: anybody } }],
  'post /api/session/demonstration': [{ what: 'as who is of no demonstration', body: { account: '<account somebody>' }, to: { 404: anybody } }],
  'post /api/session/single-sign-on': [{ what: 'where there is none', to: { 404: anybody } }],
  'post /api/session/set-up': [{ what: 'once there are accounts', body: { code: 'AAAAA', name: 'me', email: 'me@lastmile.test', password: 'long enough for this' }, to: { 409: anybody } }],
  'post /api/session/invitation': [{ what: 'with a wrong code', body: { code: 'AAAAA', password: 'long enough for this' }, to: { 422: anybody } }],
  // Who is in no sign-in is told to begin one; who is signed in already has no second factor to be asked for.
  'post /api/session/second-factor': [{ what: 'of no sign-in', body: { code: '000000' }, to: { 401: 'PUBLIC shut_out shut_out_ended key_north key_maker command', 409: `${oneself} preview_north preview_acme` } }],
  'post /api/session/see-as': [
    { what: 'as one of the other list', body: { role: 'operator', list: '<list other>' }, to: { 200: 'system security' } },
    { what: 'as the company', body: { role: 'company', company: 'acme', list: 'tiny-2026' }, to: { 200: 'security_of_list' } },
  ],
  'delete /api/session/see-as': [{ what: 'whoever one looks as', to: { 200: anybody } }],
  'delete /api/session': [{ what: 'one\'s own', to: { 200: anybody } }],
}

export const accounts: Record<string, Question[]> = { ...managing, ...commands, ...ownAccount, ...session }
