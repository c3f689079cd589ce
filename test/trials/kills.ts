import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '@lastmile/db/database'
import { openEmbedded, openServer } from '@lastmile/db/open'
import { randomOf, type Random } from '@lastmile/server/demo/random'
import type { ReportReceipt, ReportsAnswer } from '@lastmile/shared/report'
import { context, corpusFiles, upload, writeCorpusWorld } from './corpus-world.js'
import { ownFiles } from './own-world.js'
import { bodyOf, startServer, type ServerProcess } from './server-process.js'

/*
 * A server is killed without a word, again and again, at random moments while four senders upload reports that read well.
 * Each time it is started again it must have every report that it acknowledged, whole; of what was under way all or
 * nothing; and its counts and its audit must be what they say.
 */

/** How to try. */
export interface KillsOptions {
  readonly rounds: number
  readonly seed: string
  /** An empty folder: the data folder, and the world that is loaded. */
  readonly folder: string
  /** A PostgreSQL database, empty; null for the embedded one. */
  readonly databaseUrl: string | null
  readonly say: (line: string) => void
  /** Aborted when no other round is to begin. */
  readonly signal?: AbortSignal
}

/** What came of it. Nothing is lost or broken where `problems` is empty. */
export interface KillsOutcome {
  rounds: number
  /** Reports that were acknowledged before a kill. */
  acknowledged: number
  /** Uploads that a kill cut off, and how many of them were stored all the same. */
  underWay: number
  storedUnseen: number
  problems: string[]
}

/** A file that reads well, and what storing it comes to. */
interface Good { readonly file: Uint8Array; readonly filename: string; readonly sha256: string; readonly storedCount: number }
/** What a sender was told of an upload: the receipt, or nothing. */
interface Sending { readonly source: string; readonly good: Good; receipt: ReportReceipt | null }
type ReportRow = ReportsAnswer['rows'][number]

const senders = 4
/** Each upload is of a source of its own, until all have sent: then they correct what they sent. */
const sources = Array.from({ length: 400 }, (_, at) => `k${String(at).padStart(3, '0')}`)

/** Kills the server as often as asked. The first problem ends it, so that the data can be looked at. */
export async function runKills({ rounds, seed, folder, databaseUrl, say, signal }: KillsOptions): Promise<KillsOutcome> {
  const random = randomOf(`kills ${seed}`)
  const files = goodFiles()
  const dataDir = join(folder, 'data')
  const settings = { LASTMILE_CLOCK: new Date(context().clock).toISOString(), ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) }
  await mkdir(dataDir, { recursive: true })
  const outcome: KillsOutcome = { rounds: 0, acknowledged: 0, underWay: 0, storedUnseen: 0, problems: [] }
  let server = await startServer(dataDir, settings)
  try {
    await loadWorld(server, folder)
    let next = 0
    const goesOn = () => outcome.rounds < rounds && outcome.problems.length === 0 && signal?.aborted !== true
    while (goesOn()) {
      const versions = new Map((await reportsIn(server, '&state=accepted')).map(({ source, version }) => [source, version]))
      const sent: Sending[] = []
      const sending = Array.from({ length: senders }, (_, at) => sendUntilKilled(server, randomOf(`kills ${seed} ${outcome.rounds} ${at}`), files, versions, () => sources[next++ % sources.length]!, sent))
      // A moment that comes on a slow machine too: some reports are there, and it may be in the middle of the next.
      const [target, after] = [random.below(10), random.below(300)]
      await Promise.race([Promise.all(sending), (async () => {
        const start = performance.now()
        while (sent.filter(({ receipt }) => receipt !== null).length < target && performance.now() - start < 30_000) await pause(5)
        await pause(after)
      })()])
      await server.end('SIGKILL')
      await Promise.all(sending)
      server = await startServer(dataDir, settings)
      outcome.rounds += 1
      const unseen = await look(server, sent, outcome.problems)
      const [told, cut] = [sent.filter(({ receipt }) => receipt?.id), sent.filter(({ receipt }) => receipt === null)]
      outcome.acknowledged += told.length
      outcome.underWay += cut.length
      outcome.storedUnseen += unseen
      say(`${outcome.rounds} of ${rounds}: killed ${after} ms after ${target} answers: ${told.length} acknowledged, ${cut.length} under way (${unseen} of them stored)${outcome.problems.length === 0 ? '' : `: ${outcome.problems.join('; ')}`}`)
    }
    if (outcome.problems.length === 0) await lookAtAll(server, files, outcome.problems)
  } finally {
    await server.end(outcome.problems.length === 0 ? 'SIGTERM' : 'SIGKILL')
  }
  if (outcome.problems.length === 0) await lookAtLines(dataDir, databaseUrl, outcome.problems)
  return outcome
}

/** The files that read well: the corpus's, and where there is none some made here. */
function goodFiles(): Good[] {
  const corpus = corpusFiles().filter(({ submit_period, expect }) => expect.outcome === 'accept' && submit_period === undefined).map((one) => ({ one, ...upload(one) }))
  const own = ownFiles(12, context()).map(({ one, file }) => ({ one, file, filename: 'report.csv' }))
  return (corpus.length > 0 ? corpus : own).map(({ one, file, filename }) => ({ file, filename, sha256: createHash('sha256').update(file).digest('hex'), storedCount: one.expect.stored_count! }))
}

async function loadWorld(server: ServerProcess, folder: string): Promise<void> {
  const { edition, master } = await writeCorpusWorld(join(folder, 'world'), sources)
  const load = (path: string, body: object) => server.ask(`/api/commands/${path}`, { method: 'POST', body: JSON.stringify(body) })
  await bodyOf(await load('load-edition', { folder: edition, at: '2026-01-05T00:00:00Z' }))
  await bodyOf(await load('load-master', { list: 'corpus', file: master, at: '2026-01-05T00:00:00Z' }))
}

