import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { filedDays } from '@lastmile/db/coverage/filed'
import { rowsOf, type Database } from '@lastmile/db/database'
import { bringUpToDate, DataTooNew, isUpToDate } from '@lastmile/db/migrate'
import { migrations, type Migration } from '@lastmile/db/migration'
import { FolderOfOtherVersion } from '@lastmile/db/embedded/folder-version'
import { openEmbedded, openServer, type OpenDatabase } from '@lastmile/db/open'
import { program } from '@lastmile/db/program'
import { upgradeData } from '@lastmile/db/upgrade'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'
import { makeCopy } from '@lastmile/server/backup/make-copy'
import { restoreCopy } from '@lastmile/server/backup/restore-copy'
import { findList } from '@lastmile/db/query/lists'
import { endOfDays } from '@lastmile/shared/day'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { figures } from '../../support/figures.js'
import { given, type World } from '../../support/given.js'
import { smallWorld } from '../../support/small-world.js'
import { emptyDatabase } from '../../support/home.js'
import { databaseUrl, onServer } from '../../support/server.js'

/*
 * Data that earlier releases wrote, data that a later one wrote, and upgrades that were cut off.
 */

const releases = new URL('../../releases/', import.meta.url)
const released = readdirSync(releases).filter((name) => !name.endsWith('.json'))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-upgrade-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** This worker's database without a single table, as a new one is; whoever takes it puts the tables back. */
async function bare(): Promise<Database> {
  const db = await emptyDatabase()
  await db.execute(sql`drop schema if exists drizzle cascade`)
  await db.execute(sql`do $$ declare one text; begin for one in select format('drop table if exists %s cascade', oid::regclass) from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace loop execute one; end loop; end $$`)
  return db
}

const tablesOf = async (db: Database) => (await rowsOf<{ column: string }>(db, sql`
  select table_name || '.' || column_name || ' ' || data_type as column from information_schema.columns where table_schema = 'public' order by 1`)).map(({ column }) => column)

const later: Migration = { tag: '9999_later', when: 9_000_000_000_000, hash: 'later', statements: ['create table half (id int)', 'create table whole (id int)'] }

/** Named at a release, to keep what it writes: see CONTRIBUTING. */
const toKeep = process.env['KEEP_RELEASE']
if (toKeep !== undefined && inject('home') === 'server') {
  test('what this release writes is kept for the tests of later ones', async () => {
    const world = await given(smallWorld)
    await makeCopy(world.services, fileURLToPath(new URL(toKeep, releases)))
    await writeFile(new URL(`${toKeep}.answers.json`, releases), `${JSON.stringify(await figures(world), null, 1)}\n`)
  })
}

