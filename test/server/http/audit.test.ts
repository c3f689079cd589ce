import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { auditOf } from '@lastmile/db/query/audit'
import { headFileName } from '@lastmile/server/audit/head-file'
import { letGoDaily } from '@lastmile/server/audit/let-go'
import { notedAMinute } from '@lastmile/server/audit/note-limit'
import type { Services } from '@lastmile/server/lib/services'
import { AuditAnswer, AuditEntry } from '@lastmile/shared/audit'
import { signedIn } from '../../support/actors.js'
import { listCode, writeEdition } from '../../support/edition.js'
import { csvOf } from '../../support/rows.js'
import { given, type World } from '../../support/given.js'
import { smallWorld } from '../../support/small-world.js'
import { asCommand, doorOf, newServer, type Door } from './door.js'
import { listening } from './listening.js'

/*
 * What is noted of what people ask for and send, and what is not.
 */

const list = `/api/lists/${listCode}`
const price = '48713.57'

let folder: string
let world: World
let door: Door
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-audit-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  world = await given(smallWorld)
  door = doorOf(world.services, 'public')
})

/** Everything noted since the world stands, in its order. */
async function noted({ audit, db }: Services = world.services): Promise<AuditEntry[]> {
  await audit.settle()
  const { entries } = await auditOf(db, {}, { offset: 0, limit: 1_000 })
  return entries.map((one) => AuditEntry.parse(one)).reverse().filter(({ requestId }) => requestId !== null)
}
const command = (path: string, body: object = {}, { services, ask } = { services: world.services, ask: door.ask }) => ask(`/api/commands/${path}`, { method: 'POST', headers: asCommand(services), body: JSON.stringify(body) })
const report = (rows: readonly string[], more: object = {}) => ({ list: listCode, source: 'hospitals', asOf: '2026-06-29', file: csvOf(rows), headers: { ...asCommand(world.services), 'x-request-id': 'request-of-report' }, ...more })

describe('a refusal', () => {
  test('of the public is noted with the route, the status and the code, and nothing that was asked', async () => {
    expect((await door.ask(`${list}/reports?source=secret`, { headers: { 'x-request-id': 'request-1' } })).status).toBe(401)
    expect(await noted()).toMatchObject([{
      action: 'request.refused', outcome: 'refused', actor: 'public', role: 'public', purview: 'nothing', requestId: 'request-1', list: listCode,
      object: 'GET /api/lists/:list/reports', after: { status: 401, code: 'session.required' },
    }])
  })

  test('of somebody for whom what he asks for does not exist', async () => {
    expect((await door.ask('/api/audit', { headers: asCommand(world.services) })).status).toBe(404)
    expect(await noted()).toMatchObject([{ action: 'request.refused', actor: 'command', role: 'command', purview: 'all', object: 'GET /api/audit', after: { status: 404, code: 'path.not_found' } }])
  })

  test('is not what a wrong question, an unknown list or an unknown path is answered', async () => {
    const answers = [await door.ask(`${list}/headline?evidence=foo`), await door.ask('/api/lists/none/headline'), await door.ask('/api/none')]
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 404])
    expect(await noted()).toEqual([])
  })

  test(`of the public is noted ${notedAMinute} times a minute, and then how many more there were`, async () => {
    for (let i = 0; i < notedAMinute + 7; i += 1) await door.ask(`${list}/reports`)
    await door.ask('/api/audit', { headers: asCommand(world.services) })
    await world.services.audit.settle()
    const { entries, total } = await auditOf(world.services.db, { action: 'request.refused' }, { offset: 0, limit: 3 })
    expect(total).toBe(notedAMinute + 2)
    expect(entries.map(({ actor, after }) => [actor, after])).toContainEqual(['public', { more: 7, withinSeconds: 60 }])
  })
})

