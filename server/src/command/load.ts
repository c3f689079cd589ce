import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bodyOf, runCommand } from './door.js'

const usage = 'Usage: pnpm load EDITION_FOLDER [--master FILE.csv]\n       pnpm load --list LIST --master FILE.csv'

await runCommand(usage, async (door, say) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { master: { type: 'string' }, list: { type: 'string' } } })
  let list = values.list
  const post = (path: string, body: object) => door.ask(`/api/commands/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (positionals[0] !== undefined) {
    list = (await bodyOf<{ list: string }>(await post('load-edition', { folder: resolve(positionals[0]) }))).list
    say(`Loaded the list edition ${list}.`)
  }
  if (list === undefined) throw new Error('Name the folder of an edition, or a list.')
  if (values.master !== undefined) {
    const effect = await bodyOf<{ added: number; changed: number; unchanged: number }>(await post('load-master', { list, file: resolve(values.master) }))
    say(`Loaded the master: ${effect.added} institutions added, ${effect.changed} changed, ${effect.unchanged} unchanged.`)
  }
})
