import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotOpen } from '../cannot-open.js'
import { program } from '../program.js'

/** Major version of the PostgreSQL inside PGlite 0.5; a folder says its own in PG_VERSION. */
const postgresMajor = '18'

/** The embedded folder was written by another minor version of PGlite, which this one cannot read. */
export class FolderOfOtherVersion extends CannotOpen {
  override readonly name = 'FolderOfOtherVersion'
  constructor(folder: string, wrote: { pglite: string; program: string }) {
    super(`The data folder ${folder} was written by ${wrote.program} with ${wrote.pglite}, and this is Lastmile ${program.version} with PGlite ${program.pglite}: one does not open the other's folders. `
      + 'Make a copy with the version that wrote it (pnpm backup COPY), and put it back with this one into an empty DATA_DIR (pnpm restore COPY).')
  }
}

/**
 * Looks at what wrote an embedded folder, before it is opened. Writes nothing.
 * @throws FolderOfOtherVersion if this program's PGlite cannot read it
 */
export async function checkFolderVersion(folder: string): Promise<void> {
  const major = (await textOf(join(folder, 'PG_VERSION')))?.trim()
  if (major === undefined) return
  const [wrotePglite, wroteProgram] = (await noteOf(folder))?.split(' ') ?? []
  const isSame = wrotePglite === undefined ? major === postgresMajor : minorOf(wrotePglite) === minorOf(program.pglite)
  if (!isSame) throw new FolderOfOtherVersion(folder, { pglite: wrotePglite === undefined ? `PostgreSQL ${major}` : `PGlite ${wrotePglite}`, program: wroteProgram === undefined ? 'an earlier Lastmile' : `Lastmile ${wroteProgram}` })
}

/** Notes beside an embedded folder what writes it now. Once it is open and its data are known: one that is refused stays as it is. */
export async function noteFolderVersion(folder: string): Promise<void> {
  const own = `${program.pglite} ${program.version}`
  if (await noteOf(folder) !== own) await writeFile(noteBeside(folder), `${own}\n`)
}

async function noteOf(folder: string): Promise<string | undefined> {
  return (await textOf(noteBeside(folder)))?.trim()
}

function noteBeside(folder: string): string {
  return `${folder}.version`
}

/** 0.5.16 → 0.5: folders open within a minor version. */
function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