describe('an export', () => {
  test('is noted with what was asked, whoever asks, and each time: made anew, ready, unchanged, and from the listener', async () => {
    const path = `${list}/statements?evidence=declared&drug=alpha&format=csv`
    const { address, ask, close } = await listening(world.services)
    const first = await ask(path)
    await ask(path, { 'if-none-match': String(first.headers['etag']) })
    await ask(path.replace('format=csv', 'form%61t=%63sv'))
    await ask(path.replace('format=csv', 'form%61t=%63sv'))
    await ask(`${list}/statements?evidence=declared&drug=alpha`)
    expect((await fetch(`${address}${list}/drugs?format=xlsx`)).status).toBe(200)
    await close()
    expect((await noted()).map(({ action, actor, object, after }) => [action, actor, object, after])).toEqual([
      ...[200, 304, 200, 200].map((status) => ['export', 'public', `${list}/statements`, { evidence: 'declared', drug: 'alpha', format: 'csv', status }]),
      ['export', 'public', `${list}/drugs`, { format: 'xlsx', status: 200 }],
    ])
  })

  test('that is asked for in a body is noted without what stands there: it may be where somebody is', async () => {
    const body = JSON.stringify({ drug: 'alpha', position: { lat: 39.91, lng: 116.41 }, format: 'csv' })
    const answer = await door.ask(`${list}/nearest`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect((await noted()).map(({ action, object, after }) => [action, object, after])).toEqual([['export', `${list}/nearest`, { format: 'csv', status: 200 }]])
  })

  test('of what everybody may see is noted of the public so many times a minute, and then counted', async () => {
    for (let i = 0; i < notedAMinute + 5; i += 1) expect((await door.ask(`${list}/headline?evidence=declared&format=csv`)).status).toBe(200)
    expect(await noted()).toHaveLength(notedAMinute)
    const { entries } = await auditOf(world.services.db, { action: 'export' }, { offset: 0, limit: 1 })
    expect(entries[0]).toMatchObject({ actor: 'public', outcome: 'done', after: { more: 5, withinSeconds: 60 } })
  })

  test('of who is signed in that cannot be noted does not go out', async () => {
    const { headers } = await signedIn(world.services, { role: 'reader' })
    await world.services.db.execute(sql`alter table audit_entry rename to audit_elsewhere`)
    const answer = await door.ask(`${list}/statements?evidence=declared&format=csv`, { headers })
    await world.services.db.execute(sql`alter table audit_elsewhere rename to audit_entry`)
    expect([answer.status, answer.headers.get('content-disposition'), answer.headers.get('etag')]).toEqual([500, null, null])
    expect(await answer.json()).toMatchObject({ error: { code: 'server.failed' } })
    expect((await door.ask(`${list}/statements?evidence=declared&format=csv`)).status).toBe(200)
  })
})

describe('a report', () => {
  test('that is accepted is noted by its code, with what it corrects', async () => {
    const { receipt } = await door.send(report(['H1 alpha in_stock']))
    const corrected = await door.send(report(['H1 alpha out_of_stock'], { headers: { ...asCommand(world.services), 'if-match': '1' } }))
    expect(await noted()).toMatchObject([
      { action: 'report.accept', actor: 'command', role: 'command', requestId: 'request-of-report', list: listCode, object: receipt.id, before: null, after: { source: 'hospitals', version: 1, storedCount: 1, late: false } },
      { action: 'report.accept', object: corrected.receipt.id, before: { report: receipt.id, version: 1 }, after: { version: 2 } },
    ])
  })

  test('with errors is noted as the draft that is kept; a dry run, and what is sent twice, as nothing', async () => {
    const draft = await door.send(report(['H1 alpha perhaps']))
    await door.send(report(['H2 alpha in_stock'], { dryRun: 'true' }))
    await door.send(report(['H2 alpha in_stock']))
    expect((await door.send(report(['H2 alpha in_stock']))).status).toBe(409)
    expect((await noted()).map(({ action, object }) => [action, object])).toEqual([['report.draft', draft.receipt.id], ['report.accept', expect.any(String)]])
  })

  test('is noted where its file is opened, and its prices never', async () => {
    const { receipt } = await door.send(report([`H1 alpha in_stock price=${price}`]))
    const file = await door.ask(`${list}/reports/${receipt.id}/file`, { headers: asCommand(world.services) })
    expect(await file.text()).toContain(price)
    const entries = await noted()
    expect(entries.at(-1)).toMatchObject({ action: 'report.file', object: receipt.id, list: listCode, after: { mayHoldPrices: true } })
    for (const secret of [price, price.split('.')[0]!, world.services.commandToken]) expect(JSON.stringify(entries)).not.toContain(secret)
  })

  test('of the demonstration, of a history or of a replay is the program\'s own', async () => {
    const { entries } = await auditOf(world.services.db, { action: 'report.accept' }, { offset: 0, limit: 100 })
    expect(entries.map(({ actor, requestId, at }) => [actor, requestId, at])).toEqual(smallWorld.reports!.map(() => ['command', null, world.services.clock.now()]))
  })
})

describe('what is decided and managed', () => {
  test('of a report is noted by who decided: that it waits, is taken back, approved and opened again, and why', async () => {
    const operator = doorOf(world.services, { role: 'operator' })
    const decide = async (path: string, method: string, body?: object) => expect((await operator.ask(`${list}/reports/${path}`, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) })).status).toBe(200)
    const waiting = await door.send(report(['H2 alpha in_stock'], { publishAt: '2026-07-02T00:00:00.000Z' }))
    await decide(`${waiting.receipt.id}/withdrawal`, 'POST')
    const { receipt } = await door.send(report(['H1 alpha in_stock']))
    await decide(`${receipt.id}/approval`, 'POST')
    await decide(`${receipt.id}/approval`, 'DELETE', { reason: 'a wrong figure' })
    expect((await noted()).map(({ action, role, object, before, after }) => [action, role, object, before, after])).toMatchObject([
      ['report.embargo', 'command', waiting.receipt.id, null, { publishAt: '2026-07-02T00:00:00.000Z' }], ['report.withdraw', 'operator', waiting.receipt.id, { publishAt: '2026-07-02T00:00:00.000Z' }, null],
      ['report.accept', 'command', receipt.id, null, {}], ['report.approve', 'operator', receipt.id, null, { approval: expect.any(String) }], ['report.reopen', 'operator', receipt.id, { approval: expect.any(String) }, { reason: 'a wrong figure' }],
    ])
  })

  test('of accounts and keys is noted without what only their owners know, and a sign-in that is refused once', async () => {
    const security = doorOf(world.services, { role: 'security_administrator' })
    const post = (own: Door, path: string, body: object) => own.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    const key = await (await post(security, '/api/keys', { name: 'Feed', list: listCode, source: 'hospitals', expiresAt: '2027-01-01T00:00:00.000Z' })).json() as { secret: string }
    const made = await (await post(security, '/api/accounts', { name: 'Officer', email: 'officer@lastmile.test', role: 'province_officer', list: listCode, unit: '100000' })).json() as { invitation: { code: string } }
    expect((await post(door, '/api/session', { email: 'officer@lastmile.test', password: 'correct horse battery' })).status).toBe(401)
    const entries = await noted()
    expect(entries.map(({ action, outcome, role }) => [action, outcome, role])).toEqual([
      ['key.create', 'done', 'security_administrator'], ['account.create', 'done', 'security_administrator'], ['session.sign_in', 'refused', 'public'],
    ])
    for (const secret of [key.secret, made.invitation.code, 'correct horse battery']) expect(JSON.stringify(entries)).not.toContain(secret)
  })
})

