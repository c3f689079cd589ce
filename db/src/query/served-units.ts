import { sql } from 'drizzle-orm'
import type { GapsAnswer, ServingCentre } from '@lastmile/shared/gap'
import { rowsOf, textArray } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { lookupFor } from './question.js'
import type { Judging } from './told-gaps.js'

/** Leaves out of gaps the units that an institution elsewhere serves while it stocks the drug, and tells of the rest, where one is named, that it does not. Answers those that were left out. */
export async function takeServed(judging: Judging): Promise<GapsAnswer['served']> {
  const { facts, gaps } = judging
  const named = new Map<number, Set<string>>()
  const centreOf = (at: number) => gaps.measures[gaps.measure[at]!]!.servedBy.get(facts.units[gaps.unit[at]!]!.code)
  for (let at = 0; at < gaps.length; at++) {
    const code = centreOf(at)
    if (code === undefined) continue
    const { drugId } = gaps.measures[gaps.measure[at]!]!.standard
    named.set(drugId, (named.get(drugId) ?? new Set()).add(code))
  }
  if (named.size === 0) return []
  const centres = new Map<number, Map<string, ServingCentre>>()
  for (const [drug, codes] of named) centres.set(drug, await centresOn(judging, drug, [...codes]))
  const served: GapsAnswer['served'] = []
  gaps.keep((at) => {
    const code = centreOf(at)
    if (code === undefined) return true
    const { standard } = gaps.measures[gaps.measure[at]!]!
    // A master that this question does not know yet, or no more, names no such institution: nothing is said of it.
    const centre = centres.get(standard.drugId)!.get(code) ?? { institution: code, name: code, unit: null, state: null }
    if (centre.state === 'in_stock') served.push({ drug: standard.drug, region: facts.units[gaps.unit[at]!]!.code, ...centre })
    else gaps.centre(at, centre)
    return centre.state !== 'in_stock'
  })
  return served
}

/** Some institutions by code, each with what is said of the drug there. */
async function centresOn({ db, list, when, facts }: Judging, drug: number, codes: readonly string[]): Promise<Map<string, ServingCentre>> {
  const rows = await rowsOf<{ id: number; code: string; name: string; unit: string | null }>(db, sql`
    select i.id, i.code, v.name, u.code as unit from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)} left join unit u on u.id = v.unit_id
    where i.region_set_id = ${list.regionSetId} and i.code = any(${textArray(codes)})`)
  const on = await lookupFor(db, list, facts, when).on(evidenceCodes.code(when.evidence), rows.map(({ id }) => id), drug)
  return new Map(rows.map(({ id, code, name, unit }) => {
    const pair = on.get(id)?.pairs[0]
    return [code, { institution: code, name, unit, state: pair ? stateCodes.word(pair.state) : null }]
  }))
}
