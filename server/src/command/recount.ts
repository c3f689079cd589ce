import { parseArgs } from 'node:util'
import { bodyOf, runCommand } from './door.js'

await runCommand('Usage: pnpm recount LIST…', async (door, say) => {
  const { positionals } = parseArgs({ allowPositionals: true })
  if (positionals.length === 0) throw new Error('Name the lists.')
  for (const list of positionals) {
    await bodyOf(await door.ask(`/api/commands/rebuild/${encodeURIComponent(list)}`, { method: 'POST' }))
    say(`${list}: counted anew from the statements.`)
  }
})