describe('data of an earlier release', () => {
  test.each(released)('written by release %s come in, are upgraded, and say what they said', async (release) => {
    const world = await given()
    const services = { ...world.services, db: await emptyDatabase(), home: inject('home'), files: await openKeptFiles(await mkdtemp(join(folder, 'data-'))) }
    const restored: World = { ...world, services, list: async () => (await findList(services.db, listCode, services.clock.now()))! }
    await restoreCopy(services, fileURLToPath(new URL(release, releases)))
    expect(await isUpToDate(services.db)).toBe(true)
    expect(await figures(restored)).toEqual(JSON.parse(await readFile(new URL(`${release}.answers.json`, releases), 'utf8')))
    expect(await discrepancies(restored)).toEqual([])
  })

  test('however far its schema had come, it is brought to today\'s', async () => {
    const today = await tablesOf(await emptyDatabase())
    for (let i = 0; i <= migrations.length; i += 1) {
      const db = await bare()
      await bringUpToDate(db, { migrations: migrations.slice(0, i) })
      // Release 0.1.0 did not note yet who writes.
      await db.execute(sql`drop table drizzle.writer, drizzle.data_step`)
      await bringUpToDate(db)
      expect(await tablesOf(db), `from ${migrations[i - 1]?.tag ?? 'nothing'}`).toEqual(today)
      expect(await isUpToDate(db)).toBe(true)
    }
  })

  test('who was eligible, stored a row a pair, is packed with what was known when', async () => {
    const db = await bare()
    await bringUpToDate(db, { migrations: migrations.slice(0, migrations.findIndex(({ tag }) => tag === '0008_eligibility_makes_way')), steps: [] })
    const text = JSON.stringify({ zh: 'x', en: 'x' })
    await db.execute(sql`insert into region_set (id, code, name, time_zone, thresholds, geometry_source, out_of_scope) values (1, 'x', ${text}, 'UTC', '[]', ${text}, '[]')`)
    await db.execute(sql`insert into list (id, code, region_set_id, name, time_zone, in_force, clock) values (1, 'x', 1, ${text}, 'UTC', '2026-01-01', 'living'), (2, 'y', 1, ${text}, 'UTC', '2026-01-01', 'living')`)
    await db.execute(sql`insert into company (id, list_id, code, data) values (1, 1, 'x', '{}'), (2, 2, 'y', '{}')`)
    await db.execute(sql`insert into drug (id, list_id, company_id, code, no, freshness_days, data) values (1, 1, 1, 'a', 1, 45, '{}'), (2, 1, 1, 'b', 2, 45, '{}'), (3, 2, 2, 'c', 1, 45, '{}')`)
    await db.execute(sql`insert into institution (id, region_set_id, code) values (1, 1, 'H1'), (2, 1, 'H2')`)
    await db.execute(sql`insert into eligibility (institution_id, drug_id, from_day, to_day, known_from, known_to) values
      (1, 1, '1970-01-03', null, '2026-01-01Z', null), (1, 2, '1970-01-11', '1970-01-21', '2026-01-01Z', '2026-03-01Z'), (1, 2, '1970-01-11', '1970-01-31', '2026-03-01Z', null), (1, 2, '1970-02-10', null, '2026-03-01Z', null),
      (1, 3, '1970-01-02', null, '2026-02-01Z', null), (2, 1, '1970-01-02', null, '2026-01-01Z', '2026-02-01Z')`)
    await bringUpToDate(db)
    const on = async (list: number, known: string | null) => Object.fromEntries([...(await filedDays(db, list, [1, 2], known))].map(([institution, days]) => [institution, Object.fromEntries(days)]))
    const ever = { from: 2, to: endOfDays }
    expect(await on(1, '2025-12-31T00:00:00.000Z')).toEqual({})
    expect(await on(1, '2026-01-31T00:00:00.000Z')).toEqual({ 1: { 1: [ever], 2: [{ from: 10, to: 20 }] }, 2: { 1: [{ from: 1, to: endOfDays }] } })
    expect(await on(1, '2026-02-01T00:00:00.000Z')).toEqual({ 1: { 1: [ever], 2: [{ from: 10, to: 20 }] } })
    for (const known of ['2026-03-01T00:00:00.000Z', null]) expect(await on(1, known)).toEqual({ 1: { 1: [ever], 2: [{ from: 10, to: 30 }, { from: 40, to: endOfDays }] } })
    expect(await on(2, null)).toEqual({ 1: { 3: [{ from: 1, to: endOfDays }] } })
    await bringUpToDate(await bare())
  })

  test('a data step runs once, begins again where it was cut off, and never on new data', async () => {
    const db = await emptyDatabase()
    let runs = 0
    const step = { name: 'test-step', run: async () => {
      runs += 1
      if (runs === 1) throw new Error('the power is gone')
    } }
    await expect(upgradeData(db, { isNew: false, steps: [step] })).rejects.toThrow('the power is gone')
    await upgradeData(db, { isNew: false, steps: [step] })
    await upgradeData(db, { isNew: false, steps: [step] })
    expect(runs).toBe(2)
    await upgradeData(db, { isNew: true, steps: [step, { ...step, name: 'test-step-of-new-data' }] })
    expect(runs).toBe(2)
    await db.execute(sql`delete from drizzle.data_step where name like 'test-%'`)
  })
})

