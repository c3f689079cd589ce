import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { CountsInWork } from './counts-in-work.js'
import { filedDays } from './filed.js'
import { emptyHolding, loadHoldings, saveFiled } from './holding.js'
import { listFacts } from './list-facts.js'
import { placesOf, type Place } from './places.js'
import { contribute, recomputeInstitutions } from './recompute.js'
import { lastReport, reportsKnown } from './reports-known.js'
import type { FiledDays } from './shelf.js'
import { beginning, sameDays } from './view.js'

/** Institutions taken in before what they change may be written. */
const institutionsAtOnce = 2_000

/**
 * Brings what is maintained of a list up to date after institutions moved, opened, closed or became of another kind
 * (`moved`: where they counted until then), and after others became eligible, or no more (`refiled`). The former are
 * computed from all their statements, of the latter only who is eligible changes. Costs what was ever said of these
 * institutions, whatever the list holds of others.
 */
export async function takeMasters(db: Database, listId: number, moved: ReadonlyMap<number, Place>, refiled: readonly number[]): Promise<void> {
  if (moved.size + refiled.length === 0) return
  const list = await listFacts(db, listId)
  const [reports, report] = [await reportsKnown(db, listId, null), await lastReport(db, listId)]
  const counts = new CountsInWork(db, list, list.inForce)
  const isRefiled = new Set(refiled)
  const all = [...new Set([...moved.keys(), ...refiled])].sort((a, b) => a - b)
  for (let at = 0; at < all.length; at += institutionsAtOnce) {
    const some = all.slice(at, at + institutionsAtOnce)
    const places = await placesOf(db, list.regionSetId, some, null)
    const now = await filedDays(db, listId, some.filter((one) => isRefiled.has(one)), null)
    const filed = new Map(some.flatMap((one) => (isRefiled.has(one) ? [[one, now.get(one) ?? nothing] as const] : [])))
    await recomputeInstitutions(db, { list, reports, places, formerPlaces: moved, filed, counts, report }, some.filter((one) => moved.has(one)))
    await refile(db, { counts, places, filed }, some.filter((one) => !moved.has(one)))
    if (counts.isMuch) await counts.write()
  }
  await counts.write()
}

const nothing: FiledDays = new Map()

interface Refiling {
  counts: CountsInWork
  places: ReadonlyMap<number, Place>
  filed: ReadonlyMap<number, FiledDays>
}

/** Takes in who is eligible of institutions of which nothing else changed. */
async function refile(db: Database, { counts: { list, difference }, places, filed }: Refiling, institutions: readonly number[]): Promise<void> {
  const holdings = await loadHoldings(db, list.listId, institutions, { from: beginning, to: -beginning })
  const pauses = new Pauses()
  for (const institution of institutions) {
    await pauses.take()
    const [place, before] = [places.get(institution), holdings.get(institution) ?? emptyHolding(institution)]
    if (!place) continue
    const after = { ...before, filed: filed.get(institution)! }
    const wanted = new Set([...before.filed.keys(), ...after.filed.keys()].filter((drug) => !sameDays(before.filed.get(drug) ?? [], after.filed.get(drug) ?? [])))
    contribute({ list, difference, wanted }, before, place, -1)
    contribute({ list, difference, wanted }, after, place, 1)
  }
  await saveFiled(db, list.listId, new Map(institutions.map((institution) => [institution, filed.get(institution)!])))
}
