import type { CandidaciesAnswer, CandidaciesQuestion, CandidacyRow, EditionsAnswer, EligibilityRow } from '@lastmile/shared/candidacy'
import type { Day, Instant } from '@lastmile/shared/day'
import { courseStages } from '@lastmile/shared/drug-stage'
import { standingOn, standingStages } from '@lastmile/shared/drug-standing'
import { editionPhase, nextEdition, windowsEnding, type ListingEdition } from '@lastmile/shared/listing-edition'
import { eligibilityOf } from '@lastmile/shared/listing-eligibility'
import type { Purview } from '@lastmile/shared/purview'
import { stageContradictionsIn } from '@lastmile/shared/stage-contradiction'
import type { Database } from '../database.js'
import { candidaciesOf, editionsOf, plansNaming, type CandidacyRecord } from './candidacies.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'

/** As of which day, and known when. */
export interface ListingWhen {
  asOf: Day
  knownOn: Instant | null
}

/** Which candidacies are asked for. */
export type CandidacyFilter = Pick<CandidaciesQuestion, 'edition' | 'drug' | 'ofList' | 'stage' | 'search' | 'ends' | 'contradicted' | 'published' | 'madeUp'>

/** Candidacies that the asker may see, with where each stands, a page of them. They are some hundred: they are all looked at. */
export async function candidaciesAnswer(db: Database, list: ListRow, purview: Purview, when: ListingWhen, filter: CandidacyFilter, { offset, limit }: { offset: number; limit: number }): Promise<CandidaciesAnswer> {
  const [editions, records] = [await editionsOf(db, list, when.knownOn), await candidaciesOf(db, list, purview, when.knownOn)]
  const own = new Set(editions.filter((edition) => edition.list === list.code).map(({ code }) => code))
  const rows = records.map((record) => rowOf(record, editions, when.asOf)).filter((row) => isAsked(row, own, filter))
  return { basis: basisAt(list, when), rows: rows.slice(offset, offset + limit), page: { offset, limit, total: rows.length } }
}

/** Editions side by side: how many drugs stand where, which windows end next, and which drugs can be applied for to the next edition. */
export async function editionsAnswer(db: Database, list: ListRow, purview: Purview, when: ListingWhen): Promise<EditionsAnswer> {
  const [editions, records] = [await editionsOf(db, list, when.knownOn), await candidaciesOf(db, list, purview, when.knownOn)]
  const rows = records.map((record) => rowOf(record, editions, when.asOf))
  const next = nextEdition(editions, when.asOf)
  const plans = next === null ? new Map<string, number>() : await plansNaming(db, list, when.asOf, when.knownOn)
  return {
    basis: basisAt(list, when),
    editions: editions.map((edition) => {
      const all = rows.filter((row) => row.edition === edition.code)
      const own = all.filter(({ madeUp }) => !madeUp)
      const stages = standingStages.map((stage) => ({ stage, drugs: own.filter(({ standing }) => standing.stage === stage).length })).filter(({ drugs }) => drugs > 0)
      return { edition, phase: editionPhase(edition, when.asOf), drugs: own.length, madeUp: all.length - own.length, unpublished: own.filter(({ published }) => !published).length, contradicted: own.filter(({ contradictions }) => contradictions.length > 0).length, stages }
    }),
    ending: windowsEnding(rows.map(({ edition, madeUp, standing: { stage, endsOn } }) => ({ edition, madeUp, endsOn, temporary: stage === 'temporary_inclusion' })), when.asOf),
    next: next && { edition: next.code, rows: eligibilityRows(next, editions, rows, plans, when.asOf) },
  }
}

/** Whether drugs of a commercial edition can be applied for to the next one: each once, by what is known of it in the last of its editions. */
export function eligibilityRows(next: ListingEdition, editions: readonly ListingEdition[], rows: readonly CandidacyRow[], plans: ReadonlyMap<string, number>, asOf: Day): EligibilityRow[] {
  const commercial = new Set(editions.filter(({ kind }) => kind === 'commercial').map(({ code }) => code))
  const last = new Map(rows.filter(({ edition }) => commercial.has(edition)).map((row) => [row.substance, row]))
  return [...last.values()].map(({ substance, code, name, drug, company, madeUp, standing, launched, rareDisease, cover }) => {
    // Its listed drug may be that of an earlier edition.
    const listed = drug ?? rows.find((row) => row.substance === substance && row.drug !== null)?.drug ?? null
    const facts = { launched: launched?.on ?? null, rareDisease, cover: cover?.proved ?? null, plans: listed === null ? 0 : plans.get(listed) ?? 0 }
    return { substance, candidacy: code, name, drug: listed, company, madeUp, standing, launched: facts.launched, plans: facts.plans, eligibility: eligibilityOf(next.rules!, facts, asOf) }
  })
}

/** A candidacy with where it stands on a day, and what of it speaks against itself. `firstStocked`: the first day on which it is said to be in stock anywhere. */
export function rowOf({ data }: CandidacyRecord, editions: readonly ListingEdition[], asOf: Day, firstStocked: Day | null = null): CandidacyRow {
  const told = editions.find(({ code }) => code === data.edition)?.told ?? courseStages
  return { ...data, standing: standingOn(data.facts, asOf), contradictions: stageContradictionsIn(data.facts, told, firstStocked) }
}

/** On what an answer about editions rests. */
export function basisAt(list: ListRow, when: ListingWhen): CandidaciesAnswer['basis'] {
  return basisOf(list, { evidence: null, ...when, since: null })
}

/** `own`: the editions whose drugs the list watches. */
function isAsked(row: CandidacyRow, own: ReadonlySet<string>, { edition, drug, ofList, stage, search, ends, contradicted, published, madeUp }: CandidacyFilter): boolean {
  const text = search?.trim().toLowerCase() ?? ''
  return (edition === undefined || row.edition === edition) && (drug === undefined || row.drug === drug) && (ofList === undefined || own.has(row.edition) === (ofList === 'true')) && (stage === undefined || row.standing.stage === stage) && (ends === undefined || row.standing.endsOn === ends)
    && (contradicted === undefined || (row.contradictions.length > 0) === (contradicted === 'true')) && (published === undefined || row.published === (published === 'true')) && (madeUp === undefined || row.madeUp === (madeUp === 'true'))
    && (text === '' || [row.name.zh, row.name.en, row.code, row.drug ?? '', row.substance, row.categoryCode ?? '', row.companyName?.zh ?? '', row.companyName?.en ?? ''].some((one) => one.toLowerCase().includes(text)))
}
