import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { asViewer } from '@lastmile/db/as-viewer'
import { rowsOf, type Database } from '@lastmile/db/database'
import { openServer } from '@lastmile/db/open'
import { everything, nothing, type Purview } from '@lastmile/shared/purview'
import { makeCopy } from '@lastmile/server/backup/make-copy'
import { restoreCopy } from '@lastmile/server/backup/restore-copy'
import { compose, type Composed } from '@lastmile/server/compose'
import { readSettings } from '@lastmile/server/settings'
import { discrepancies } from '../support/ask.js'
import { listCode } from '../support/edition.js'
import { figures } from '../support/figures.js'
import { worldOn } from '../support/given.js'
import { databaseUrl, onServer } from '../support/server.js'
import { smallWorld } from '../support/small-world.js'

/*
 * A user who owns nothing: what works with him as with the owner, and what the tables themselves keep from him.
 */

const password = 'synthetic-password'

/** The same place on the server as another user. */
function as(url: string, user: string): string {
  const other = new URL(url)
  other.username = user
  other.password = password
  return other.href
}

describe.skipIf(inject('home') !== 'server')('as a user who owns nothing', () => {
  const mark = randomBytes(4).toString('hex')
  const [user, ownerUser] = [`lastmile_worker_${mark}`, `lastmile_owner_${mark}`]
  const { url, prefix } = inject('home') === 'server' ? inject('server') : { url: '', prefix: '' }
  const composed: Composed[] = []
  let folder: string

  beforeAll(async () => {
    if (inject('home') !== 'server') return
    folder = await mkdtemp(join(tmpdir(), 'lastmile-worker-'))
    await onServer(url, `create role "${user}" login password '${password}'`, `create role "${ownerUser}" login password '${password}'`)
  })
  afterAll(async () => {
    if (inject('home') !== 'server') return
    for (const one of composed) await one.close()
    await rm(folder, { recursive: true, force: true })
    // What it was given goes with the databases, which are dropped here before it is.
    for (const { name } of await onServer(url, `select datname as name from pg_database where starts_with(datname, '${prefix}_worker')`)) await onServer(url, `drop database "${name}" with (force)`)
    await onServer(url, `drop role "${user}"`, `drop role "${ownerUser}"`)
  })

  /** A server put together as the product puts itself together, on a database of its own, whose owner owns nothing else. */
  async function served(name: string): Promise<{ composed: Composed; owner: string; worker: string }> {
    const database = `${prefix}_worker_${name}`
    await onServer(url, `create database "${database}" owner "${ownerUser}"`)
    const owner = as(databaseUrl(url, database), ownerUser)
    const worker = as(owner, user)
    const one = await compose(readSettings({ DATABASE_URL: worker, DATABASE_OWNER_URL: owner, DATA_DIR: join(folder, name), LASTMILE_DEMO: 'off', LASTMILE_CLOCK: '2026-06-30T04:00:00.000Z', LOG_LEVEL: 'silent' }))
    composed.push(one)
    return { composed: one, owner, worker }
  }

  test('reports are sent, corrected, drafted and counted, and a copy of all of it comes back', async () => {
    const { composed: { services } } = await served('works')
    const world = await worldOn(services, smallWorld)
    const { status } = await world.send({ source: 'north', asOf: '2026-06-21', rows: ['H1 alpha in_stock price=48713.57', 'H1 none in_stock'] })
    expect(status).toBe(422)
    const said = await figures(world)
    expect(await discrepancies(world)).toEqual([])

    await makeCopy(services, join(folder, 'copy'))
    const { composed: other } = await served('restored')
    await restoreCopy(other.services, join(folder, 'copy'))
    const restored = { ...world, services: other.services }
    expect(await figures({ ...restored, list: async () => (await other.services.lists.find(listCode))! })).toEqual(said)
    expect(await countsOf(other.services.db, everything)).toEqual({ price: 1, error: 1 })
    expect(await count(other.services.db, 'price')).toBe(0)
  })

  test('prices and errors of drafts are seen by those whose they are, and without a word by nobody, whatever is asked', async () => {
    const { composed: { services } } = await served('sees')
    const world = await worldOn(services, {
      institutions: { H1: '100100', H2: '200100' },
      reports: [{ source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock price=48713.57'] }, { source: 'south', asOf: '2026-06-20', rows: ['H2 alpha in_stock price=1'] }],
    })
    await world.send({ source: 'north', asOf: '2026-06-21', rows: ['H1 none in_stock'] })
    // A company speaks of one city alone: that is no report of an office of that city's unit.
    await world.send({ source: 'maker', asOf: '2026-06-21', scope: { drugs: null, regions: ['100100'], kinds: null }, rows: ['H1 none in_stock'] })
    const { db } = services
    await db.execute(sql`insert into settlement_price (drug_id, valid_from, amount, pack, known_from, entered_by) select id, '2026-01-01', 1, 'box', now(), 'someone' from drug`)
    const seen = async (purview: Purview) => ({ ...await countsOf(db, purview), settlement: await asViewer(db, purview, (tx) => count(tx, 'settlement_price')) })
    expect([await count(db, 'price'), await count(db, 'report_error'), await count(db, 'settlement_price')]).toEqual([0, 0, 0])
    expect(await seen(nothing)).toEqual({ price: 0, error: 0, settlement: 0 })
    expect(await seen(everything)).toEqual({ price: 2, error: 2, settlement: 3 })
    expect(await seen({ of: 'unit', unit: '100000' })).toEqual({ price: 1, error: 1, settlement: 0 })
    expect(await seen({ of: 'unit', unit: '200000' })).toEqual({ price: 1, error: 0, settlement: 0 })
    expect(await seen({ of: 'city', unit: '100000', city: '100100' })).toEqual({ price: 0, error: 0, settlement: 0 })
    expect(await seen({ of: 'institution', institution: 'H1' })).toEqual({ price: 1, error: 0, settlement: 0 })
    expect(await seen({ of: 'source', source: 'north' })).toEqual({ price: 0, error: 1, settlement: 0 })
    expect(await seen({ of: 'company', company: 'acme' })).toEqual({ price: 0, error: 1, settlement: 2 })
    // Nothing of it stays with the connection.
    expect(await count(db, 'price')).toBe(0)
  })

  test('what was done cannot be unsaid, nor tables emptied, changed or made', async () => {
    const { composed: { services: { db } } } = await served('held')
    await db.execute(sql`insert into audit_entry (seq, body, hash) values (1, '{}', 'x')`)
    for (const statement of ['update audit_entry set hash = null', 'delete from audit_entry', 'truncate report', 'truncate price', 'alter table price disable row level security', 'drop table price', 'create table mine (id int)', 'insert into drizzle.writer (version) values (\'9\')']) {
      const failed = await db.execute(sql.raw(statement)).catch((error: unknown) => error)
      expect((failed as { cause?: { code?: string } }).cause?.code, statement).toBe('42501')
    }
    await db.execute(sql`delete from price`)
  })

  test('a server does not start with a user whom nothing holds, nor on another database than the owner\'s, and says so', async () => {
    const { owner, worker } = await served('wrong')
    for (const free of [owner, databaseUrl(url, `${prefix}_worker_wrong`)]) await expect(openServer(free, { ownerUrl: owner })).rejects.toThrow('The user of DATABASE_URL owns the tables')
    // The owner has lost nothing by it.
    const again = await openServer(worker, { ownerUrl: owner })
    expect((await again.asOwner((db) => rowsOf<{ may: boolean }>(db, sql`select has_table_privilege('audit_entry', 'delete') as may`)))[0]!.may).toBe(true)
    await again.close()
    await onServer(url, `create database "${prefix}_worker_empty"`)
    await expect(openServer(databaseUrl(worker, `${prefix}_worker_empty`), { ownerUrl: owner })).rejects.toThrow('do not lead to one database')
    await expect(openServer(databaseUrl(worker, `${prefix}_worker_empty`))).rejects.toThrow('DATABASE_OWNER_URL')
    await expect(openServer(worker, { ownerUrl: as(owner, 'nobody_at_all') })).rejects.toThrow(/^DATABASE_OWNER_URL leads to .* that server does not let this user in/)
  })
})

async function count(db: Database, table: string): Promise<number> {
  return (await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from ${sql.raw(table)}`))[0]!.n
}

async function countsOf(db: Database, purview: Purview): Promise<{ price: number; error: number }> {
  return asViewer(db, purview, async (tx) => ({ price: await count(tx, 'price'), error: await count(tx, 'report_error') }))
}
