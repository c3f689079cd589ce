import { expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { ApiKeyAnswer, ApiKeysAnswer } from '@lastmile/shared/account'
import { accountsOf } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, formOf } from './door.js'
import { keyOf } from './who-may/actors.js'

const list = `/api/lists/${listCode}`
const json = { 'content-type': 'application/json' }
const file = 'institution_code,drug_code,status\nH1,alpha,in_stock'

async function withKey() {
  let now = '2026-06-30T04:00:00.000Z'
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100' } })
  const clock = clockAt(() => now)
  const services = { ...world.services, clock, accounts: accountsOf(world.services.db, clock, world.services.log) }
  const security = doorOf(services, { role: 'security_administrator' })
  const make = async (own: object = {}) => security.ask('/api/keys', { method: 'POST', headers: json, body: JSON.stringify({ name: 'Feed', list: listCode, source: 'north', expiresAt: '2026-12-31T00:00:00.000Z', ...own }) })
  const { key, secret } = ApiKeyAnswer.parse(await (await make()).json())
  const stranger = doorOf(services, 'public')
  const bearer = { authorization: `Bearer ${secret}` }
  const send = (source: string, asOf = '2026-06-29', headers: Record<string, string> = bearer, own: object = {}) => stranger.ask(`${list}/reports`, { method: 'POST', headers, body: formOf({ list: listCode, source, asOf, file, ...own }) })
  return { services, security, make, key, secret, stranger, bearer, send, at: (instant: string) => (now = instant), keys: async () => ApiKeysAnswer.parse(await security.read('/api/keys')).keys }
}

test('a key opens its source and no other, as a feed', async () => {
  const { key, secret, send, stranger, bearer, keys } = await withKey()
  expect((await send('north')).status).toBe(201)
  expect((await send('south')).status).toBe(404)
  expect((await send('nobody')).status).toBe(404)
  expect((await send('north', '2026-06-28', bearer, { channel: 'upload' })).status).toBe(403)
  const reports = (await (await stranger.ask(`${list}/reports`, { headers: bearer })).json()) as { rows: { source: string; channel: string }[] }
  expect(reports.rows).toMatchObject([{ source: 'north', channel: 'feed' }])
  for (const path of ['/api/accounts', '/api/keys', '/api/account']) expect((await stranger.ask(path, { headers: bearer })).status).toBe(404)
  expect(await keys()).toMatchObject([{ code: key.code, lastUsedAt: '2026-06-30T04:00:00.000Z' }])
  expect(JSON.stringify(await keys())).not.toContain(secret.slice(4))
})

test('what a key may send at once is what its source\'s feed may, and not what a person may', async () => {
  const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100' }, sources: { north: { channels: { upload: { maxUploadBytes: 50 }, feed: { maxUploadBytes: 200_000, maxRows: 2 } } }, south: { channels: { upload: {} } } } })
  const { headers } = await keyOf(services, 'north')
  const stranger = doorOf(services, 'public')
  const send = async (asOf: string, text: string) => {
    const { status, receipt } = await stranger.send({ list: listCode, source: 'north', asOf, file: text, headers })
    return [status, receipt.outcome, receipt.reason]
  }
  expect(await send('2026-06-29', file)).toEqual([201, 'accepted', undefined])
  expect(await send('2026-06-28', `${file}\nH1,beta,in_stock\nH1,gamma,in_stock`)).toEqual([413, 'rejected', 'TOO_MANY_ROWS'])
  expect(await send('2026-06-28', file + ' '.repeat(200_000))).toEqual([413, 'rejected', 'TOO_LARGE'])
  expect((await doorOf(services).send({ list: listCode, source: 'north', asOf: '2026-06-28', file })).receipt.reason).toBe('TOO_LARGE')
})

test('one that was revoked, has expired or is none is refused everywhere, at once', async () => {
  const { key, security, stranger, bearer, send } = await withKey()
  expect((await send('north')).status).toBe(201)
  const refused = async (headers: Record<string, string>) => (await stranger.ask(`${list}/headline`, { headers })).status
  for (const authorization of ['Bearer lmk_unknownunknownunknownunknown', 'Bearer x', 'Basic dXNlcjpwYXNz']) expect(await refused({ authorization })).toBe(401)
  expect(await refused(bearer)).toBe(200)
  expect((await security.ask(`/api/keys/${key.code}`, { method: 'DELETE' })).status).toBe(200)
  expect((await security.ask(`/api/keys/${key.code}`, { method: 'DELETE' })).status).toBe(409)
  expect(await refused(bearer)).toBe(401)

  const other = await withKey()
  other.at('2027-01-01T00:00:00.000Z')
  expect((await other.send('north')).status).toBe(401)
})

test('is made for a source that is there, for at most two years, by the security administrator alone', async () => {
  const { services, make } = await withKey()
  expect((await make({ source: 'nobody' })).status).toBe(404)
  expect((await make({ list: 'nowhere' })).status).toBe(404)
  expect((await make({ expiresAt: '2026-06-30T03:00:00.000Z' })).status).toBe(422)
  expect((await make({ expiresAt: '2029-01-01T00:00:00.000Z' })).status).toBe(422)
  for (const role of ['operator', 'system_administrator', 'auditor'] as const) expect((await doorOf(services, { role }).ask('/api/keys')).status).toBe(404)
})

test('an institution reports of itself alone, and its account sees its own reports and what is said beside its own rows', async () => {
  const { services } = await given({
    today: '2026-06-30', institutions: { H1: '100100', H2: '100100' },
    sources: { ward: { evidence: 'confirmed', mode: 'changes', institution: 'H1' } },
    reports: [{ source: 'north', asOf: '2026-06-28', rows: ['H1 beta not_carried reason=cold_chain', 'H2 beta not_carried reason=cold_chain'] }],
  })
  const own = doorOf(services, { role: 'institution', institution: 'H1' })
  expect((await own.send({ list: listCode, source: 'ward', asOf: '2026-06-29', file })).status).toBe(201)
  expect((await own.send({ list: listCode, source: 'ward', asOf: '2026-06-28', file: file.replace('H1', 'H2') })).receipt.errors).toMatchObject([{ code: 'INSTITUTION_OUT_OF_SCOPE' }])
  expect((await own.send({ list: listCode, source: 'north', asOf: '2026-06-29', file })).status).toBe(404)
  const { rows } = await own.read<{ rows: { institution: string; drug: string; reason?: string; source?: string }[] }>(`${list}/statements?evidence=confirmed`)
  expect(rows.map(({ institution, drug, reason, source }) => [institution, drug, reason, source])).toEqual([['H1', 'alpha', null, 'ward'], ['H1', 'beta', 'cold_chain', undefined], ['H2', 'beta', undefined, undefined]])
})

test('one that was used a moment ago holds no longer than it says', async () => {
  const { stranger, bearer, at } = await withKey()
  at('2026-12-30T23:59:59.999Z')
  expect((await stranger.ask(`${list}/reports`, { headers: bearer })).status).toBe(200)
  at('2026-12-31T00:00:00.000Z')
  expect((await stranger.ask(`${list}/reports`, { headers: bearer })).status).toBe(401)
})