describe('data of a later release are refused before anything is written', () => {
  test('a schema that this program does not know', async () => {
    const db = await bare()
    await bringUpToDate(db, { migrations: [...migrations, later] })
    await db.execute(sql`update drizzle.writer set version = '9.1.0'`)
    const refused = await bringUpToDate(db).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(DataTooNew)
    expect((refused as DataTooNew).message).toContain('written by Lastmile 9.1.0')
    expect((refused as DataTooNew).message).toContain('Start Lastmile 9.1.0 or a newer one')
    expect(await rowsOf(db, sql`select version from drizzle.writer`)).toEqual([{ version: '9.1.0' }])
    await bringUpToDate(await bare())
  })

  test('a data step that this program does not know', async () => {
    const db = await emptyDatabase()
    await upgradeData(db, { isNew: true, steps: [{ name: 'test-later', run: async () => {} }] })
    await expect(bringUpToDate(db)).rejects.toThrow('data step test-later')
    await db.execute(sql`delete from drizzle.data_step where name = 'test-later'`)
  })

  if (inject('home') === 'embedded') test('an embedded folder that a later release has upgraded, and what is noted beside it', async () => {
    const home = join(await mkdtemp(join(folder, 'home-')), 'database')
    await (await openEmbedded(home, { migrations: [...migrations, later] })).close()
    const noted = `${program.pglite} 9.1.0\n`
    await writeFile(`${home}.version`, noted)
    await expect(openEmbedded(home)).rejects.toThrow(DataTooNew)
    expect(await readFile(`${home}.version`, 'utf8')).toBe(noted)
    await (await openEmbedded(home, { migrations: [...migrations, later] })).close()
    expect(await readFile(`${home}.version`, 'utf8')).toBe(`${program.pglite} ${program.version}\n`)
  })

  if (inject('home') === 'embedded') test.each([['0.4.2 0.0.9', 'Lastmile 0.0.9 with PGlite 0.4.2'], [null, 'an earlier Lastmile with PostgreSQL 17']])('an embedded folder of another PGlite (%s)', async (noted, who) => {
    const home = join(await mkdtemp(join(folder, 'home-')), 'database')
    await mkdir(home)
    await writeFile(join(home, 'PG_VERSION'), '17\n')
    if (noted) await writeFile(`${home}.version`, `${noted}\n`)
    const refused = await openEmbedded(home).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(FolderOfOtherVersion)
    expect((refused as Error).message).toContain(who)
    expect((refused as Error).message).toContain('pnpm restore COPY')
    expect(await readdir(home)).toEqual(['PG_VERSION'])
  })
})

describe('an upgrade is cut off', () => {
  /** A process that opens the data and is killed in the middle of a migration. */
  const killedInTheMiddle = async (call: string) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', `
      import { openEmbedded, openServer } from '@lastmile/db/open'
      import { migrations } from '@lastmile/db/migration'
      const statements = (function* () { yield 'create table half (id int)'; console.log('in the middle'); yield 'select pg_sleep(3)' })()
      await ${call.replace('TARGET', `{ migrations: [...migrations, { tag: 'later', when: ${later.when}, hash: 'later', statements }] }`)}`], { cwd: fileURLToPath(new URL('../../', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  const isWhole = async ({ db, close }: OpenDatabase) => {
    const there = await tablesOf(db)
    await close()
    return there.includes('half.id integer') && there.includes('whole.id integer') && there.length > 50
  }

  if (inject('home') === 'embedded') test('by a kill: the embedded folder opens and is whole', async () => {
    const home = join(await mkdtemp(join(folder, 'home-')), 'database')
    await killedInTheMiddle(`openEmbedded(${JSON.stringify(home)}, TARGET)`)
    expect(await isWhole(await openEmbedded(home, { migrations: [...migrations, later] }))).toBe(true)
  }, 180_000)

  if (inject('home') === 'server') test('by a kill: the next of several that start at once does all of it, and the others wait', async () => {
    const { url, prefix } = inject('server')
    await onServer(url, `create database "${prefix}_killed"`)
    const own = databaseUrl(url, `${prefix}_killed`)
    await killedInTheMiddle(`openServer(${JSON.stringify(own)}, TARGET)`)
    const opened = await Promise.all([1, 2, 3].map(() => openServer(own, { migrations: [...migrations, later] })))
    expect(await Promise.all(opened.map(isWhole))).toEqual([true, true, true])
  }, 180_000)
})
