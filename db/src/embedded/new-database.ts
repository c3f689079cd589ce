import { existsSync } from 'node:fs'
import { readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { program } from '../program.js'

/** A database with nothing in it, as this version makes it: putting it in place takes a tenth of the time of making one. */
const pattern = fileURLToPath(new URL(`new-database-${program.pglite}.tar`, import.meta.url))

/**
 * Opens the embedded database in a folder, or in memory (null). A new folder is made beside and moved into place when
 * it is whole, so that a first start that is cut off leaves nothing that does not open.
 */
export async function openPGlite(folder: string | null): Promise<PGlite> {
  if (folder === null) return newDatabase(undefined)
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const unfinished = `${folder}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await (await newDatabase(unfinished)).close()
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)))
    await rename(unfinished, folder)
  }
  return opened(new PGlite(folder))
}

async function newDatabase(folder: string | undefined): Promise<PGlite> {
  const known = await readFile(pattern).catch(() => null)
  if (known) {
    try {
      return await opened(new PGlite({ ...(folder === undefined ? {} : { dataDir: folder }), loadDataDir: new Blob([new Uint8Array(known)]) }))
    } catch {
      // A pattern that does not open is none.
      await rm(pattern, { force: true })
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    }
  }
  const made = await opened(folder === undefined ? new PGlite() : new PGlite(folder))
  await keepPattern(made)
  return made
}

/** Keeps a new database for the next one, where the program's own folder can be written to. */
async function keepPattern(database: PGlite): Promise<void> {
  const beside = `${pattern}.${process.pid}.${Math.random().toString(36).slice(2)}`
  try {
    await writeFile(beside, new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer()))
    await rename(beside, pattern)
  } catch {
    await rm(beside, { force: true }).catch(() => {})
  }
}

async function opened(database: PGlite): Promise<PGlite> {
  await database.waitReady
  return database
}
