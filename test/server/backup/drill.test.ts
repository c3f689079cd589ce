import { appendFile, copyFile, cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openEmbedded } from '@lastmile/db/open'
import { checkIsEmpty } from '@lastmile/db/backup/restore'
import { findList } from '@lastmile/db/query/lists'
import type { Database } from '@lastmile/db/database'
import { checkCopy } from '@lastmile/server/backup/check-copy'
import { makeCopy } from '@lastmile/server/backup/make-copy'
import { Manifest } from '@lastmile/server/backup/manifest'
import { restoreCopy } from '@lastmile/server/backup/restore-copy'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'
import { submitReport } from '@lastmile/server/reports/submit-report'
import { newSetUpCode } from '@lastmile/server/accounts/codes'
import { SecondFactorAnswer } from '@lastmile/shared/account'
import { accountsOf, password, signedInByPassword } from '../../support/actors.js'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { figures } from '../../support/figures.js'
import { given, submissionOf, type ReportFacts, type World } from '../../support/given.js'
import { emptyDatabase } from '../../support/home.js'
import { csvOf } from '../../support/rows.js'
import { smallWorld } from '../../support/small-world.js'
import { totp } from '../../support/totp.js'
import { doorOf } from '../http/door.js'
import { browserAt } from '../http/office.js'

/*
 * The drill: a copy is made while a report comes in, everything is lost, and the copy brings it back.
 */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-drill-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The world's programs on another home: an empty database and an empty data folder. */
async function moved(world: World, db: Database, home: 'embedded' | 'server'): Promise<World> {
  const services = { ...world.services, db, home, files: await openKeptFiles(await mkdtemp(join(folder, 'data-'))) }
  return { ...world, services, list: async () => (await findList(db, listCode, services.clock.now()))! }
}

/** A report as it comes in at the restored home. */
async function receivedOf(world: World, report: ReportFacts) {
  return submissionOf(report, await world.services.files.receive(csvOf(report.rows)))
}

const later = { source: 'maker', asOf: '2026-06-28', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'P1 alpha in_stock'] }
let copies = 0
const newCopy = () => join(folder, `copy-${(copies += 1)}`)

