import { findArea, type Area, type NoUnit } from '@lastmile/db/query/area'
import { outOfScopeName } from '@lastmile/db/query/regions'
import { findDrug, type DrugRow } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import type { When } from '@lastmile/db/query/question'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { noUnit } from '@lastmile/shared/region'
import { states, type State } from '@lastmile/shared/state'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** What every question about a list says of time. */
interface Asked {
  asOf?: Day | undefined
  knownOn?: Instant | undefined
  since?: Day | undefined
}

/** The list of a path. @throws Refusal 404 */
export async function listOf(services: Services, code: string): Promise<ListRow> {
  const list = await services.lists.find(code)
  if (!list) throw notFound('list', code)
  return list
}

/** As of when, known when, counted since when. `field` is what the day is called in the question. @throws Refusal 400 for a day to come */
export function whenOf<E extends Evidence | null>(list: ListRow, evidence: E, asked: Asked, field: 'asOf' | 'to' = 'asOf'): When & { evidence: E } {
  const asOf = asked.asOf ?? list.today
  if (asOf > list.today) throw new Refusal(400, 'question.future', `"${field}" is ${asOf}, and the list's today is ${list.today}.`, { field })
  if (asked.since !== undefined && evidence !== 'supplied') throw new Refusal(400, 'question.since', '"since" belongs to supplied evidence: declared and confirmed are states, not events.', { field: 'since' })
  if (asked.since !== undefined && asked.since > asOf) throw new Refusal(400, 'question.since', `"since" (${asked.since}) is later than "asOf" (${asOf}).`, { field: 'since' })
  return { evidence, asOf, knownOn: asked.knownOn ?? null, since: asked.since ?? null }
}

/** The drug a question names, or null where it names none. @throws Refusal 404 */
export async function drugOf(services: Services, list: ListRow, code: string | undefined): Promise<DrugRow | null> {
  if (code === undefined) return null
  const drug = await findDrug(services.db, list.id, code)
  if (!drug) throw notFound('drug', code)
  return drug
}

/** The unit or city a question names, or null where it names none. @throws Refusal 404 */
export async function areaOf(services: Services, list: ListRow, code: string | undefined): Promise<Area | null> {
  if (code === undefined) return null
  const area = await findArea(services.db, list.regionSetId, code)
  if (!area) throw await noRegion(services, list, code)
  return area
}

/** The same where what lies in no unit may be asked for too. @throws Refusal 404 */
export async function areaOrNoUnitOf(services: Services, list: ListRow, code: string | undefined): Promise<Area | NoUnit | null> {
  return code === noUnit ? { level: 'none' } : areaOf(services, list, code)
}

/** Why nothing can be asked of a region: there is none, or it is drawn on the map and outside the list's scope. */
export async function noRegion(services: Services, list: ListRow, code: string): Promise<Refusal> {
  const name = await outOfScopeName(services.db, list, code)
  return name === null ? notFound('region', code) : new Refusal(404, 'region.out_of_scope', `${code} (${name.zh} ${name.en}) is outside the scope of this list: nothing is reported of it, which is not zero.`, { field: 'region' })
}

/** The units or cities (or what lies in no unit) that a question names, separated by commas, or null where it names none. @throws Refusal 404 */
export async function areasOf(services: Services, list: ListRow, codes: string | undefined): Promise<(Area | NoUnit)[] | null> {
  if (codes === undefined) return null
  const areas: (Area | NoUnit)[] = []
  for (const code of new Set(codes.split(','))) areas.push((await areaOrNoUnitOf(services, list, code))!)
  return areas
}

/** States separated by commas, or null for all. @throws Refusal 400 */
export function statesOf(text: string | undefined): State[] | null {
  if (text === undefined || text === '') return null
  return text.split(',').map((one) => {
    const state = states.find((known) => known === one)
    if (!state) throw new Refusal(400, 'question.state', `"${one.slice(0, 40)}" is no state; there are ${states.join(', ')}.`, { field: 'state' })
    return state
  })
}
