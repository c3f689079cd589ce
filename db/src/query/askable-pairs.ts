import { sql } from 'drizzle-orm'
import { ownerOf, type ContradictionSet } from '@lastmile/shared/contradiction'
import type { Purview } from '@lastmile/shared/purview'
import { rowsOf, textArray, type Database } from '../database.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { confirmedLens } from '../coverage/lens.js'
import { kindCodes } from '../schema/codes.js'
import { pairKey, type RequestsOfSets } from './confirmation-requests.js'
import { contradictedPairs } from './contradicted-pairs.js'
import { refutersOf, sourcesOf } from './contradictions.js'
import type { ListRow } from './lists.js'
import { lookupFor } from './question.js'

/** A pair whose source might be asked: what becomes of that, and, where it is `asked`, who. */
export interface AskablePair {
  drug: string
  institution: string
  became: 'asked' | 'open' | 'gone' | 'nobody'
  /** Code of the source. */
  source: string | null
  ids: { drug: number; institution: number; source: number } | null
}

/** Which of some pairs are in a set today and within a purview, and who can be asked about each that is. In the order in which they were named. `facts`: looked up before, since a transaction waits for nobody else's question. */
export async function askablePairs(db: Database, list: ListRow, facts: ListFacts, set: ContradictionSet, pairs: readonly { drug: string; institution: string }[], purview: Purview, requests: RequestsOfSets): Promise<AskablePair[]> {
  const places = new Map((await rowsOf<{ id: number; code: string; kind: number; unit: string | null; city: string | null }>(db, sql`
    select i.id, i.code, v.kind, u.code as unit, c.code as city from institution i join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.region_set_id = ${list.regionSetId} and i.code = any(${textArray([...new Set(pairs.map(({ institution }) => institution))])})`)).map((row) => [row.code, row]))
  const drugs = new Map([...facts.drugs].map(([id, { code, company }]) => [code, { id, company }]))
  const idsOf = ({ drug, institution }: { drug: string; institution: string }) => {
    const [own, place] = [drugs.get(drug), places.get(institution)]
    return own && place ? { drug: own.id, institution: place.id } : null
  }
  const wanted = pairs.map(idsOf).filter((one) => one !== null)
  const when = { evidence: 'supplied' as const, asOf: list.today, knownOn: null, since: null }
  const only = { institutions: [...new Set(wanted.map(({ institution }) => institution))], pairs: new Set(wanted.map(({ institution, drug }) => pairKey(institution, drug))) }
  const filter = { drug: null, area: null, institution: null, company: null, kind: null, asked: null, only }
  const found = await contradictedPairs({ db, list, facts, when, filter, purview, requests }, set)
  const inSet = new Set(found.drug.map((drug, at) => pairKey(found.institution[at]!, drug)))
  const sources = await sourcesOf(db, list)
  const sourceIds = new Map(sources.map(({ id, data }) => [data.code, id]))
  const refuters = set === 'refuted' ? await refutersOfPairs() : new Map<string, string | null>()
  return pairs.map((named): AskablePair => {
    const ids = idsOf(named)
    const gone: AskablePair = { drug: named.drug, institution: named.institution, became: 'gone', source: null, ids: null }
    if (ids === null) return gone
    const key = pairKey(ids.institution, ids.drug)
    if (!inSet.has(key)) return gone
    if (requests[set].get(key)?.state === 'open') return { ...gone, became: 'open' }
    const { kind, unit, city } = places.get(named.institution)!
    const owner = ownerOf(set, { drug: named.drug, company: drugs.get(named.drug)!.company, institution: named.institution, kind: kindCodes.word(kind), unit, city }, refuters.get(key) ?? null, sources.map(({ data }) => data))
    return owner === null ? { ...gone, became: 'nobody' } : { ...gone, became: 'asked', source: owner.source, ids: { ...ids, source: sourceIds.get(owner.source)! } }
  })

  /** Whose word of no holds of each pair. */
  async function refutersOfPairs(): Promise<Map<string, string | null>> {
    const on = await lookupFor(db, list, facts, { ...when, evidence: 'confirmed', since: null }).on(confirmedLens, only.institutions, null)
    const said = [...on].flatMap(([institution, { pairs: own }]) => own.map(({ drug, report }) => ({ key: pairKey(institution, drug), report }))).filter(({ key }) => inSet.has(key))
    const codes = await refutersOf(db, said.map(({ report }) => report))
    return new Map(said.map(({ key }, i) => [key, codes[i] ?? null]))
  }
}
