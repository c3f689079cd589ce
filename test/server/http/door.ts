import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { openEmbedded } from '@lastmile/db/open'
import { newApp } from '@lastmile/server/app'
import { clockOf } from '@lastmile/server/lib/clock'
import { newEvents } from '@lastmile/server/lib/events'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'
import type { Services } from '@lastmile/server/lib/services'
import { ReportReceipt } from '@lastmile/shared/report'

/** The public door of a server put together as the product puts it together, on an empty database in memory. */
export interface World {
  services: Services
  /** Everything the server logged, as text. */
  log: string[]
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The JSON of an answer that must be 200. */
  read<Body>(path: string): Promise<Body>
  send(report: Sent): Promise<{ status: number; receipt: ReportReceipt }>
  /** Takes every report back out, and leaves lists and masters: a fresh world in milliseconds. */
  forgetReports(): Promise<void>
  close(): Promise<void>
}

/** A report as a form sends it. */
export interface Sent {
  list: string
  source: string
  file: string | Uint8Array
  filename?: string
  period?: string
  asOf?: string
  mode?: string
  scope?: string
  channel?: string
  dryRun?: string
  acceptedAt?: string
  headers?: Record<string, string>
}

export const build = 'test'
export const repository = fileURLToPath(new URL('../../../', import.meta.url))

export async function newWorld(options: { now: string }): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-http-'))
  const { db, close } = await openEmbedded(null)
  const log: string[] = []
  const note = (...said: unknown[]) => void log.push(inspect(said, { depth: 8 }))
  const services: Services = {
    db, clock: clockOf(options.now), events: newEvents(), files: await openKeptFiles(folder),
    log: { debug: note, info: note, warn: note, error: note } as unknown as Services['log'], commandToken: randomBytes(32).toString('hex'),
  }
  const app = newApp(services, { webFolder: null, build })
  const ask = async (path: string, init?: RequestInit) => app.request(path, init)
  return {
    services, log, ask,
    async read<Body>(path: string) {
      const answer = await ask(path)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return await answer.json() as Body
    },
    async send(report) {
      const answer = await ask(`/api/lists/${report.list}/reports`, { method: 'POST', body: formOf(report), ...(report.headers ? { headers: report.headers } : {}) })
      return { status: answer.status, receipt: ReportReceipt.parse(await answer.json()) }
    },
    async forgetReports() {
      await db.execute(sql`truncate report, report_error, series_break, statement, supply, price, pair_span, institution_span, coverage_by_unit, coverage_by_city restart identity cascade`)
      await db.execute(sql`update list set version = version + 1`)
    },
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The multipart form of a report. */
export function formOf(report: Sent): FormData {
  const { file, filename = 'report.csv', list: _, headers: __, ...fields } = report
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new File([typeof file === 'string' ? file : new Uint8Array(file)], filename))
  return form
}

/** Headers by which a command on this machine is known. */
export function asCommand(world: World): Record<string, string> {
  return { 'x-lastmile-command': world.services.commandToken }
}
