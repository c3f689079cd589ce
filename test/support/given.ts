import { inject } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findList, type ListRow } from '@lastmile/db/query/lists'
import { byItself } from '@lastmile/server/audit/event-of'
import { headFileName } from '@lastmile/server/audit/head-file'
import { clockAt } from '@lastmile/server/lib/clock'
import { openKeptFiles, type ReceivedFile } from '@lastmile/server/lib/kept-files'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import { newEvents } from '@lastmile/server/lib/events'
import type { Services } from '@lastmile/server/lib/services'
import { loadEditionFolder, loadMaster } from '@lastmile/server/load/load-files'
import type { Submission, Submitted } from '@lastmile/server/reports/submission'
import { submitReport } from '@lastmile/server/reports/submit-report'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Scope } from '@lastmile/shared/source'
import { everything } from '@lastmile/shared/purview'
import { listCode, writeEdition, type EditionFacts } from './edition.js'
import { accountsOf } from './actors.js'
import { auditOfHome, emptyDatabase, storingOfHome } from './home.js'
import { csvOf, masterOf, type InstitutionFacts } from './rows.js'

/** A report as a test states it. */
export interface ReportFacts extends Partial<Omit<Submission, 'scope' | 'acceptedAt' | 'file'>> {
  source: string
  rows: readonly string[]
  scope?: Partial<Scope>
  /** Day or instant of acceptance. Unless stated: the evening of its as-of day, in the order in which reports are stated. */
  accepted?: Day | Instant
}

/** A world as a test states it: an edition, institutions, and reports in the order in which they were sent. */
export interface WorldFacts extends EditionFacts {
  /** The clock stands still at noon of this day (in the list's time zone). */
  today?: Day
  institutions?: Record<string, InstitutionFacts>
  /** When the edition and the master were loaded. */
  loaded?: Day | Instant
  reports?: readonly ReportFacts[]
}

/** A world that stands: what verbs and routes work with, and the ways to move it on. */
export interface World {
  services: Services
  /** The list as it is now. */
  list(): Promise<ListRow>
  /** Sends a report through the one path of every report. */
  send(report: ReportFacts): Promise<Submitted>
  /** Loads the edition again, otherwise. */
  loadEdition(facts: EditionFacts, at: Day | Instant): Promise<void>
  /** Loads a master: institutions that it does not name stay as they are. */
  loadMaster(institutions: Record<string, InstitutionFacts>, at: Day | Instant): Promise<void>
}

/** An instant from a day (noon in the list's time zone) or as it is. */
export function instantOf(moment: Day | Instant): Instant {
  return moment.includes('T') ? moment : `${moment}T04:00:00.000Z`
}

const silent = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, () => {}])) as unknown as Services['log']

/** Builds a world on this worker's database, which holds nothing else. A report that is not accepted fails the test. */
export async function given(facts: WorldFacts = {}): Promise<World> {
  const folder = await mkdtemp(join(await temporary(), 'world-'))
  const now = nowOf(facts)
  const [db, clock] = [await emptyDatabase(), clockAt(() => now)]
  const services: Services = {
    db, home: inject('home'), clock, lists: newKnownLists(db, clock, true), events: newEvents(), files: await openKeptFiles(folder), storing: await storingOfHome(), audit: auditOfHome({ db, clock, log: silent, headFile: join(folder, headFileName) }), log: silent, accounts: accountsOf(db, clock, silent), trustProxy: false, publicMayLook: true, secretFile: null, commandToken: 'c'.repeat(64),
  }
  return worldOn(services, facts)
}

function nowOf({ today }: WorldFacts): Instant {
  return instantOf(today ?? '2026-06-30')
}

/** Builds a world on services that are there already, whose database holds nothing and whose clock stands at its noon. */
export async function worldOn(services: Services, facts: WorldFacts = {}): Promise<World> {
  const folder = await mkdtemp(join(await temporary(), 'edition-'))
  const now = nowOf(facts)
  let sent = 0
  const world: World = {
    services,
    list: async () => (await findList(services.db, listCode, now))!,
    async send(report) {
      const file = await services.files.receive(csvOf(report.rows))
      return submitReport(services, submissionOf(report, file, sent++, now)).finally(() => services.files.discard(file))
    },
    loadEdition: async (edition, at) => {
      // What it does not say any more is not left from before.
      await rm(join(folder, 'edition'), { recursive: true, force: true })
      await writeEdition(join(folder, 'edition'), edition)
      const since = instantOf(at)
      // Loaded by the world's clock, or in the hours after its noon: what it says may be known since earlier.
      await loadEditionFolder(services.db, join(folder, 'edition'), { at: since, isGiven: false, now: since > now ? since : now })
      services.lists.forget()
    },
    loadMaster: async (institutions, at) => {
      await loadMaster(services.db, listCode, masterOf(institutions), 'master.csv', instantOf(at))
      services.lists.forget()
    },
  }
  const loaded = facts.loaded ?? '2025-12-31'
  await world.loadEdition(facts, loaded)
  if (facts.institutions) await world.loadMaster(facts.institutions, loaded)
  for (const report of facts.reports ?? []) {
    const { status, receipt } = await world.send(report)
    if (status !== 201) throw new Error(`the world's report of ${report.source} was not accepted: ${JSON.stringify(receipt)}`)
  }
  return world
}

/** A report as it is sent, for tests that send it themselves. */
export function submissionOf(report: ReportFacts, file: ReceivedFile, order = 0, now = instantOf('2026-06-30')): Submission {
  const { rows: _, accepted, scope, ...own } = report
  const evening = report.asOf ? `${report.asOf}T10:00:${String(order % 60).padStart(2, '0')}.000Z` : now
  return {
    list: listCode, filename: `${report.source}.csv`, period: null, asOf: null, mode: null, channel: 'command', corrects: null, idempotencyKey: null, dryRun: false, upload: null, sentBy: null, by: byItself, purview: everything, publishAt: null, held: null, code: null,
    ...own, file, scope: scope ? { drugs: null, regions: null, kinds: null, ...scope } : null,
    acceptedAt: accepted === undefined ? evening : instantOf(accepted),
  }
}

let folder: Promise<string> | null = null

/** One temporary folder a worker, gone when the worker ends. */
async function temporary(): Promise<string> {
  folder ??= mkdtemp(join(tmpdir(), 'lastmile-test-')).then((path) => {
    process.once('exit', () => rmSync(path, { recursive: true, force: true }))
    return path
  })
  return folder
}
