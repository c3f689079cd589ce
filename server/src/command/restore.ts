import { parseArgs } from 'node:util'
import { askForCopy } from './copy.js'
import { runCommand } from './door.js'

await runCommand('Usage: pnpm restore FOLDER\nFOLDER: a copy that pnpm backup made. It goes into an empty DATA_DIR, or an empty database with DATABASE_URL.', async (door, say) => {
  const { positionals: [folder] } = parseArgs({ allowPositionals: true })
  if (folder === undefined) throw new Error('Name the folder of the copy.')
  const { at, program, tables, rows, files } = await askForCopy(door, 'restore', folder, () => {})
  say(`Restored from ${folder}: ${rows} rows of ${tables} tables as of ${at}, ${files} kept files, copied by Lastmile ${program}. Now check the counts: pnpm verify.`)
}, { makesHome: true })
