import { randomUUID } from 'node:crypto'
import { newApp } from '@lastmile/server/app'
import { insertApiKey } from '@lastmile/db/query/api-keys'
import { findSource } from '@lastmile/db/query/sources'
import { fingerprint, newSecret } from '@lastmile/server/accounts/accounts'
import type { Services } from '@lastmile/server/lib/services'
import { everything } from '@lastmile/shared/purview'
import { signedIn, signedInByPassword, type ActorFacts } from '../../../support/actors.js'
import { listCode } from '../../../support/edition.js'
import { asCommand, build } from '../door.js'
import { otherList, type OfficesWorld } from './world.js'
import type { Who } from './table.js'

/** Somebody who asks, by the headers that say who he is. */
export interface Asker {
  headers: Record<string, string>
  /** True for who comes to a server whose public is shut out. */
  shutOut: boolean
  /** Of his account, where he has one. */
  id?: string
}

/** Accounts by what they are of. */
const accounts: Partial<Record<Who, ActorFacts>> = {
  reader: { role: 'reader' }, operator: { role: 'operator' }, system: { role: 'system_administrator' }, security: { role: 'security_administrator' }, auditor: { role: 'auditor' },
  north: { role: 'province_officer', unit: '100000' }, west: { role: 'province_officer', unit: '650000' }, corps: { role: 'province_officer', unit: '660000' },
  city: { role: 'city_officer', unit: '100000', city: '100100' }, next_city: { role: 'city_officer', unit: '100000', city: '100200' },
  west_city: { role: 'city_officer', unit: '650000', city: '650200' }, corps_city: { role: 'city_officer', unit: '660000', city: '650200' },
  acme: { role: 'company', company: 'acme' }, bestco: { role: 'company', company: 'bestco' }, insurer: { role: 'insurer', insurer: 'mutual' },
  hospital: { role: 'institution', institution: 'H1' }, pharmacy: { role: 'institution', institution: 'P1' },
  operator_of_other: { role: 'operator', list: otherList }, security_of_list: { role: 'security_administrator', list: listCode },
}

/** Everybody of the table, signed in once, by the doors that people use. */
export async function everybody({ world: { services } }: Pick<OfficesWorld, 'world'>): Promise<Record<Who, Asker>> {
  const app = newApp(services, { webFolder: null, build })
  const known = (headers: Record<string, string>, shutOut = false): Asker => ({ headers, shutOut })
  const post = async (path: string, body: unknown, by: Asker, method = 'POST'): Promise<Response> => {
    const answer = await app.request(path, { method, body: JSON.stringify(body), headers: { ...by.headers, 'content-type': 'application/json', 'if-match': '"1"' } })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  const as = async (facts: ActorFacts) => signedIn(services, facts)
  const asked = Object.fromEntries(await Promise.all(Object.entries(accounts).map(async ([who, facts]) => {
    const { id, headers } = await as({ ...facts, name: who })
    return [who, { ...known(headers), id }] as const
  }))) as Record<Who, Asker>

  const [disabled, ended, system, secure] = [await as({ role: 'operator', name: 'disabled' }), await as({ role: 'operator', name: 'ended' }), await as({ role: 'system_administrator', name: 'preview_north' }), await as({ role: 'security_administrator', name: 'preview_acme' })]
  await post(`/api/accounts/${disabled.id}`, { name: 'disabled', role: 'operator', disabled: true }, asked.security, 'PUT')
  await post('/api/session', {}, known(ended.headers), 'DELETE')
  await post('/api/session/see-as', { role: 'province_officer', unit: '100000' }, known(system.headers))
  await post('/api/session/see-as', { role: 'company', company: 'acme' }, known(secure.headers))
  const key = async (source: string, own: { name?: string; expiresAt?: string } = {}) => keyOf(services, source, own)
  const revoked = await key('north', { name: 'revoked' })
  await post(`/api/keys/${revoked.code}`, {}, asked.security, 'DELETE')
  const { headers: unproven } = await signedInByPassword(services, { role: 'operator', name: 'unproven' })
  return {
    ...asked, anonymous: known({}), disabled: known(disabled.headers), ended: known(ended.headers), unproven: known(unproven),
    preview_north: known(system.headers), preview_acme: known(secure.headers), command: known(asCommand(services)),
    key_north: known((await key('north')).headers), key_maker: known((await key('maker')).headers),
    key_expired: known((await key('north', { name: 'expired', expiresAt: '2026-03-31T03:59:59.999Z' })).headers), key_revoked: known(revoked.headers),
    key_malformed: known({ authorization: 'Basic b3BlcmF0b3I6b3BlcmF0b3I=' }), key_unknown: known({ authorization: `Bearer ${newSecret('lmk_')}` }),
    shut_out: known({}, true), shut_out_ended: known(ended.headers, true), shut_out_unproven: known(unproven, true),
  }
}

/** A key to a source, as it was handed over when it was made. */
export async function keyOf({ db, lists }: Services, source: string, { name = `a key to ${source}`, list: of = listCode, expiresAt = '2026-12-31T00:00:00.000Z' }: { name?: string; list?: string; expiresAt?: string } = {}): Promise<{ code: string; headers: Record<string, string> }> {
  const list = (await lists.find(of))!
  const [code, secret] = [randomUUID().slice(0, 12), newSecret('lmk_')]
  await insertApiKey(db, { code, sourceId: (await findSource(db, list.id, source, everything))!.id, name, hash: fingerprint(secret), createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'a test', expiresAt })
  return { code, headers: { authorization: `Bearer ${secret}` } }
}

/** Signs somebody in once more. Answers the id of that session. */
export async function secondSession({ accounts }: Services, { id, headers }: Asker, app: ReturnType<typeof newApp>): Promise<string> {
  await accounts.auth.api.signInDemonstration({ body: { account: id! }, headers: new Headers() })
  const { sessions } = await (await app.request('/api/account', { headers })).json() as { sessions: { id: string; current: boolean }[] }
  return sessions.find(({ current }) => !current)!.id
}
