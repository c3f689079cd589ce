import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '@lastmile/db/database'
import { findList, type ListRow } from '@lastmile/db/query/lists'
import { loadEditionFolder, loadMaster } from '@lastmile/server/load/load-files'
import { listCode, masterOf, unitSource, writeEdition } from './edition.js'
import { packedLines, reportsOf } from './history.js'
import { drugCode, drugCount, institutionCode, type Nation } from './nation.js'
import { takeReport } from './take-report.js'

/** When the edition and the master became known, and the instant at which the clock of all questions stands. */
const loadedAt = '2024-06-29T00:00:00.000Z'
export const askedAt = '2026-07-01T04:00:00.000Z'

/** What loading took. */
export interface Loaded {
  list: ListRow
  lines: number
  reports: number
  masterSeconds: number
  historySeconds: number
  longestReportSeconds: number
}

/** Loads the nation through the product: edition, master, then every report in the order in which it came. */
export async function loadMaintained(db: Database, nation: Nation, folder: string, say: (text: string) => void): Promise<Loaded> {
  await writeEdition(join(folder, 'edition'), nation)
  await loadEditionFolder(db, join(folder, 'edition'), loadedAt)
  say(`product: loading a master of ${nation.institutions} institutions …`)
  const start = performance.now()
  await loadMaster(db, listCode, masterOf(nation), 'master.csv', loadedAt)
  const masterSeconds = (performance.now() - start) / 1_000
  say(`product: master loaded in ${masterSeconds.toFixed(1)} s; taking reports …`)

  const list = await nationsList(db)
  const ids = await idsOf(db, list, nation)
  const sources = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from source where list_id = ${list.id}`)
  let [lines, reports, longest, told] = [0, 0, 0, performance.now()]
  const historyStart = performance.now()
  for (const report of reportsOf(nation)) {
    const begun = performance.now()
    const unit = nation.units[report.unit]!.code
    lines += await takeReport(db, {
      listId: list.id, sourceId: sources.find((one) => one.code === unitSource(unit))!.id, code: `${unit}-${report.time}`,
      mode: report.mode, scope: { drugs: null, regions: [unit], kinds: null }, period: report.period, asOf: report.asOf, parts: packedLines(nation, report, ids),
    })
    reports += 1
    longest = Math.max(longest, performance.now() - begun)
    if (reports % nation.units.length === 0) await tidied(db)
    if (performance.now() - told > 20_000) {
      told = performance.now()
      say(`product: ${reports} reports, ${lines} lines, ${Math.round((lines / (told - historyStart)) * 1_000)} lines/s`)
    }
  }
  const historySeconds = (performance.now() - historyStart) / 1_000
  await tidied(db)
  return { list: await nationsList(db), lines, reports, masterSeconds, historySeconds, longestReportSeconds: longest / 1_000 }
}

/** The nation's list, as it stands in the database. */
export async function nationsList(db: Database): Promise<ListRow> {
  return (await findList(db, listCode, askedAt))!
}

/** What autovacuum does every minute on a server that is set up as usual, done once a round of reports, so that a run hangs on nobody's settings. Counted as loading. */
async function tidied(db: Database): Promise<void> {
  await db.execute(sql`vacuum analyze`)
}

/** The ids that the database gave. @throws where they do not ascend with the codes: packed lines stand in the order of ids */
async function idsOf(db: Database, list: ListRow, nation: Nation): Promise<{ institutions: Int32Array; drugs: Int32Array }> {
  const institutionIds = new Map((await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where region_set_id = ${list.regionSetId}`)).map((row) => [row.code, row.id]))
  const drugIds = new Map((await rowsOf<{ id: number; code: string }>(db, sql`select id, code from drug where list_id = ${list.id}`)).map((row) => [row.code, row.id]))
  const institutions = Int32Array.from({ length: nation.institutions }, (_, i) => institutionIds.get(institutionCode(nation, i))!)
  const drugs = Int32Array.from({ length: drugCount + 1 }, (_, i) => (i === 0 ? 0 : drugIds.get(drugCode(i))!))
  for (const ids of [institutions, drugs]) if (ids.some((id, i) => i > 0 && id <= ids[i - 1]!)) throw new Error('ids do not ascend with the codes')
  return { institutions, drugs }
}
