import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ReportAnswer } from '@lastmile/shared/report'
import type { ListsAnswer } from '@lastmile/shared/list'
import { bodyOf, runCommand } from './door.js'
import { describeReceipt, sendFile } from './send-file.js'

const usage = `Usage: pnpm replay FILE… [--list us-therapeutics-2022] [--source hhs-locator]
Each file is a snapshot taken at the day and time (UTC) in its name: evusheld-2022-01-03T2235.csv.
It is accepted as of that day, at that instant, in the order of the instants; what does not look right goes into
quarantine. Says of each what became of it and why, and the institutions with a drug in stock before and after.`

await runCommand(usage, async (door, say) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'string', default: 'us-therapeutics-2022' }, source: { type: 'string', default: 'hhs-locator' } } })
  if (positionals.length === 0) throw new Error('Name the files to replay.')
  const { list, source } = values
  const { lists } = await bodyOf<ListsAnswer>(await door.ask('/api/lists'))
  if (!lists.some((one) => one.code === list)) {
    await bodyOf(await door.ask('/api/commands/load-edition', { method: 'POST', body: JSON.stringify({ folder: fileURLToPath(new URL(`../../../db/editions/${list}`, import.meta.url)) }) }))
    say(`Loaded the list edition ${list}.`)
  }
  const files = positionals.map((path) => ({ path, ...instantIn(path) })).sort((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1))
  for (const [i, { path, asOf, acceptedAt }] of files.entries()) {
    const { status, receipt } = await sendFile(door, list, path, { source, asOf, acceptedAt })
    say(`${i + 1}/${files.length} ${basename(path)}: ${describeReceipt(receipt)}`)
    if (status >= 400) process.exitCode = 1
    for (const { code, before, after, detail } of receipt.suspicions) say(`  ${code}${before === null && after === null ? '' : `: ${before ?? '-'} → ${after ?? '-'}`}${detail.length > 0 ? ` (${detail.join(', ')})` : ''}`)
    if (receipt.id === null) continue
    const { report } = ReportAnswer.parse(await (await door.ask(`/api/lists/${list}/reports/${receipt.id}`)).json())
    if (report.parsed) say(`  ${report.parsed.rows} rows: ${report.parsed.inStock} in stock, ${report.parsed.notKnown} not known, ${report.parsed.zero} zero; ${report.storedCount} providers`)
    say(report.effect ? `  institutions with a drug in stock: ${report.effect.institutionsBefore} → ${report.effect.institutionsAfter}` : '  institutions with a drug in stock: unchanged')
  }
}, { makesHome: true })

/** The day and instant in a file's name. @throws Error if there is none */
function instantIn(path: string): { asOf: string; acceptedAt: string } {
  const match = /(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})/.exec(basename(path))
  if (!match) throw new Error(`${path}: the name does not say when the snapshot was taken (…-2022-01-03T2235.csv).`)
  return { asOf: match[1]!, acceptedAt: `${match[1]}T${match[2]}:${match[3]}:00.000Z` }
}
