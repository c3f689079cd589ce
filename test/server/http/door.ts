import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { newApp, type AppOptions } from '@lastmile/server/app'
import { headFileName } from '@lastmile/server/audit/head-file'
import { clockOf } from '@lastmile/server/lib/clock'
import { newEvents } from '@lastmile/server/lib/events'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { ReportReceipt } from '@lastmile/shared/report'
import { accountsOf, signedIn, type ActorFacts } from '../../support/actors.js'
import { auditOfHome, emptyDatabase, storingOfHome } from '../../support/home.js'

/** The repository's folder. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** The build that answers say they come from. */
export const build = 'test'

/** The public door of a server: what a browser, an officer's script or a stranger can do to it. */
export interface Door {
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The JSON of an answer that must be 200. */
  read<Body>(path: string): Promise<Body>
  send(report: Sent): Promise<{ status: number; receipt: ReportReceipt; answer: Response }>
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
  publishAt?: string
  headers?: Record<string, string>
}

/** What is served of a world: as one server does, to whoever asks. Putting it together takes as long as some twenty questions. */
const served = new WeakMap<Services, ReturnType<typeof newApp>>()

function appOf(services: Services): ReturnType<typeof newApp> {
  const app = served.get(services) ?? newApp(services, { webFolder: null, build })
  served.set(services, app)
  return app
}

/** The door as somebody finds it: unless stated otherwise, the regulator, who sees and sends everything. Who says himself who he is (a command, a key) is that one. `options`: of a server of its own. */
export function doorOf(services: Services, who: ActorFacts | 'public' = { role: 'operator' }, options: Partial<AppOptions> | null = null): Door {
  const app = options === null ? appOf(services) : newApp(services, { webFolder: null, build, ...options })
  let known: Promise<{ headers: Record<string, string> }> | null = null
  const ask = async (path: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers)
    const saysWho = ['cookie', 'authorization', 'x-lastmile-command'].some((name) => headers.has(name))
    if (who !== 'public' && !saysWho) for (const [name, value] of Object.entries((await (known ??= signedIn(services, who))).headers)) headers.set(name, value)
    return app.request(path, { ...init, headers })
  }
  return {
    ask,
    async read<Body>(path: string) {
      const answer = await ask(path)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return await answer.json() as Body
    },
    async send(report) {
      const answer = await ask(`/api/lists/${report.list}/reports`, { method: 'POST', body: formOf(report), headers: report.headers ?? {} })
      return { status: answer.status, receipt: ReportReceipt.parse(await answer.clone().json()), answer }
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
export function asCommand(services: Pick<Services, 'commandToken'>): Record<string, string> {
  return { 'x-lastmile-command': services.commandToken }
}

/** A logger that keeps what is said, as text. */
export function keepingLog(): { said: string[]; log: Services['log'] } {
  const said: string[] = []
  const note = (...words: unknown[]) => void said.push(inspect(words, { depth: 10 }))
  return { said, log: { debug: note, info: note, warn: note, error: note } as unknown as Services['log'] }
}

/** A server with nothing in it yet: no list, no institution. The clock stands still. */
export async function newServer(now: string): Promise<Door & { services: Services; log: string[]; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-http-'))
  const { said, log } = keepingLog()
  const [db, clock] = [await emptyDatabase(), clockOf(now)]
  const services: Services = { db, home: inject('home'), clock, lists: newKnownLists(db, clock, true), events: newEvents(), files: await openKeptFiles(folder), storing: await storingOfHome(), audit: auditOfHome({ db, clock, log, headFile: join(folder, headFileName) }), log, accounts: accountsOf(db, clock, log), trustProxy: false, publicMayLook: true, secretFile: null, commandToken: 'c'.repeat(64) }
  return { ...doorOf(services), services, log: said, close: () => rm(folder, { recursive: true, force: true }) }
}

/** Takes every report back out and leaves lists and masters: a fresh world, in milliseconds. For lists without eligibility. */
export async function forgetReports(services: Services): Promise<void> {
  const tables = ['report_error', 'report', 'report_lines', 'report_drug', 'price', 'shelf', 'past_spans', 'drug_named', 'coverage_by_unit', 'coverage_by_drug', 'coverage_by_city', 'coverage_ahead']
  await services.db.execute(sql.raw(`do $$ begin ${tables.map((table) => `delete from ${table};`).join(' ')} update list set version = version + 1; end $$`))
  services.lists.forget()
}