/** Sends one report after the other until nobody answers any more. Every fourth corrects the one before it. */
async function sendUntilKilled(server: ServerProcess, random: Random, files: readonly Good[], versions: Map<string, number>, nextSource: () => string, sent: Sending[]): Promise<void> {
  let source = nextSource()
  for (;;) {
    const one: Sending = { source, good: random.pick(files), receipt: null }
    sent.push(one)
    try {
      one.receipt = await send(server, one, versions.get(source))
    } catch {
      return
    }
    if (one.receipt.version !== null) versions.set(source, one.receipt.version)
    if (!random.chance(0.25)) source = nextSource()
  }
}

async function send(server: ServerProcess, { source, good }: Sending, version: number | undefined): Promise<ReportReceipt> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ source, period: context().period, channel: 'upload' })) form.set(name, value)
  form.set('file', new File([new Uint8Array(good.file)], good.filename))
  const answer = await server.ask('/api/lists/corpus/reports', { method: 'POST', body: form, headers: version === undefined ? {} : { 'If-Match': `"${version}"` } })
  return bodyOf<ReportReceipt>(answer, 201, 202, 409)
}

/** Holds the reports of a round against what their senders were told. Answers how many were stored though nobody was told so. */
async function look(server: ServerProcess, sent: readonly Sending[], problems: string[]): Promise<number> {
  const told = new Map(sent.flatMap(({ receipt, good }) => (receipt?.id ? [[receipt.id, good] as const] : [])))
  const here = new Map<string, ReportRow>()
  for (const source of new Set(sent.map(({ source }) => source))) for (const row of await reportsIn(server, `&source=${source}`)) here.set(row.id, row)
  for (const [id, good] of told) {
    const row = here.get(id)
    if (!row) problems.push(`report ${id} was acknowledged and is gone`)
    else if (!isWhole(row, good)) problems.push(`report ${id} is not what was sent: ${row.storedCount} of ${good.storedCount} rows`)
  }
  const cut = sent.filter(({ receipt }) => receipt === null)
  const unseen = cut.filter(({ source, good }) => [...here.values()].some((row) => row.source === source && !told.has(row.id) && row.sha256 === good.sha256)).length
  const { discrepancies } = await bodyOf<{ discrepancies: unknown[] }>(await server.ask('/api/commands/verify/corpus', { method: 'POST' }))
  if (discrepancies.length > 0) problems.push(`counts are not what the statements say: ${JSON.stringify(discrepancies).slice(0, 500)}`)
  const { broken } = await bodyOf<{ broken: unknown }>(await server.ask('/api/commands/audit-verify', { method: 'POST' }))
  if (broken !== null) problems.push(`the audit is broken: ${JSON.stringify(broken)}`)
  return unseen
}

/** Whether a report is what was sent. Of one that waits until somebody has looked at it no row is stored. */
function isWhole({ state, storedCount, sha256 }: ReportRow, good: Good): boolean {
  return sha256 === good.sha256 && (storedCount === good.storedCount || state === 'quarantined')
}

/** Holds every report that there is against the files that were sent: its figures, and the kept file. */
async function lookAtAll(server: ServerProcess, files: readonly Good[], problems: string[]): Promise<void> {
  const bySha = new Map(files.map((good) => [good.sha256, good]))
  const rows = await reportsIn(server)
  for (const row of rows) {
    const { id, sha256, storedCount, state } = row
    const good = sha256 === null ? undefined : bySha.get(sha256)
    if (!good || !isWhole(row, good)) problems.push(`report ${id} (${state}) is not whole: ${storedCount} rows`)
    const file = await server.ask(`/api/lists/corpus/reports/${id}/file`)
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (file.status !== 200 || createHash('sha256').update(bytes).digest('hex') !== sha256) problems.push(`the file of report ${id} (${state}) is not what was sent`)
  }
}

/** Looks into the database itself, once the server has ended: each accepted report has as many lines as its receipt said, and one entry of the audit. */
async function lookAtLines(dataDir: string, databaseUrl: string | null, problems: string[]): Promise<void> {
  const { db, close } = databaseUrl === null ? await openEmbedded(join(dataDir, 'database')) : await openServer(databaseUrl)
  try {
    const wrong = await rowsOf<{ code: string; lines: number; stored: number }>(db as Database, sql`
      select r.code, coalesce(sum(d.lines), 0)::int as lines, r.stored_count as stored from report r left join report_drug d on d.report_id = r.id
      where r.state in ('accepted', 'superseded') group by r.id having coalesce(sum(d.lines), 0) <> r.stored_count`)
    const unaudited = await rowsOf<{ code: string; entries: number }>(db as Database, sql`
      select r.code, count(a.seq)::int as entries from report r left join audit_entry a on a.action = 'report.accept' and a.body::jsonb ->> 'object' = r.code and a.outcome = 'done'
      where r.state in ('accepted', 'superseded') group by r.code having count(a.seq) <> 1`)
    for (const { code, entries } of unaudited) problems.push(`report ${code} has ${entries} entries of the audit`)
    for (const { code, lines, stored } of wrong) problems.push(`report ${code} has ${lines} lines of ${stored}`)
  } finally {
    await close()
  }
}

async function reportsIn(server: ServerProcess, question = ''): Promise<ReportRow[]> {
  const rows: ReportRow[] = []
  for (;;) {
    const answer = await bodyOf<ReportsAnswer>(await server.ask(`/api/lists/corpus/reports?limit=500&offset=${rows.length}${question}`))
    rows.push(...answer.rows)
    if (rows.length >= answer.page.total || answer.rows.length === 0) return rows
  }
}
