import type { Database } from '@lastmile/db/database'
import { loadEdition, type EditionEffect } from '@lastmile/db/load/load-edition'
import { loadInstitutions, type MasterEffect } from '@lastmile/db/load/load-master'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpNeighbours, bumpVersion } from '@lastmile/db/query/acceptance'
import { findList } from '@lastmile/db/query/lists'
import { loadedAfterSettled } from '@lastmile/db/query/settled'
import type { Instant } from '@lastmile/shared/day'
import { notFound } from '../lib/refusal.js'
import { refuseDocumentsAhead } from './documents-ahead.js'
import { readDataFile } from './read-data-file.js'
import { readEdition } from './read-edition.js'
import { readMaster } from './read-master.js'

/** What else belongs into the transaction of a load, at its end: noting it, with the instant from which it is known. */
export type AlsoNote<Effect> = (tx: Database, effect: Effect, at: Instant) => Promise<unknown>

/** From when something loaded is known. `isGiven`: somebody named the instant; else it is now, and moves behind what a bulletin settled meanwhile. `now`: when it is loaded, where that is later than `at`. */
export interface Known {
  at: Instant
  isGiven: boolean
  now?: Instant
}
/** From an instant on that nobody named. */
const from = (known: Instant | Known): Known => (typeof known === 'string' ? { at: known, isGiven: false } : known)

const nothingElse = async () => {}

/** What came of loading an edition. */
export interface LoadedEdition extends EditionEffect {
  list: string
}

/** Loads a list edition from its folder, as known from an instant on. Loading the same files twice changes nothing. Answers the list's code, and what stays as officers decided it. @throws BadDataFile for files that are wrong, or name a document of a day to come; then nothing is stored */
export async function loadEditionFolder(db: Database, folder: string, known: Instant | Known, also: AlsoNote<LoadedEdition> = nothingElse): Promise<LoadedEdition> {
  const edition = await readEdition(folder)
  const { at, isGiven, now = at } = from(known)
  refuseDocumentsAhead(folder, edition, now)
  return db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const then = await loadedAfterSettled(tx as Database, { code: edition.list.code }, at, isGiven)
    const loaded = { list: edition.list.code, ...await loadEdition(tx as Database, edition, then) }
    await also(tx as Database, loaded, then)
    return loaded
  })
}

/** Loads a master of institutions into the region set of a list, and brings up to date what its lists count. @throws BadDataFile for a file that cannot be read, or naming every wrong row, LoadedLater for an instant that was named and is settled */
export async function loadMasterFile(db: Database, listCode: string, path: string, known: Instant | Known, also: AlsoNote<MasterEffect> = nothingElse): Promise<MasterEffect> {
  return loadMaster(db, listCode, await readDataFile(path), path, known, also)
}

/** The same from bytes. @throws BadDataFile naming every wrong row */
export async function loadMaster(db: Database, listCode: string, bytes: Uint8Array, name: string, known: Instant | Known, also: AlsoNote<MasterEffect> = nothingElse): Promise<MasterEffect> {
  const { at, isGiven } = from(known)
  const list = await findList(db, listCode, at)
  if (!list) throw notFound('list', listCode)
  const { rows, unsaid } = await readMaster(db, list.regionSetId, bytes, name)
  return db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const then = await loadedAfterSettled(tx as Database, list, at, isGiven)
    const effect = await loadInstitutions(tx as Database, list.regionSetId, rows, then, unsaid)
    if (effect.added + effect.changed > 0) {
      await bumpVersion(tx as Database, list.id)
      await bumpNeighbours(tx as Database, list.id)
    }
    await also(tx as Database, effect, then)
    return effect
  })
}

