import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReadingFailed, readInWorker } from '@lastmile/server/reading/read-in-worker'
import type { ReadOutcome } from '@lastmile/server/reading/read-report'
import { randomOf, type Random } from '@lastmile/server/demo/random'
import { fileReasons } from '@lastmile/shared/reading'
import { ReportReceipt } from '@lastmile/shared/report'
import { Profile } from '@lastmile/shared/source'
import { headings, row, workbook } from './book.js'
import { requestOf } from './corpus-request.js'
import { context, corpusFiles, profileOf, upload, writeCorpusWorld } from './corpus-world.js'
import { mutateBytes } from './mutate-bytes.js'
import { mutateTable } from './mutate-table.js'
import { mutateWorkbook } from './mutate-workbook.js'
import { ownFiles } from './own-world.js'
import { bodyOf, startServer, type ServerProcess } from './server-process.js'

/*
 * Files that nobody made, sent through the reader in its worker and a share of them to a server: whatever they are, they
 * end in an outcome, soon, within the worker's memory, and never in a failure of the server. Each input is made of the
 * seed and its number alone, so that it can be made again.
 */

/** How to try. */
export interface FuzzOptions {
  readonly seed: string
  /** The first input's number, and how many are made. */
  readonly from: number
  readonly count: number
  /** One of so many is sent to a server too; 0 starts none. */
  readonly overHttp: number
  /** A folder for the server's data, and for inputs that failed. */
  readonly folder: string
  readonly say: (line: string) => void
  readonly signal?: AbortSignal
}

export interface FuzzOutcome {
  tried: number
  sent: number
  /** How many came to each outcome, by its word. */
  outcomes: Record<string, number>
  /** What went wrong, each with the number of its input. */
  findings: { input: number; what: string; file: string }[]
}

interface Input { readonly name: string; readonly filename: string; readonly bytes: Uint8Array }

/** A reading that takes longer (of CPU time, which others on this machine do not use up) is as good as one that never ends. */
const cpuMsAtMost = 5_000
const wallMsAtMost = 60_000
/** Inputs begin with files up to this size: what is in a larger one is in them too. */
const seedBytesAtMost = 300 * 1024

/** Tries as many inputs as asked, or until told to stop. */
export async function runFuzz({ seed, from, count, overHttp, folder, say, signal }: FuzzOptions): Promise<FuzzOutcome> {
  await mkdir(folder, { recursive: true })
  const seeds = seedInputs()
  const profile = Profile.parse(profileOf(context()))
  const outcome: FuzzOutcome = { tried: 0, sent: 0, outcomes: {}, findings: [] }
  const server = overHttp > 0 ? await serverWithWorld(join(folder, 'server')) : null
  const goesOn = () => signal?.aborted !== true
  try {
    for (let number = from; number < from + count && goesOn(); number++) {
      const input = inputOf(seed, number, seeds)
      const found: string[] = []
      const heard = await read(input, profile, found)
      outcome.tried += 1
      outcome.outcomes[heard] = (outcome.outcomes[heard] ?? 0) + 1
      if (server !== null && number % overHttp === 0) {
        outcome.sent += 1
        await send(server, input, number, heard, found)
      }
      for (const what of found) {
        const file = join(folder, `${seed}-${number}-${input.filename}`)
        await writeFile(file, input.bytes)
        outcome.findings.push({ input: number, what, file })
        say(`input ${number} (${input.name}): ${what}; kept as ${file}`)
      }
      if (outcome.tried % 500 === 0) say(`${outcome.tried} of ${count}, ${outcome.sent} over HTTP, ${outcome.findings.length} findings`)
    }
  } finally {
    await server?.end('SIGTERM')
  }
  return outcome
}

/** The input of a number: one of the seeds, changed one to five times. */
export function inputOf(seed: string, number: number, seeds: readonly Input[] = seedInputs()): Input {
  const random = randomOf(`fuzz ${seed} ${number}`)
  const one = random.pick(seeds)
  const others = [random.pick(seeds).bytes, random.pick(seeds).bytes]
  let { bytes } = one
  for (let times = 1 + random.below(random.chance(0.6) ? 2 : 5); times > 0; times--) bytes = changed(random, bytes, others)
  const filename = random.chance(0.9) ? one.filename : random.pick(['report', 'report.csv', 'report.xlsx', 'report.xls', 'report.txt', 'report.xlsm', 'x.csv.gz', '.xlsx', 'é\u202e.csv'])
  return { name: one.name, filename, bytes }
}

function changed(random: Random, bytes: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (random.chance(0.25) || bytes.length === 0) return mutateBytes(random, bytes, others)
  if (isArchive) return mutateWorkbook(random, bytes, others) ?? mutateBytes(random, bytes, others)
  return bytes.length > 2 * 1024 * 1024 ? mutateBytes(random, bytes, others) : mutateTable(random, bytes)
}

