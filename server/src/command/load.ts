import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { LoadedEdition } from '../load/load-files.js'
import { bodyOf, runCommand } from './door.js'

const usage = 'Usage: pnpm load EDITION_FOLDER [--master FILE.csv] [--at INSTANT]\n       pnpm load --list LIST --master FILE.csv [--at INSTANT]\nINSTANT: when it was known, as in 2026-01-05T08:00:00Z; now, if left out.'

await runCommand(usage, async (door, say) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { master: { type: 'string' }, list: { type: 'string' }, at: { type: 'string' } } })
  let list = values.list
  const post = (path: string, body: object) => door.ask(`/api/commands/${path}`, { method: 'POST', body: JSON.stringify({ ...body, ...(values.at === undefined ? {} : { at: values.at }) }) })
  if (positionals[0] !== undefined) {
    const loaded = await bodyOf<LoadedEdition>(await post('load-edition', { folder: resolve(positionals[0]) }))
    list = loaded.list
    say(`Loaded the list edition ${list}.`)
    for (const { drug, author, since } of loaded.standardsKept) say(`The standard of ${drug} stays as ${author} decided it on ${since.slice(0, 10)}; standards.json says otherwise. An operator can give it back to the edition on the page of standards.`)
  }
  if (list === undefined) throw new Error('Name the folder of an edition, or a list.')
  if (values.master !== undefined) {
    const effect = await bodyOf<{ added: number; changed: number; unchanged: number }>(await post('load-master', { list, file: resolve(values.master) }))
    say(`Loaded the master: ${effect.added} institutions added, ${effect.changed} changed, ${effect.unchanged} unchanged.`)
  }
}, { makesHome: true })
