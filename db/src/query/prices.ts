import { sql } from 'drizzle-orm'
import type { RetailPricesAnswer } from '@lastmile/shared/price'
import type { Purview } from '@lastmile/shared/purview'
import { asViewer } from '../as-viewer.js'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { Area } from './area.js'
import { inAreas } from './institutions-in.js'
import { countPrices, lastPrices, toldPrices, type RetailFilter } from './last-prices.js'
import type { ListRow } from './lists.js'
import { retailWithin } from './within-purview.js'

/** The last retail price of each pair, as accepted reports say, within the asker's purview: a page of them, by unit, institution and drug. */
export async function retailPricesOf(db: Database, list: ListRow, filter: RetailFilter, page: { offset: number; limit: number }): Promise<RetailPricesAnswer> {
  return asViewer(db, filter.purview, async (tx) => {
    const last = await lastPrices(tx, list, filter, page)
    const total = last[0]?.total ?? (page.offset === 0 ? 0 : await countPrices(tx, list, filter))
    const rows = await toldPrices(tx, last, filter.reports)
    return { rows, page: { offset: page.offset, limit: page.limit, total } }
  })
}

/** Whether the prices of an institution are the asker's to see: it is in the list's region set, and within the purview. */
export async function seesPricesOf(db: Database, list: ListRow, purview: Purview, institution: string): Promise<boolean> {
  return (await rowsOf(db, sql`
    select 1 from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(null)} left join unit u on u.id = v.unit_id
    where i.region_set_id = ${list.regionSetId} and i.code = ${institution} and ${retailWithin(purview)}`)).length > 0
}

/** Whether prices in a unit or city are the asker's to see: it is his own, lies in it, or holds an institution within the purview. */
export async function seesPricesIn(db: Database, list: ListRow, purview: Purview, area: Area): Promise<boolean> {
  if (purview.of === 'all' || (purview.of === 'unit' && purview.unit === (area.level === 'unit' ? area.code : area.parent))) return true
  return (await rowsOf(db, sql`
    select 1 from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(null)} left join unit u on u.id = v.unit_id
    where i.region_set_id = ${list.regionSetId} and ${inAreas([area])} and ${retailWithin(purview)} limit 1`)).length > 0
}
