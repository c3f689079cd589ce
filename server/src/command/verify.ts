import { parseArgs } from 'node:util'
import type { Discrepancy } from '@lastmile/db/coverage/verify'
import type { ListsAnswer } from '@lastmile/shared/list'
import { bodyOf, runCommand } from './door.js'

await runCommand('Usage: pnpm verify [LIST…]', async (door, say) => {
  const { positionals } = parseArgs({ allowPositionals: true })
  const lists = positionals.length > 0 ? positionals : (await bodyOf<ListsAnswer>(await door.ask('/api/lists'))).lists.map((list) => list.code)
  if (lists.length === 0) say('There is no list to verify.')
  for (const list of lists) {
    const { discrepancies } = await bodyOf<{ discrepancies: Discrepancy[] }>(await door.ask(`/api/commands/verify/${encodeURIComponent(list)}`, { method: 'POST' }))
    if (discrepancies.length === 0) say(`${list}: every maintained count is what the statements say.`)
    else process.exitCode = 1
    for (const one of discrepancies) say(`${list}: ${one.what} ${one.lens} of drug ${one.drug} on ${one.day}: ${one.detail}`)
  }
})