/** The corpus's files, and some made here: so it goes without a corpus too. */
export function seedInputs(): Input[] {
  const corpus = corpusFiles().map((one) => ({ name: one.file, ...upload(one) })).filter(({ file }) => file.length <= seedBytesAtMost)
  const own = ownFiles(4, context()).map(({ one, file }) => ({ name: one.file, filename: 'report.csv', file }))
  const rows = Buffer.from(own[1]!.file).toString().split(/\r?\n/).slice(1, -1).map((line) => line.split(','))
  const sheet = row(1, headings) + rows.map((cells, at) => row(at + 2, cells)).join('')
  const books = [workbook({ sheets: [{ rows: sheet }] }), workbook({ sheets: [{ rows: sheet }, { rows: '', state: 'hidden' }], epoch1904: true, formats: ['yyyy-mm-dd'] })]
  return [...corpus, ...own, ...books.map((file, at) => ({ name: `own/${at}.xlsx`, filename: 'report.xlsx', file: new Uint8Array(file) }))].map(({ name, filename, file }) => ({ name, filename, bytes: file }))
}

/** Reads an input in the worker. Answers the word for its outcome. */
async function read(input: Input, profile: Profile, found: string[]): Promise<string> {
  const before = process.cpuUsage()
  try {
    const outcome = await readInWorker(requestOf(context(), profile, input.bytes, input.filename), { timeoutMs: wallMsAtMost })
    const { user, system } = process.cpuUsage(before)
    if ((user + system) / 1_000 > cpuMsAtMost) found.push(`takes ${Math.round((user + system) / 1_000)} ms of CPU time`)
    found.push(...oddities(outcome))
    return outcome.outcome === 'rejected' ? outcome.reason : outcome.shifted ? 'shifted' : outcome.outcome
  } catch (error) {
    if (!(error instanceof ReadingFailed)) throw error
    found.push(`reading fails: ${error.reason}${error.cause instanceof Error ? ` (${error.cause.stack ?? error.cause.message})` : ''}`)
    return `failed: ${error.reason}`
  }
}

/** What no outcome may be, whatever the file. */
function oddities(outcome: ReadOutcome): string[] {
  const odd: string[] = []
  if (outcome.outcome === 'rejected') {
    if (!(outcome.reason in fileReasons)) odd.push(`is refused for an unknown reason: ${outcome.reason}`)
    return odd
  }
  if (outcome.outcome === 'row_errors' && (outcome.errors.length === 0 || outcome.errors.length > outcome.errorsTotal)) odd.push(`has ${outcome.errors.length} errors listed of ${outcome.errorsTotal}`)
  if (outcome.outcome === 'accept' && (outcome.storedCount === 0 || outcome.storedCount > outcome.rowsTotal)) odd.push(`is accepted with ${outcome.storedCount} of ${outcome.rowsTotal} rows`)
  if (outcome.rowsTotal < 1) odd.push('has no rows, and an outcome of rows')
  return odd
}

async function serverWithWorld(folder: string): Promise<ServerProcess> {
  await mkdir(folder, { recursive: true })
  const server = await startServer(join(folder, 'data'), { LASTMILE_CLOCK: new Date(context().clock).toISOString() })
  const { edition, master } = await writeCorpusWorld(join(folder, 'world'))
  await bodyOf(await server.ask('/api/commands/load-edition', { method: 'POST', body: JSON.stringify({ folder: edition, at: '2026-01-05T00:00:00Z' }) }))
  await bodyOf(await server.ask('/api/commands/load-master', { method: 'POST', body: JSON.stringify({ list: 'corpus', file: master, at: '2026-01-05T00:00:00Z' }) }))
  return server
}

/** Sends an input; every second time it is only tried. Some are packed a second time on the way, as a program may do. */
async function send(server: ServerProcess, { bytes, filename }: Input, number: number, heard: string, found: string[]): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ source: 'sd', period: context().period, channel: 'upload', dryRun: String(number % 2 === 0) })) form.set(name, value)
  form.set('file', new File([new Uint8Array(bytes)], filename))
  try {
    const answer = await server.ask('/api/lists/corpus/reports', { method: 'POST', body: form, signal: AbortSignal.timeout(wallMsAtMost) })
    const text = await answer.text()
    if (answer.status >= 500) found.push(`is answered ${answer.status}: ${text.slice(0, 500)}`)
    else if (!ReportReceipt.safeParse(JSON.parse(text)).success) found.push(`is answered ${answer.status} with no receipt: ${text.slice(0, 500)}`)
    else if (heard === 'row_errors' && answer.status !== 422) found.push(`has row errors for the reader, and is answered ${answer.status}`)
  } catch (error) {
    found.push(`is not answered: ${String(error)}${error instanceof Error && error.cause ? ` (${String(error.cause)})` : ''}; the server said ${server.said().slice(-500)}`)
  }
}
