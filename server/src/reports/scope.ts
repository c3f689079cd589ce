import type { Database } from '@lastmile/db/database'
import { findArea, type Area } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import type { SourceRow } from '@lastmile/db/query/sources'
import type { Scope } from '@lastmile/shared/source'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/**
 * The scope a report speaks of: what it names, within what its source may speak of.
 * @throws Refusal 400 for a code that does not exist, 403 if it reaches beyond the source
 */
export async function scopeOf(db: Database, list: ListRow, source: SourceRow, wanted: Scope | null): Promise<Scope> {
  const own = source.data.scope
  if (wanted === null) return own
  const missing = (what: string, code: string) => new Refusal(400, 'report.scope', `scope: there is no ${what} "${code.slice(0, 80)}".`, { field: 'scope' }, 'BAD_FIELD')
  const beyond = (code: string) => new Refusal(403, 'report.scope', `Source "${source.data.code}" does not report on ${code}.`, { field: 'scope' })
  const empty = (['drugs', 'regions', 'kinds'] as const).find((of) => wanted[of]?.length === 0)
  if (empty !== undefined) throw new Refusal(400, 'report.scope', `scope: ${empty} names nothing. Leave it out for all of them.`, { field: 'scope' }, 'BAD_FIELD')
  for (const code of wanted.drugs ?? []) {
    if (!(await findDrug(db, list.id, code))) throw missing('drug', code)
    if (own.drugs && !own.drugs.includes(code)) throw beyond(code)
  }
  for (const code of wanted.regions ?? []) {
    const area = await findArea(db, list.regionSetId, code)
    if (!area) throw missing('region', code)
    if (own.regions && !(await liesWithin(db, list, area, own.regions))) throw beyond(code)
  }
  for (const kind of wanted.kinds ?? []) if (own.kinds && !own.kinds.includes(kind)) throw beyond(kind)
  return { drugs: wanted.drugs ?? own.drugs, regions: wanted.regions ?? own.regions, kinds: wanted.kinds ?? own.kinds }
}

/** True if a region is one of a source's, or a city of one. A unit without a polygon has its institutions in cities anywhere. */
async function liesWithin(db: Database, list: ListRow, area: Area, own: readonly string[]): Promise<boolean> {
  if (own.includes(area.code)) return true
  if (area.level === 'unit') return false
  if (area.parent !== null && own.includes(area.parent)) return true
  for (const code of own) {
    const one = await findArea(db, list.regionSetId, code)
    if (one?.level === 'unit' && !one.polygon) return true
  }
  return false
}

/** The areas that a scope names; null: everywhere. */
export async function areasNamed({ db }: Pick<Services, 'db'>, list: ListRow, { regions }: Scope): Promise<Area[] | null> {
  if (regions === null) return null
  return (await Promise.all(regions.map((code) => findArea(db, list.regionSetId, code)))).filter((one) => one !== null)
}
