import { readFile } from 'node:fs/promises'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import type { Database } from '@lastmile/db/database'
import { applyEligibility } from '@lastmile/db/load/apply-eligibility'
import { loadEdition } from '@lastmile/db/load/load-edition'
import { saveInstitutions, type MasterEffect } from '@lastmile/db/load/load-master'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { listLists } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import { notFound } from '../lib/refusal.js'
import { readEdition } from './read-edition.js'
import { readMaster } from './read-master.js'

/** Loads a list edition from its folder, as known from an instant on. Loading the same files twice changes nothing. Answers the list's code. */
export async function loadEditionFolder(db: Database, folder: string, at: Instant): Promise<string> {
  const edition = await readEdition(folder)
  await db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const { id, changed } = await loadEdition(tx as Database, edition, at)
    if (changed) await rebuildCoverage(tx as Database, id)
  })
  return edition.list.code
}

/** Loads a master of institutions into the region set of a list, and counts all its lists anew. */
export async function loadMasterFile(db: Database, listCode: string, path: string, at: Instant): Promise<MasterEffect> {
  return loadMaster(db, listCode, await readFile(path), path, at)
}

/** The same from bytes. @throws BadDataFile naming every wrong row */
export async function loadMaster(db: Database, listCode: string, bytes: Uint8Array, name: string, at: Instant): Promise<MasterEffect> {
  const lists = await listLists(db, at)
  const list = lists.find((one) => one.code === listCode)
  if (!list) throw notFound('list', listCode)
  const { rows, unsaid } = await readMaster(db, list.regionSetId, bytes, name)
  return db.transaction(async (tx) => {
    const inside = tx as Database
    await lockCounts(inside)
    const effect = await saveInstitutions(inside, list.regionSetId, rows, at, unsaid)
    if (effect.added + effect.changed === 0) return effect
    for (const one of lists) {
      if (one.regionSetId !== list.regionSetId) continue
      await applyEligibility(inside, one.id, at, null)
      await rebuildCoverage(inside, one.id)
      await bumpVersion(inside, one.id)
    }
    return effect
  })
}