describe('everything is lost and a copy is put back', () => {
  test('it was made while a report came in, and the restored home says what the lost one said before that report or after it', async () => {
    const world = await given(smallWorld)
    const before = await figures(world)
    const copy = newCopy()
    const [sent] = await Promise.all([world.send(later), makeCopy(world.services, copy)])
    expect(sent.status).toBe(201)
    const after = await figures(world)
    const restored = await moved(world, await emptyDatabase(), inject('home'))
    await restoreCopy(restored.services, copy)
    expect([before, after]).toContainEqual(await figures(restored))
    expect(await discrepancies(restored)).toEqual([])
  })

  test('it takes reports as before, and the numbers of things go on where they were', async () => {
    const world = await given(smallWorld)
    const copy = newCopy()
    await makeCopy(world.services, copy)
    const restored = await moved(world, await emptyDatabase(), inject('home'))
    await restoreCopy(restored.services, copy)
    expect((await submitReport(restored.services, await receivedOf(restored, later))).status).toBe(201)
    await expect(submitReport(restored.services, await receivedOf(restored, smallWorld.reports![3]!))).rejects.toMatchObject({ reason: 'DUPLICATE_SUBMISSION' })
    expect(await discrepancies(restored)).toEqual([])
  })

  test('whoever has a second factor comes in at the restored home too, though that has begun with a secret of its own', async () => {
    const world = await given(smallWorld)
    const secretFile = join(folder, 'secret-there')
    await writeFile(secretFile, 'a'.repeat(64))
    const there = { ...world.services, secretFile }
    there.accounts.useSecret('a'.repeat(64))
    const email = 'reader@regulator.test'
    const { headers } = await signedInByPassword(there, { role: 'reader', email })
    const own = (method: string, body: object) => doorOf(there, 'public').ask('/api/account/second-factor', { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    const { secret } = SecondFactorAnswer.parse(await (await own('POST', { password })).json())
    expect((await own('PUT', { code: totp(secret) })).status).toBe(200)
    const copy = newCopy()
    await makeCopy(there, copy)

    const moving = await moved(world, await emptyDatabase(), inject('home'))
    const here = { ...moving.services, secretFile: join(folder, 'secret-here'), accounts: accountsOf(moving.services.db, moving.services.clock, moving.services.log) }
    // It has started, and waits for who sets it up.
    expect(await newSetUpCode(here.db)).not.toBeNull()
    await expect(restoreCopy({ ...here, secretFile: null }, copy)).rejects.toThrow(/SESSION_SECRET/)
    const enters = async () => {
      const browser = browserAt(here)
      expect(await browser.signIn(email)).toBe('second_factor')
      return (await browser.ask('POST', '/api/session/second-factor', { code: totp(secret, 1) })).status
    }
    await restoreCopy(here, copy)
    expect([await enters(), await readFile(here.secretFile, 'utf8')]).toEqual([200, 'a'.repeat(64)])
    here.accounts.useSecret('b'.repeat(64))
    expect(await enters()).toBe(409)
  })

  if (inject('home') === 'server') test('it moves from the server into an embedded folder, and from there back', async () => {
    const world = await given(smallWorld)
    const before = await figures(world)
    const [there, back] = [newCopy(), newCopy()]
    await makeCopy(world.services, there)
    const embedded = await openEmbedded(null)
    const away = await moved(world, embedded.db, 'embedded')
    await restoreCopy(away.services, there)
    expect(await figures(away)).toEqual(before)
    expect(await discrepancies(away)).toEqual([])
    await makeCopy(away.services, back)
    await embedded.close()
    const home = await moved(world, await emptyDatabase(), 'server')
    await restoreCopy(home.services, back)
    expect(await figures(home)).toEqual(before)
  })
})

describe('a copy that must not be put back is refused in a sentence, and the home stays empty', () => {
  let copy: string
  let target: World
  beforeAll(async () => {
    const world = await given(smallWorld)
    copy = newCopy()
    await makeCopy(world.services, copy)
    target = await moved(world, await emptyDatabase(), inject('home'))
  })

  /** A copy of the copy, with something done to it. */
  const spoilt = async (spoil: (own: string) => Promise<void>) => {
    const own = newCopy()
    await cp(copy, own, { recursive: true })
    await spoil(own)
    return own
  }
  const flip = async (path: string) => {
    const bytes = await readFile(path)
    bytes[Math.floor(bytes.byteLength / 2)]! ^= 1
    await writeFile(path, bytes)
  }
  const said = async (own: string, change: (manifest: Manifest) => object) => {
    const text = JSON.stringify(change(Manifest.parse(JSON.parse(await readFile(join(own, 'manifest.json'), 'utf8')))))
    await writeFile(join(own, 'manifest.json'), text)
    await writeFile(join(own, 'manifest.json.sha256'), `${createHash('sha256').update(text).digest('hex')}  manifest.json\n`)
  }
  const oneOf = async (own: string, part: string) => join(own, part, (await readdir(join(own, part))).sort().at(-1)!)

  test.each<[string, (own: string) => Promise<void>, string]>([
    ['one bit of a table is another', (own) => flip(join(own, 'tables', 'report.copy.gz')), 'tables/report.copy.gz is not as it was written'],
    ['one bit of a kept file is another', async (own) => flip(await oneOf(own, 'files')), 'is not as it was written'],
    ['one bit of what it says of itself is another', (own) => flip(join(own, 'manifest.json')), 'manifest.json is not as it was written'],
    ['a table was cut off', (own) => truncate(join(own, 'tables', 'report.copy.gz'), 100), 'holds 100 bytes and should hold'],
    ['something was added to a journal entry', async (own) => appendFile(await oneOf(own, 'journal'), ' '), 'and should hold'],
    ['a kept file is missing', async (own) => rm(await oneOf(own, 'files')), 'is missing'],
    ['copying ended before its end', (own) => rm(join(own, 'manifest.json')), 'is not a whole copy'],
    ['a table holds fewer rows than it says', (own) => said(own, (manifest) => ({ ...manifest, tables: manifest.tables.map((one) => (one.name === 'report' ? { ...one, rows: one.rows + 1 } : one)) })), 'does not hold'],
    ['a newer release made it', (own) => said(own, (manifest) => ({ ...manifest, program: '9.0.0', data: { migration: '9999_later', steps: [] } })), 'was made by Lastmile 9.0.0 (9999_later), which is newer'],
    ['its form is a later one', (own) => said(own, (manifest) => ({ ...manifest, format: 3 })), 'this program reads form 2'],
    ['it names files outside of itself', (own) => said(own, (manifest) => ({ ...manifest, members: [...manifest.members, { path: 'files/../../secret', bytes: 0, sha256: '' }] })), 'does not say what it must'],
  ])('%s', async (_, spoil, sentence) => {
    await expect(restoreCopy(target.services, await spoilt(spoil))).rejects.toThrow(sentence)
    await checkIsEmpty(target.services.db)
    expect(await target.services.files.names()).toEqual([])
  })

  test('it does not go into a home that holds anything', async () => {
    await copyFile(await oneOf(copy, 'files'), target.services.files.path('files/other'))
    await expect(restoreCopy(target.services, copy)).rejects.toThrow('it keeps files/other')
    await rm(target.services.files.path('files/other'))
    const world = await given(smallWorld)
    const before = await figures(world)
    await expect(restoreCopy(world.services, copy)).rejects.toThrow('This home is not empty: there are rows in')
    expect(await figures(world)).toEqual(before)
  })

  test('of two that are made at once for one folder one is there, and whole; the other is refused and leaves nothing', async () => {
    const world = await given(smallWorld)
    const own = newCopy()
    const made = await Promise.allSettled([makeCopy(world.services, own), makeCopy(world.services, own)])
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(made.find((one) => one.status === 'rejected')!.reason).toMatchObject({ status: 409, code: 'backup.exists' })
    expect((await readdir(folder)).filter((name) => name.startsWith(basename(own)))).toEqual([basename(own)])
    const manifest = await checkCopy(own)
    for (const part of ['tables', 'files', 'journal']) {
      expect(await readdir(join(own, part))).toHaveLength(manifest.members.filter(({ path }) => path.startsWith(`${part}/`)).length)
    }
  })

  test('a copy is not made where there is something already', async () => {
    await expect(makeCopy(target.services, copy)).rejects.toMatchObject({ status: 409, code: 'backup.exists' })
  })
})