describe('a command', () => {
  test('that loads, counts anew or copies is noted with what it did', async () => {
    await writeEdition(join(folder, 'edition'), {})
    await writeFile(join(folder, 'master.csv'), 'code,name,kind,region\nH8,Hospital 8,hospital,100100\n')
    expect((await command('load-edition', { folder: join(folder, 'edition') })).status).toBe(200)
    expect((await command('load-master', { list: listCode, file: join(folder, 'master.csv') })).status).toBe(200)
    expect((await command('load-master', { list: listCode, file: join(folder, 'none.csv') })).status).toBe(422)
    expect((await command(`rebuild/${listCode}`)).status).toBe(200)
    expect(await (await command('backup', { folder: join(folder, 'copy') })).text()).toContain('"done"')
    expect((await noted()).map(({ action, actor, list, after }) => [action, actor, list, after])).toMatchObject([
      ['command.load_edition', 'command', listCode, { folder: join(folder, 'edition') }], ['command.load_master', 'command', listCode, { added: 1, changed: 0 }],
      ['command.rebuild', 'command', listCode, null], ['command.backup', 'command', null, { files: expect.any(Number) }],
    ])
  })

  test('that puts a copy back is noted at the end of the chain that came with it', async () => {
    await door.ask(`${list}/drugs?format=csv`)
    const before = await noted()
    await (await command('backup', { folder: join(folder, 'whole') })).text()
    const other = await newServer(world.services.clock.now())
    expect(await (await command('restore', { folder: join(folder, 'whole') }, other)).text()).toContain('"done"')
    expect((await noted(other.services)).map(({ action }) => action)).toEqual([...before.map(({ action }) => action), 'command.restore'])
    expect(await other.services.audit.verify()).toEqual({ entries: before.length + smallWorld.reports!.length + 1, broken: null })
    await other.close()
  })
})

