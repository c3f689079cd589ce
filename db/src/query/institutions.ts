import { sql } from 'drizzle-orm'
import { spanOn, stateOn } from '@lastmile/shared/chain'
import type { Box } from '@lastmile/shared/box'
import { dayNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Institution, InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import type { Kind } from '@lastmile/shared/kind'
import { noState, stateCode, type State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { anyDrug, countIn } from '../coverage/counts.js'
import { emptyHolding, loadHoldings, type Holding } from '../coverage/holding.js'
import { confirmedLens, declaredLens, suppliedLens } from '../coverage/lens.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Lookup } from '../coverage/pairs-on.js'
import { placesOf, type Place } from '../coverage/places.js'
import { beginning, eligibleDays, spansSince, standingsSince } from '../coverage/view.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes, stateCodes, standingCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { Area, NoUnit } from './area.js'
import { countedStates } from './counted-states.js'
import { pageOfInstitutions, type InstitutionPage } from './institution-page.js'
import { institutionsIn, institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { factsFor, isMaintained, lookupFor, momentOf, type When } from './question.js'

/** Which institutions are asked for. `states` speaks of the drug, or, without one, of the institution over all drugs. */
export interface InstitutionFilter {
  search: string | null
  /** Those of any of these. */
  areas: readonly (Area | NoUnit)[] | null
  /** Those with a position in it. */
  box: Box | null
  /** Those with a position, or without one. */
  placed: boolean | null
  kind: Kind | null
  drug: number | null
  states: State[] | null
  eligible: boolean | null
}

interface Raw extends Omit<Institution, 'kind' | 'position'> {
  kind: number
  latitude: number | null
  longitude: number | null
  datum: string | null
}

const columns = sql`i.code, v.name, v.kind, v.level, u.code as unit, v.place, c.code as city, c.name as "cityName", v.address, v.latitude, v.longitude, v.datum,
  v.telephone, v.dual_channel as "dualChannel", v.opened_on::text as "openedOn", v.closed_on::text as "closedOn", v.qualifications`

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/** Institutions of a list's region set, as the masters said at the instant asked for, searched and filtered, a page of them. */
export async function institutionsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: InstitutionFilter, page: InstitutionPage): Promise<InstitutionsAnswer> {
  const facts = await factsFor(db, list)
  const lookup = lookupFor(db, list, facts, when)
  const looksUp = filter.states !== null || filter.eligible !== null
  const { ids, total } = looksUp ? await lookedUp(db, list, when, lookup, filter, page) : await pageOfInstitutions(db, list, facts, filter, when.knownOn, page)
  const rows = new Map((await rowsOf<Raw & { id: number }>(db, sql`
    select i.id, ${columns} from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)}
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id where i.id = any(${arrayOf('int', ids)})`)).map((row) => [row.id, row]))
  const on = await lookup.on(evidenceCodes.code(when.evidence), ids, filter.drug)
  const tellsEligible = eligibilityTold(facts, when, filter.drug)
  return {
    rows: ids.map((id) => {
      const { state, eligible } = on.get(id)!
      return { ...institutionOf(rows.get(id)!), state: state === noState ? null : stateCodes.word(state), eligible: tellsEligible ? eligible : null }
    }),
    page: { offset: page.offset, limit: page.limit, total },
  }
}

/** Institutions whose state or eligibility is asked for: looked up batch after batch, no further than the page where counters say how many there are. */
async function lookedUp(db: Database, list: ListRow, when: When & { evidence: Evidence }, lookup: Lookup, filter: InstitutionFilter, page: InstitutionPage): Promise<{ ids: number[]; total: number }> {
  const tellsEligible = eligibilityTold(await factsFor(db, list), when, filter.drug)
  const states = filter.states && new Set(filter.states.map(stateCode))
  // "Not reported" is also every institution of which nobody ever said anything.
  const never = filter.states?.includes('not_reported') ?? false
  const [area, ...others] = filter.areas ?? []
  const counted = filter.eligible === null && !filter.search && !filter.box && filter.placed === null && others.length === 0 && isMaintained(list, when)
  const total = states && !never && counted && area?.level !== 'none'
    ? (await countedStates(db, list, when, area ?? null, [filter.drug ?? anyDrug])).reduce((sum, { counts, slots }) => sum + countIn(counts, slots, filter.kind && kindCodes.code(filter.kind), [...states]), 0) : null
  const candidates = never || states === null
    ? await institutionsIn(db, list, filter, when.knownOn, page.sort) : await institutionsSaidOf(db, list, filter, momentOf(list, when), filter.drug, page.sort)
  const ids: number[] = []
  let found = 0
  for (let at = 0; at < candidates.length; at += institutionsAtOnce) {
    if (total !== null && found >= Math.min(total, page.offset + page.limit)) break
    const some = candidates.slice(at, at + institutionsAtOnce)
    const on = await lookup.on(evidenceCodes.code(when.evidence), some, filter.drug)
    for (const id of some) {
      const own = on.get(id)
      if (!own || (states && !states.has(own.state) && !(never && own.state === noState))) continue
      if (filter.eligible !== null && (!tellsEligible || own.eligible !== filter.eligible)) continue
      if (found >= page.offset && ids.length < page.limit) ids.push(id)
      found += 1
    }
  }
  return { ids, total: total ?? found }
}

/** Not told is not "no": there is no answer where no eligibility is loaded, nor of a past knowledge. */
function eligibilityTold(facts: ListFacts, when: When, drug: number | null): boolean {
  return drug !== null && when.knownOn === null && facts.drugs.get(drug)?.eligibilityLoaded === true
}

/** True if a list's region set has an institution with a code. */
export async function hasInstitution(db: Database, list: ListRow, code: string): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 from institution where region_set_id = ${list.regionSetId} and code = ${code}`)).length > 0
}

/** One institution and what each kind of evidence says of each listed drug there, or null. */
export async function institutionByCode(db: Database, list: ListRow, code: string, asOf: Day): Promise<InstitutionAnswer | null> {
  const [row] = await rowsOf<Raw & { id: number }>(db, sql`
    select i.id, ${columns} from institution i
    join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.region_set_id = ${list.regionSetId} and i.code = ${code}`)
  if (!row) return null
  const facts = await factsFor(db, list)
  const [holding] = (await loadHoldings(db, list.id, [row.id], { from: beginning, to: -beginning })).values()
  const place = (await placesOf(db, list.regionSetId, [row.id], null)).get(row.id)!
  return { institution: institutionOf(row), asOf, drugs: [...facts.drugs.keys()].map((drug) => drugAt(facts, holding ?? emptyHolding(row.id), place, drug, dayNumber(asOf))) }
}

function drugAt(facts: ListFacts, holding: Holding, place: Place, drug: number, day: number): InstitutionAnswer['drugs'][number] {
  const { code, freshnessDays, eligibleWhenReported, eligibilityLoaded } = facts.drugs.get(drug)!
  const pair = holding.pairs.find((one) => one.drug === drug) ?? null
  const past = holding.past.filter((span) => span.drug === drug)
  const stateUnder = (lens: number) => stateOn(spansSince(pair, lens, past, beginning, freshnessDays, place), day)
  const word = (state: number) => (state === noState ? null : stateCodes.word(state))
  const standing = stateOn(standingsSince(pair, past, beginning, freshnessDays, place), day)
  return {
    drug: code, declared: word(stateUnder(declaredLens)), confirmed: word(stateUnder(confirmedLens)), supplied: stateUnder(suppliedLens) !== noState,
    standing: standing === noState ? null : standingCodes.word(standing),
    eligible: eligibilityLoaded ? spanOn(eligibleDays(holding.filed.get(drug) ?? [], eligibleWhenReported, pair?.firstNamed ?? null, place), day) !== null : null,
  }
}

function institutionOf(row: Raw): Institution {
  const { latitude, longitude, datum, kind, code, name, level, unit, place, city, address, telephone, dualChannel, openedOn, closedOn, qualifications } = row
  return {
    code, name, kind: kindCodes.word(kind), level, unit, place, city, cityName: row.cityName as Text | null, address,
    position: latitude === null || longitude === null ? null : { lat: latitude, lng: longitude, datum: datum ?? 'WGS84' },
    telephone, dualChannel, openedOn, closedOn, qualifications,
  }
}
