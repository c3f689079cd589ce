import type { Database } from '@lastmile/db/database'
import { loadEdition, type EditionEffect } from '@lastmile/db/load/load-edition'
import { loadInstitutions, type MasterEffect } from '@lastmile/db/load/load-master'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpNeighbours, bumpVersion } from '@lastmile/db/query/acceptance'
import { findList } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import { notFound } from '../lib/refusal.js'
import { readDataFile } from './read-data-file.js'
import { readEdition } from './read-edition.js'
import { readMaster } from './read-master.js'

/** What else belongs into the transaction of a load, at its end: noting it. */
export type AlsoNote<Effect> = (tx: Database, effect: Effect) => Promise<unknown>

const nothingElse = async () => {}

/** What came of loading an edition. */
export interface LoadedEdition extends EditionEffect {
  list: string
}

/** Loads a list edition from its folder, as known from an instant on. Loading the same files twice changes nothing. Answers the list's code, and what stays as officers decided it. */
export async function loadEditionFolder(db: Database, folder: string, at: Instant, also: AlsoNote<LoadedEdition> = nothingElse): Promise<LoadedEdition> {
  const edition = await readEdition(folder)
  return db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const loaded = { list: edition.list.code, ...await loadEdition(tx as Database, edition, at) }
    await also(tx as Database, loaded)
    return loaded
  })
}

/** Loads a master of institutions into the region set of a list, and brings up to date what its lists count. @throws BadDataFile for a file that cannot be read, or naming every wrong row */
export async function loadMasterFile(db: Database, listCode: string, path: string, at: Instant, also: AlsoNote<MasterEffect> = nothingElse): Promise<MasterEffect> {
  return loadMaster(db, listCode, await readDataFile(path), path, at, also)
}

/** The same from bytes. @throws BadDataFile naming every wrong row */
export async function loadMaster(db: Database, listCode: string, bytes: Uint8Array, name: string, at: Instant, also: AlsoNote<MasterEffect> = nothingElse): Promise<MasterEffect> {
  const list = await findList(db, listCode, at)
  if (!list) throw notFound('list', listCode)
  const { rows, unsaid } = await readMaster(db, list.regionSetId, bytes, name)
  return db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const effect = await loadInstitutions(tx as Database, list.regionSetId, rows, at, unsaid)
    if (effect.added + effect.changed > 0) {
      await bumpVersion(tx as Database, list.id)
      await bumpNeighbours(tx as Database, list.id)
    }
    await also(tx as Database, effect)
    return effect
  })
}

