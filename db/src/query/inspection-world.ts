import { unpackCoverage, type Coverage, type HeadlineAnswer } from '@lastmile/shared/coverage'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { GapsAnswer } from '@lastmile/shared/gap'
import { rowsOfSheet } from '@lastmile/shared/inspection'
import type { Database } from '../database.js'
import { unitAreas, type UnitArea } from './area.js'
import { coverageFrom } from './coverage.js'
import { drugsOf, type DrugRow } from './drugs.js'
import type { HistoriesOf } from './gap-ages.js'
import { gapsFrom } from './gaps.js'
import { headlineFrom } from './headline.js'
import type { ListRow } from './lists.js'
import { countedFor, historiesFor, isMaintained, type When } from './question.js'

/** Of which gaps: of a drug, a company, or a unit. */
export interface GapsOf { drug?: DrugRow; company?: string; unit?: UnitArea }

/**
 * What sheets are made of: the answers of the questions that pages ask, of counts that are read once for them all. Each is
 * asked once, however many sheets need it: who is a province's peer is a province with a sheet of its own.
 */
export interface InspectionWorld {
  db: Database
  list: ListRow
  when: When & { evidence: Evidence }
  /** In list order. */
  drugs: readonly DrugRow[]
  units: readonly UnitArea[]
  headline(evidence: Evidence, unit: UnitArea | null): Promise<HeadlineAnswer>
  coverage(evidence: Evidence): Promise<Coverage>
  gaps(of: GapsOf): Promise<GapsAnswer>
  /** How many there are: no look at other days. */
  gapsTotal(of: GapsOf): Promise<number>
}

/** Makes ready what is asked of sheets. `only`: no other drug's coverage will be asked for. */
export async function inspectionWorld(db: Database, list: ListRow, when: When & { evidence: Evidence }, only: string | null): Promise<InspectionWorld> {
  const [at, drugs, units] = await Promise.all([countedFor(db, list, when, [...evidences, 'standing', 'eligible']), drugsOf(db, list.id), unitAreas(db, list.regionSetId)])
  const onlyId = drugs.find(({ data }) => data.code === only)?.id ?? null
  const known = new Map<string, Promise<unknown>>()
  const once = <Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    let answer = known.get(key) as Promise<Answer> | undefined
    if (!answer) known.set(key, (answer = ask()))
    return answer
  }
  // Supplies since another day are asked for under their own kind alone.
  const under = (evidence: Evidence) => ({ ...when, evidence, since: evidence === when.evidence ? when.since : null })
  // What is not maintained is computed once, of all drugs: it reads all that was ever said.
  const histories: HistoriesOf = () => once('histories', () => historiesFor(db, list, at.facts, when, 0, drugs.map(({ id }) => id)))
  const counts = isMaintained(list, when) ? at : { ...at, histories }
  const gapsWith = ({ drug, company, unit }: GapsOf, limit: number) => gapsFrom(db, list, when, { drug: drug?.id ?? null, company: company ?? null, area: unit ?? null }, { reason: null, class: null, actor: null, sort: null, offset: 0, limit }, counts)
  const keyOf = ({ drug, company, unit }: GapsOf) => `${drug?.id ?? ''} ${company ?? ''} ${unit?.code ?? ''}`
  return {
    db, list, when, drugs, units,
    headline: (evidence, unit) => once(`headline ${evidence} ${unit?.code ?? ''}`, () => headlineFrom(db, list, under(evidence), unit, at)),
    coverage: (evidence) => once(`coverage ${evidence}`, async () => unpackCoverage(await coverageFrom(db, list, under(evidence), { by: 'province', area: null, drug: onlyId }, at))),
    gaps: (of) => once(`gaps ${keyOf(of)}`, () => gapsWith(of, rowsOfSheet)),
    gapsTotal: (of) => once(`gaps in all ${keyOf(of)}`, async () => (await gapsWith(of, 0)).page.total),
  }
}
