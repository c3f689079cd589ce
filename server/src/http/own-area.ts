import { isOfUnit, type Area, type NoUnit } from '@lastmile/db/query/area'
import type { Database } from '@lastmile/db/database'
import type { Purview } from '@lastmile/shared/purview'
import { notFound } from '../lib/refusal.js'

/**
 * That a unit or city is the asker's to ask of, where he may ask of his own alone. Of another's it is said that it is not there, as
 * everywhere: that nothing is there would be told of it as if it were known. An office is of its unit or city; a city asks of its unit
 * too, and is answered what is its own there. Others have what is theirs wherever it lies. @throws Refusal 404
 */
export async function checkOwnArea(db: Database, purview: Purview, area: Area | NoUnit | null, asked: string | undefined): Promise<void> {
  if (area !== null && !(await isOwn(db, purview, area))) throw notFound('region', asked ?? '')
}

async function isOwn(db: Database, purview: Purview, area: Area | NoUnit): Promise<boolean> {
  switch (purview.of) {
    case 'unit': return area.level !== 'none' && isOfUnit(db, purview.unit, area)
    case 'city': return area.level !== 'none' && area.code === (area.level === 'city' ? purview.city : purview.unit)
    case 'nothing': return false
    default: return true
  }
}
