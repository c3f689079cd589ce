import { createReadStream } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotRestore, checkIsEmpty, restoreTables } from '@lastmile/db/backup/restore'
import { tidyUp } from '@lastmile/db/query/upkeep'
import { anyListChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { replayKept } from '../reports/replay-kept.js'
import { checkCopy, tablePieces } from './check-copy.js'
import { secretName, type Manifest } from './manifest.js'

/**
 * Puts a copy into an empty home, whichever it was made in. All of it is checked before anything is written: first the
 * copy, then that the home is empty. Kept files come first and the database in one transaction after them, so that one
 * that was interrupted can be begun again. Reports that came in while the copy was made are accepted again at the end.
 * @throws CannotRestore in a sentence that says what to do
 */
export async function restoreCopy(services: Services, folder: string, onProgress: (what: string) => void = () => {}): Promise<Manifest> {
  const manifest = await checkCopy(folder, (path) => onProgress(`checking ${path}`))
  await checkIsEmpty(services.db)
  const kept = manifest.members.filter(({ path }) => !path.startsWith('tables/') && path !== secretName)
  const foreign = (await services.files.names()).find((name) => !kept.some(({ path }) => path === name))
  if (foreign !== undefined) throw new CannotRestore(`This home is not empty: it keeps ${foreign}, which the copy does not. Name a new DATA_DIR; nothing is ever written over.`)
  onProgress('kept files')
  for (const { path, sha256 } of kept) {
    const isWhole = await services.files.putBack(path, sha256, createReadStream(join(folder, path)))
    if (!isWhole) throw new CannotRestore(`${path} changed while it was read. Begin again with a copy that nobody changes.`)
  }
  const hasSecret = manifest.members.some(({ path }) => path === secretName)
  if (hasSecret && services.secretFile === null) throw new CannotRestore('The copy holds the secret by which its second factors are read, and SESSION_SECRET names another here. Restore it without SESSION_SECRET; afterwards that can be set to the content of session-secret in DATA_DIR.')
  onProgress('tables')
  const paths = new Map(manifest.tables.map(({ name, path }) => [name, path]))
  const asOwner: NonNullable<Services['asOwner']> = services.asOwner ?? ((work) => work(services.db))
  await asOwner((db) => restoreTables(db, { version: manifest.data, tables: manifest.tables, sequences: manifest.sequences, rows: ({ name }) => tablePieces(folder, paths.get(name)!) }))
  if (services.home === 'embedded') await tidyUp(services.db)
  if (hasSecret) await putSecretBack(services, await readFile(join(folder, secretName), 'utf8'))
  // This server knew an empty home.
  await anyListChanged(services)
  await replayKept(services)
  return manifest
}

/** Sessions and second factors of the copy are read by its own secret. */
async function putSecretBack({ secretFile, accounts }: Services, secret: string): Promise<void> {
  await writeFile(secretFile!, secret, { mode: 0o600 })
  await chmod(secretFile!, 0o600)
  accounts.useSecret(secret)
}
