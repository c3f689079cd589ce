import { parseArgs } from 'node:util'
import { askForCopy } from './copy.js'
import { runCommand } from './door.js'

await runCommand('Usage: pnpm backup FOLDER\nFOLDER: a new one. The server may be running.', async (door, say) => {
  const { positionals: [folder] } = parseArgs({ allowPositionals: true })
  if (folder === undefined) throw new Error('Name a new folder for the copy.')
  const { at, tables, rows, files, bytes } = await askForCopy(door, 'backup', folder, () => {})
  say(`Copied into ${folder}: ${rows} rows of ${tables} tables as of ${at}, ${files} kept files; ${bytes} bytes.`)
})
