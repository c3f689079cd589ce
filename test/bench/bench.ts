import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openServer } from '@lastmile/db/open'
import { bytesOf, databaseOf, onServer, ownDatabase, type OwnDatabase } from './database.js'
import { embeddedSection } from './embedded.js'
import { readFlags, usage, WrongFlags, type Flags } from './flags.js'
import { months, today } from './history.js'
import { intakeSection } from './intake.js'
import { keptIn, noteKept } from './kept.js'
import { loadMaintained, nationsList, type Loaded } from './maintained-load.js'
import { naiveSettings } from './naive.js'
import { newNation, type Nation } from './nation.js'
import { productRuns, readsOf, type Reads } from './reads.js'
import { machineLines, markdownOf, plansSection, readsSection, resultsWith, type Section } from './report.js'

const resultsPath = fileURLToPath(new URL('../RESULTS.md', import.meta.url))
const say = (text: string) => process.stderr.write(`${text}\n`)

/** Runs the parts that the flags name; prints the results and writes them down. */
async function run(flags: Flags): Promise<void> {
  const kept = flags.use === null ? null : await keptIn(flags.use, flags.pairs)
  const folder = flags.use ?? await mkdtemp(join(tmpdir(), 'lastmile-bench-'))
  const databases: OwnDatabase[] = []
  const sections: Section[] = []
  try {
    const begun = performance.now()
    const nation = newNation(flags.pairs)
    say(`the nation: ${nation.institutions} institutions, ${nation.pairs} pairs, made in ${seconds(begun)} s`)
    const postgres = (await onServer<{ v: string }>(flags.url, 'select split_part(version(), \' \', 1) || \' \' || split_part(version(), \' \', 2) as v'))[0]!.v
    let duck: string | null = null
    if (flags.only.includes('reads') || flags.only.includes('intake')) {
      const own = await ownDatabase(flags.url, 'product', kept?.product)
      databases.push(own)
      const opened = await openServer(own.url)
      try {
        const loaded = kept ? { ...kept.loaded, list: await nationsList(opened.db) } : await loadMaintained(opened.db, nation, folder, say)
        if (flags.only.includes('reads')) {
          const naive = flags.skipNaive ? null : kept?.naive ? databaseOf(flags.url, kept.naive) : await ownDatabase(flags.url, 'naive')
          if (naive && !kept) databases.push(naive)
          const reads = await readsOf(flags, nation, naive?.url ?? null, { opened, loaded }, folder, kept, say)
          duck = reads.duckVersion
          const sizes = [`product ${gb(await bytesOf(own.url))}`, ...(naive ? [`naive tables ${gb(await bytesOf(naive.url))}`] : [])]
          sections.push(readsSection(reads), loadSection(nation, loaded, reads, sizes), plansSection(reads))
          const { list, ...figures } = loaded
          // What takes reports afterwards is another nation.
          if (flags.keep && !flags.only.includes('intake')) await noteKept(folder, { pairs: flags.pairs, loaded: figures, product: own.name, naive: naive?.name ?? null, naiveLoaded: reads.naiveLoaded, duckSeconds: reads.duckSeconds })
          // Room on the disk for what comes.
          if (naive && !kept && !flags.keep) await naive.drop()
        }
        if (flags.only.includes('intake')) sections.splice(2, 0, await intakeSection(own.url, nation, flags.intakeRows, folder, say))
      } finally {
        await opened.close()
      }
    }
    const embedded = flags.only.includes('embedded')
    if (embedded) sections.splice(3, 0, await embeddedSection(flags.embeddedPairs, flags.runs, join(folder, 'embedded'), say))
    const intro: Section = { heading: 'The run', before: [...machineLines({ postgres, duck, pglite: embedded ? await pgliteVersion() : null }), ...runLines(flags, nation)] }
    const part = { pairs: flags.pairs, text: markdownOf([intro, ...sections]) }
    process.stdout.write(`\n${resultsWith('', part)}`)
    if (flags.write) await writeFile(resultsPath, resultsWith(await readFile(resultsPath, 'utf8').catch(() => ''), part))
  } finally {
    if (flags.keep && !kept) say(`kept: ${folder}, databases ${databases.map((one) => one.name).join(', ')}`)
    else for (const one of databases) await one.drop()
    if (!flags.keep && !kept) await rm(folder, { recursive: true, force: true })
  }
}

function loadSection(nation: Nation, loaded: Loaded, { naiveLoaded: naive, duckSeconds }: Reads, sizes: readonly string[]): Section {
  const { lines, reports, masterSeconds, historySeconds, longestReportSeconds } = loaded
  const perSecond = (count: number, taken: number) => Math.round(count / taken).toLocaleString('en')
  return {
    heading: 'Loading',
    table: [
      ['what', 'how many', 'seconds', 'a second'],
      ['product: master of institutions', nation.institutions.toLocaleString('en'), masterSeconds.toFixed(1), perSecond(nation.institutions, masterSeconds)],
      [`product: ${reports} reports, counts kept up (longest ${longestReportSeconds.toFixed(1)} s)`, lines.toLocaleString('en'), historySeconds.toFixed(1), perSecond(lines, historySeconds)],
      ...(naive ? [
        ['naive tables: COPY of the statements, no index yet, made as it streams', naive.statements.toLocaleString('en'), naive.copySeconds.toFixed(1), perSecond(naive.statements, naive.copySeconds)],
        ['naive tables: indexes, vacuum, statistics', '', naive.indexSeconds.toFixed(1), ''],
        ['DuckDB: taken over from the naive tables as CSV', '', duckSeconds!.toFixed(1), ''],
      ] : []),
    ],
    after: [`On the disk: ${sizes.join(', ')}.`],
  }
}

function runLines(flags: Flags, nation: Nation): string[] {
  return [
    `- ${nation.institutions.toLocaleString('en')} synthetic institutions, ${nation.pairs.toLocaleString('en')} pairs, ${months} months of history up to ${today}, one report a unit and month after a first snapshot`,
    `- PostgreSQL as it is set up there; the naive session sets ${Object.entries(naiveSettings).map(([name, value]) => `${name} = ${value}`).join(', ')}. Median of ${flags.runs} runs (${productRuns * flags.runs} of the product) after one to warm up; naive questions are stopped after ${flags.limitSeconds} s`,
  ]
}

async function pgliteVersion(): Promise<string> {
  const text = await readFile(new URL('../../../pnpm-workspace.yaml', import.meta.url), 'utf8')
  return /pglite': (\S+)/.exec(text)![1]!
}

function gb(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1)
}

try {
  const flags = readFlags(process.argv.slice(2))
  if (flags) await run(flags)
  else process.stdout.write(`${usage}\n`)
} catch (error) {
  const isOfFlags = error instanceof WrongFlags || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  say(error instanceof Error ? (isOfFlags ? `${error.message}\n${usage}` : error.stack ?? error.message) : String(error))
  process.exitCode = 1
}
