import { dayNumber } from '@lastmile/shared/day'
import { noTotals, pairSetsOf, type DropOffAnswer, type PairRow, type PairSet } from '@lastmile/shared/drop-off'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { Database } from '../database.js'
import type { Area } from './area.js'
import { companyPairs, drugsOfCompany, namedInstitutions } from './company-pairs.js'
import { sidesOf } from './contradictions.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, momentOf, type When } from './question.js'
import type { Sight } from './statement-rows.js'

/** Which pairs: of one drug (its narrow id) or of all of the company's, in one area or everywhere; and which set's rows, a page of them. */
export interface DropOffAsked {
  company: string
  drug: number | null
  area: Area | null
  set: PairSet
  page: { offset: number; limit: number }
}

/** Where a company's drugs drop off on a day: how many pairs are in each set, all found in one look at every pair, and a page of the rows of one, by unit, institution and drug. */
export async function dropOffOf(db: Database, list: ListRow, when: When & { evidence: 'supplied' }, { company, drug, area, set, page }: DropOffAsked, sees: Sight): Promise<DropOffAnswer> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company).filter((id) => drug === null || id === drug)
  const institutions = drugs.length === 0 ? [] : await institutionsSaidOf(db, list, { areas: area && [area], kind: null }, momentOf(list, when), drugs, null)
  const day = dayNumber(when.asOf)
  const totals = noTotals()
  const byDrug = new Map(drugs.map((id) => [id, noTotals()]))
  const found: { institution: number[]; drug: number[] } = { institution: [], drug: [] }
  for await (const batch of companyPairs(db, list, facts, when, drugs, institutions)) {
    const seen = new Map<PairSet, number>()
    for (const pair of batch) {
      for (const one of pairSetsOf(pair, day)) {
        totals[one].pairs += 1
        byDrug.get(pair.drug)![one].pairs += 1
        // The pairs of an institution follow each other.
        if (seen.get(one) !== pair.institution) totals[one].institutions += 1
        seen.set(one, pair.institution)
        if (one !== set) continue
        found.institution.push(pair.institution)
        found.drug.push(pair.drug)
      }
    }
  }
  const shown = [...found.drug.keys()].slice(page.offset, page.offset + page.limit)
  const ids = [...new Set(shown.map((at) => found.institution[at]!))]
  const [names, { sides }] = [await namedInstitutions(db, ids, when.knownOn), await sidesOf({ db, list, facts, when }, found, shown, ids, sees)]
  const rows = shown.map((at): PairRow => {
    const [named, code] = [names.get(found.institution[at]!)!, facts.drugs.get(found.drug[at]!)!.code]
    const side = (evidence: Evidence) => sides.get(`${evidence} ${named.institution} ${code}`) ?? null
    const [declared, confirmed, supplied] = evidences.map(side) as [PairRow['declared'], PairRow['confirmed'], PairRow['supplied']]
    return { drug: code, ...named, declared, confirmed, supplied }
  })
  return {
    basis: { ...basisOf(list, when), evidence: null }, company, set, totals,
    byDrug: drugs.map((id) => ({ drug: facts.drugs.get(id)!.code, totals: Object.fromEntries(Object.entries(byDrug.get(id)!).map(([one, { pairs }]) => [one, pairs])) as DropOffAnswer['byDrug'][number]['totals'] })),
    rows, page: { ...page, total: found.drug.length },
  }
}
