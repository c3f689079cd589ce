import { createReadStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { feedSource, unitSource } from './edition.js'
import { watchHealth, type Health } from './health-watch.js'
import { writeFeed, writeProvince, type IntakeFile } from './intake-files.js'
import type { Nation } from './nation.js'
import { number, type Section } from './report.js'
import { spawnServer, type Sent, type SpawnedServer } from './spawned-server.js'

const provinces = 31
const rowsAProvince = 20_000

/** Sends the feed's report and then those of 31 provinces at once to the built server, and copies the feed's rows plainly beside it. */
export async function intakeSection(databaseUrl: string, nation: Nation, wanted: number, folder: string, say: (text: string) => void): Promise<Section> {
  const feed = await writeFeed(join(folder, 'feed.csv'), feedSource, nation, wanted)
  const files: IntakeFile[] = []
  for (const [unit, { code }] of nation.units.slice(0, provinces).entries()) {
    files.push(await writeProvince(join(folder, `${code}.csv`), unitSource(code), nation, unit, rowsAProvince))
  }
  const copySeconds = await copied(databaseUrl, feed)
  // Of its own: what an earlier run kept there would be accepted again at the start.
  const server = await spawnServer(databaseUrl, await mkdtemp(join(folder, 'data-')))
  try {
    const before = await server.peakMemory()
    say(`intake: sending ${feed.rows} rows of the feed …`)
    const alone = await watched(server, () => server.send(feed, 'feed').then((sent) => [sent]))
    const after = await server.peakMemory()
    say(`intake: ${provinces} provinces at once …`)
    const together = await watched(server, () => Promise.all(files.map((file) => server.send(file, 'upload'))))
    const rows = files.reduce((sum, file) => sum + file.rows, 0)
    return {
      heading: 'Intake, through HTTP into the loaded nation',
      table: [
        ['what', 'rows', 'seconds', 'rows a second', 'health while it ran: median, p99, max ms', 'most memory of the server so far'],
        ['plain COPY of the same CSV into a table without indexes: the limit', count(feed.rows), copySeconds.toFixed(2), count(feed.rows / copySeconds), '', ''],
        ['one report of the feed, rows in no order', count(feed.rows), alone.seconds.toFixed(1), count(feed.rows / alone.seconds), healthText(alone.health), `${mb(after)} (${mb(before)} at start)`],
        [`${provinces} provinces at once, up to ${count(rowsAProvince)} rows each`, count(rows), together.seconds.toFixed(1), count(rows / together.seconds), healthText(together.health), mb(await server.peakMemory())],
      ],
      after: [
        `- of the limit, the feed reaches ${((100 * copySeconds) / alone.seconds).toFixed(0)} %`,
        `- the longest wait of a province: ${Math.max(...together.sent.map((one) => one.seconds)).toFixed(1)} s`,
        ...failures([feed, ...files], [...alone.sent, ...together.sent]),
      ],
    }
  } finally {
    await server.stop()
  }
}

async function watched(server: SpawnedServer, send: () => Promise<Sent[]>): Promise<{ sent: Sent[]; seconds: number; health: Health }> {
  const end = watchHealth(server.address)
  const start = performance.now()
  const sent = await send()
  const seconds = (performance.now() - start) / 1_000
  return { sent, seconds, health: await end() }
}

/** The seconds that PostgreSQL alone takes to swallow the file. */
async function copied(url: string, file: IntakeFile): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('create table intake_limit (institution_code text, drug_code text, status text, observed_on date)')
    const start = performance.now()
    await pipeline(createReadStream(file.path), client.query(copyFrom('copy intake_limit from stdin (format csv, header)')))
    const seconds = (performance.now() - start) / 1_000
    await client.query('drop table intake_limit')
    return seconds
  } finally {
    await client.end()
  }
}

/** A line for each file that was not accepted whole: its time means nothing then. */
function failures(files: readonly IntakeFile[], sent: readonly Sent[]): string[] {
  const lines = files.flatMap((file, i) => {
    const { status, stored, refusal } = sent[i]!
    return status === 201 && stored === file.rows ? [] : [`- **not accepted**: ${file.source}, ${stored} of ${file.rows} rows stored, ${status} ${refusal ?? ''}`]
  })
  return lines.length === 0 ? ['- every report was accepted whole'] : lines
}

function healthText({ median, p99, max, failed }: Health): string {
  return `${number(median)}, ${number(p99)}, ${number(max)}${failed > 0 ? ` (${failed} unanswered)` : ''}`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function mb(bytes: number | null): string {
  return bytes === null ? 'not told' : `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
}
