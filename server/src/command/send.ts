import { parseArgs } from 'node:util'
import { runCommand } from './door.js'
import { describeReceipt, sendFile } from './send-file.js'

const usage = 'Usage: pnpm send FILE --list LIST --source SOURCE (--period 2026-02 | --as-of 2026-02-28) [--mode changes|snapshot] [--scope JSON] [--corrects VERSION] [--dry-run]'

await runCommand(usage, async (door, say) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'string' }, source: { type: 'string' }, period: { type: 'string' }, 'as-of': { type: 'string' }, mode: { type: 'string' }, scope: { type: 'string' }, corrects: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  })
  const [path] = positionals
  if (path === undefined || values.list === undefined || values.source === undefined) throw new Error('Name the file, the list and the source.')
  const fields = { source: values.source, period: values.period, asOf: values['as-of'], mode: values.mode, scope: values.scope, dryRun: values['dry-run'] ? 'true' : undefined }
  const { status, receipt } = await sendFile(door, values.list, path, fields, values.corrects)
  say(`${path}: ${describeReceipt(receipt)}`)
  if (status >= 400) process.exitCode = 1
})
