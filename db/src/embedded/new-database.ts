import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/**
 * Opens the embedded database in a folder, or in memory (null). A new folder is made beside and moved into place when
 * it is whole, so that a first start that is cut off leaves nothing that does not open.
 * @param pattern path of a database to begin a new one with (`patternFor`), if there is such a file: putting it in place takes a tenth of the time of making one
 */
export async function openPGlite(folder: string | null, pattern: string | null): Promise<PGlite> {
  if (folder === null) return newDatabase(undefined, pattern)
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const unfinished = `${folder}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await (await newDatabase(unfinished, pattern)).close()
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)))
    await rename(unfinished, folder)
  }
  return opened(new PGlite(folder))
}

async function newDatabase(folder: string | undefined, pattern: string | null): Promise<PGlite> {
  const known = pattern === null ? null : await readFile(pattern).catch(() => null)
  if (pattern !== null && known !== null) {
    try {
      return await opened(new PGlite({ ...(folder === undefined ? {} : { dataDir: folder }), loadDataDir: new Blob([new Uint8Array(known)]) }))
    } catch {
      // A pattern that does not open is none.
      await rm(pattern, { force: true })
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    }
  }
  return opened(folder === undefined ? new PGlite() : new PGlite(folder))
}

/** Keeps a database for the next one to begin with, where the program's own folder can be written to. What other versions of the program began with goes. */
export async function keepPattern(database: PGlite, pattern: string): Promise<void> {
  const beside = `${pattern}.${process.pid}.${Math.random().toString(36).slice(2)}`
  try {
    await database.exec('checkpoint')
    await writeFile(beside, new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer()))
    await rename(beside, pattern)
    const others = (await readdir(dirname(pattern))).filter((name) => /^new-database-.*\.tar$/.test(name) && name !== basename(pattern))
    for (const name of others) await rm(join(dirname(pattern), name), { force: true })
  } catch {
    await rm(beside, { force: true }).catch(() => {})
  }
}

async function opened(database: PGlite): Promise<PGlite> {
  await database.waitReady
  return database
}