describe('the data folder remembers the last entry', () => {
  const headFile = () => join(dirname(world.services.files.path('')), headFileName)
  const verdict = async () => (await command('audit-verify')).json()
  const cutTo = (seq: number) => world.services.db.execute(sql.raw(`do $$ begin perform set_config('lastmile.audit_retention', 'on', true);
    delete from audit_entry where seq > ${seq}; update audit_head set last_seq = ${seq}, last_hash = (select hash from audit_entry where seq = ${seq}); end $$`))

  test('so that whoever cuts the chain off, and makes its end fit, is found; and stays found when more is noted', async () => {
    for (let i = 0; i < 3; i += 1) await door.ask(`${list}/drugs?format=csv`)
    await world.services.audit.settle()
    const entries = smallWorld.reports!.length + 3
    expect(await verdict()).toEqual({ entries, broken: null })
    const remembered = await readFile(headFile(), 'utf8')
    expect(JSON.parse(remembered)).toMatchObject({ seq: entries, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await cutTo(entries - 2)
    expect(await verdict()).toMatchObject({ broken: { seq: entries - 1, what: 'cut_off' } })
    for (let i = 0; i < 4; i += 1) await door.ask(`${list}/drugs?format=csv`)
    await world.services.audit.settle()
    expect(await readFile(headFile(), 'utf8')).toBe(remembered)
    expect(await verdict()).toMatchObject({ entries: entries + 2, broken: { seq: entries, what: 'changed' } })
  })

  test('and whoever writes what it remembers otherwise is found too', async () => {
    await door.ask(`${list}/drugs?format=csv`)
    await world.services.audit.settle()
    await writeFile(headFile(), '{"seq":')
    expect(await verdict()).toMatchObject({ broken: { what: 'head_changed', detail: expect.stringContaining(headFileName) } })
  })
})

test('entries older than the setting says are let go at start, which is noted, and the chain holds; without the setting none is', async () => {
  const { db } = world.services
  const old = { actor: 'a1', actorName: 'Officer', role: 'operator', purview: 'all', previewedBy: null, requestId: 'request-of-old', action: 'export', outcome: 'done', list: null, object: null, before: null, after: null } as const
  const other = await newServer(world.services.clock.now())
  await db.transaction((tx) => appendAudit(tx as Database, '2025-01-01T00:00:00.000Z', [old, old]))
  await other.services.audit.note([{ ...old, requestId: 'request-of-now' }])
  const kept = async () => (await noted(other.services)).map(({ requestId }) => requestId)
  for (const [days, left] of [[0, ['request-of-old', 'request-of-old', 'request-of-now']], [600, ['request-of-old', 'request-of-old', 'request-of-now']], [400, ['request-of-now']]] as const) {
    ;(await letGoDaily(other.services, days))()
    expect(await kept()).toEqual(left)
  }
  expect((await auditOf(db, { action: 'audit.retention' }, { offset: 0, limit: 2 })).entries).toMatchObject([{ seq: 4, actor: 'command', after: { letGo: 2, firstSeq: 3 } }])
  expect(await other.services.audit.verify()).toEqual({ entries: 2, broken: null })
  await other.close()
})

describe('the audit is read', () => {
  const auditor = () => doorOf(world.services, { role: 'auditor' })

  test('by an auditor: the latest first, by who, what, when and outcome', async () => {
    await door.ask(`${list}/drugs?format=csv`)
    await door.ask(`${list}/reports`)
    await world.services.audit.settle()
    const { ask: asAuditor } = auditor()
    const ask = async (query: string) => {
      const answer = await asAuditor(`/api/audit?${query}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      return AuditAnswer.parse(await answer.json())
    }
    expect((await ask('actor=public')).entries.map(({ action }) => action)).toEqual(['request.refused', 'export'])
    expect((await ask('actor=public&outcome=refused')).page).toEqual({ offset: 0, limit: 50, total: 1 })
    expect((await ask(`action=report.accept&list=${listCode}&limit=2`))).toMatchObject({ page: { limit: 2, total: smallWorld.reports!.length }, firstSeq: 1 })
    expect((await ask('from=2026-07-01T00:00:00Z')).entries).toEqual([])
  })

  test('which is noted, once for all pages of a question, and each time it leaves as a file', async () => {
    const { ask } = auditor()
    for (const query of ['action=export', 'action=export&offset=50', 'action=report.file', 'format=csv', 'format=csv']) expect((await ask(`/api/audit?${query}`)).status).toBe(200)
    expect((await noted()).map(({ action, actorName, role, after }) => [action, actorName, role, after])).toEqual([
      { action: 'export', format: 'json' }, { action: 'report.file', format: 'json' }, { format: 'csv' }, { format: 'csv' },
    ].map((after) => ['audit.read', 'auditor', 'auditor', after]))
  })

  test('as a file with every entry, what was before and after among it', async () => {
    const text = await (await auditor().ask('/api/audit?format=csv')).text()
    expect(text.trim().split('\r\n')).toHaveLength(1 + smallWorld.reports!.length)
    expect(text).toContain('report.accept')
  })

  test('of one list by whose duty that list is, and of no other', async () => {
    const own = doorOf(world.services, { role: 'auditor', list: 'another-2026' })
    for (const query of ['', `list=${listCode}`]) expect(AuditAnswer.parse(await (await own.ask(`/api/audit?${query}`)).json()).entries).toEqual([])
  })

  test('by nobody else', async () => {
    for (const role of ['operator', 'system_administrator', 'security_administrator'] as const) expect((await doorOf(world.services, { role }).ask('/api/audit')).status).toBe(404)
    expect((await door.ask('/api/audit')).status).toBe(401)
  })
})
