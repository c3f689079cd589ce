import { verifyCoverage, type Discrepancy } from '@lastmile/db/coverage/verify'
import { findArea, type Area } from '@lastmile/db/query/area'
import { clustersOf } from '@lastmile/db/query/clusters'
import { changesOf } from '@lastmile/db/query/changes'
import type { ContradictionFilter } from '@lastmile/db/query/contradicted-pairs'
import { contradictionsOf, type ContradictionPage } from '@lastmile/db/query/contradictions'
import { coverageOf, standingsOf } from '@lastmile/db/query/coverage'
import { findDrug, drugDetail } from '@lastmile/db/query/drugs'
import type { GapPage } from '@lastmile/db/query/gap-page'
import { gapHistoryOf } from '@lastmile/db/query/gap-history'
import { gapsOf, judgeGaps } from '@lastmile/db/query/gaps'
import { headlineOf } from '@lastmile/db/query/headline'
import { institutionsOf } from '@lastmile/db/query/institutions'
import { measuresOn } from '@lastmile/db/query/measures'
import { sourcesOf } from '@lastmile/db/query/sources'
import { statementsOf } from '@lastmile/db/query/statements'
import { trendOf } from '@lastmile/db/query/trend'
import { boxOf } from '@lastmile/shared/box'
import { ClustersAnswer, type ClusterMark } from '@lastmile/shared/cluster'
import { ChangesAnswer, type Cause } from '@lastmile/shared/changes'
import { ContradictionsAnswer, type ContradictionSet } from '@lastmile/shared/contradiction'
import { CoverageAnswer, unpackCoverage, HeadlineAnswer, StandingsAnswer, TrendAnswer } from '@lastmile/shared/coverage'
import { DrugAnswer } from '@lastmile/shared/drug-answer'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { everything } from '@lastmile/shared/purview'
import { GapsAnswer } from '@lastmile/shared/gap'
import { GapHistoryAnswer } from '@lastmile/shared/gap-episode'
import { InstitutionsAnswer } from '@lastmile/shared/institution'
import { SourcesAnswer } from '@lastmile/shared/report'
import { states, type State } from '@lastmile/shared/state'
import { StatementsAnswer } from '@lastmile/shared/statement'
import { instantOf, type World } from './given.js'

/** What every question may say. Unless stated: declared, as of the list's today, as known now, everywhere, of all drugs. */
export interface Question {
  evidence?: Evidence
  asOf?: Day
  knownOn?: Day | Instant
  since?: Day
  region?: string
  drug?: string
}

/** What a regulator sees of rows. */
export const seesEverything = { details: everything, reports: everything }

/*
 * Questions to a world through the queries that answer the API. Every answer is parsed strictly: a column too many, or
 * a figure that is no number, fails here.
 */

export async function headline(world: World, question: Question = {}) {
  const { db, list, when, area } = await asked(world, question)
  return HeadlineAnswer.parse(await headlineOf(db, list, when, area))
}

export async function coverage(world: World, question: Question & { by?: 'province' | 'city' } = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  return unpackCoverage(CoverageAnswer.parse(await coverageOf(db, list, when, { by: question.by ?? 'province', area, drug: drug?.id ?? null })))
}

/** The cell of one drug in one region; undefined if nothing was ever said. */
export async function cell(world: World, drug: string, region: string, question: Question & { by?: 'province' | 'city' } = {}) {
  return (await coverage(world, { ...question, drug })).cells.find((one) => one.region === region)
}

/** The total of one drug over the whole country. */
export async function total(world: World, drug: string, question: Question = {}) {
  return (await coverage(world, { ...question, drug })).totals[0]!
}

export async function standings(world: World, question: Question & { by?: 'province' | 'city' } = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  return StandingsAnswer.parse(await standingsOf(db, list, when, { by: question.by ?? 'province', area, drug: drug?.id ?? null }))
}

export async function statements(world: World, question: Question & { institution?: string; report?: string } = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  const filter = { drug: drug?.id ?? null, area, institution: question.institution ?? null, kind: null, states: null, report: question.report ?? null, line: null }
  return StatementsAnswer.parse(await statementsOf(db, list, when, filter, { offset: 0, limit: 500, sort: null }, seesEverything)).rows
}

/** The state of one pair, or null where nobody ever said anything. */
export async function state(world: World, institution: string, drug: string, question: Question = {}) {
  return (await statements(world, { ...question, institution, drug }))[0]?.state ?? null
}

/** The marks of a view, `box` as west,south,east,north. */
export async function clusters(world: World, question: Question & { box: string; zoom: number; states?: State[] }) {
  const { db, list, when, drug } = await asked(world, question)
  return ClustersAnswer.parse(await clustersOf(db, list, when, { box: boxOf(question.box), zoom: question.zoom, drug: drug?.id ?? null, states: question.states ?? null }))
}

/** The codes of the institutions that a mark opens: those of its regions or its box, in one of its states. */
export async function openedBy(world: World, mark: ClusterMark, question: Question) {
  const { db, list, when, drug } = await asked(world, question)
  const areas = mark.regions && await Promise.all(mark.regions.map(async (one) => (await findArea(db, list.regionSetId, one.code))!))
  const filter = { search: null, areas, box: mark.bbox === null ? null : boxOf(mark.bbox), placed: null, kind: null, drug: drug?.id ?? null, states: states.filter((one) => mark.states[one] > 0), eligible: null }
  return InstitutionsAnswer.parse(await institutionsOf(db, list, when, filter, { offset: 0, limit: 500, sort: null })).rows.map((row) => row.code)
}

export async function changes(world: World, question: Question & { from: Day; to?: Day; knownFrom?: Day | Instant; knownTo?: Day | Instant }) {
  const { db, list, when, area, drug } = await asked(world, question)
  const { from, to, knownFrom, knownTo } = question
  const known = (moment: Day | Instant | undefined) => (moment === undefined ? null : instantOf(moment))
  return ChangesAnswer.parse(await changesOf(db, list, when.evidence, { from, to: to ?? list.today, knownFrom: known(knownFrom), knownTo: known(knownTo), drug: drug?.id ?? null, area }))
}

/** What can be asked of contradictions beside the usual: any filter, page and order. */
export type ContradictionsAsked = Omit<Question, 'evidence'> & Partial<Omit<ContradictionFilter, 'area' | 'drug'>> & Partial<ContradictionPage>

export async function contradictions(world: World, set: ContradictionSet, { asOf, knownOn, since, region, drug: code, offset = 0, limit = 500, sort = null, ...filter }: ContradictionsAsked = {}) {
  const { db, list, when, area, drug } = await asked(world, { ...(asOf && { asOf }), ...(knownOn && { knownOn }), ...(since && { since }), ...(region && { region }), ...(code && { drug: code }) })
  const sees = { ...seesEverything, pairs: everything, sources: everything }
  const all = { drug: drug?.id ?? null, area, institution: null, company: null, kind: null, asked: null }
  return ContradictionsAnswer.parse(await contradictionsOf(db, list, { ...when, evidence: 'supplied' }, set, { ...all, ...filter }, { offset, limit, sort }, sees))
}

/** A bridge in short: `965 +2 new_statement −1 lapse = 966`. */
export function bridge({ before, after, entered, left }: { before: number; after: number; entered: { cause: Cause; count: number }[]; left: { cause: Cause; count: number }[] }): string {
  return [before, ...entered.map(({ cause, count }) => `+${count} ${cause}`), ...left.map(({ cause, count }) => `-${count} ${cause}`), '=', after].join(' ')
}

export async function gaps(world: World, question: Question & Partial<GapPage> = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  return GapsAnswer.parse(await gapsOf(db, list, when, { drug: drug?.id ?? null, company: null, area }, { reason: question.reason ?? null, class: question.class ?? null, actor: question.actor ?? null, sort: question.sort ?? null, offset: question.offset ?? 0, limit: question.limit ?? 500 }))
}

/** Of which units a day's judge says what, as {@link gaps} does, without looking at other days. */
export async function judgement(world: World, question: Question = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  const { gaps: found, ...judged } = await judgeGaps(db, list, when, await measuresOn(db, list, when), { drug: drug?.id ?? null, area })
  return { ...judged, gaps: Array.from({ length: found.length }, (_, at) => found.at(at)) }
}

export async function gapHistory(world: World, question: Question & { drug: string }) {
  const { db, list, when, area, drug } = await asked(world, question)
  return GapHistoryAnswer.parse(await gapHistoryOf(db, list, when, { id: drug!.id, code: drug!.data.code, company: drug!.data.company }, area?.level === 'unit' ? area : null))
}

export async function trend(world: World, question: Question & { from?: Day; to?: Day } = {}) {
  const { db, list, when, area, drug } = await asked(world, question)
  return TrendAnswer.parse(await trendOf(db, list, when.evidence, { drug: drug && { id: drug.id, code: drug.data.code }, area, from: question.from ?? list.inForce, to: question.to ?? list.today }))
}

export async function drugPage(world: World, code: string, asOf?: Day) {
  const { db, list, drug } = await asked(world, { drug: code })
  return DrugAnswer.parse(await drugDetail(db, list, drug!, asOf ?? list.today))
}

export async function sources(world: World, asOf?: Day) {
  const list = await world.list()
  return SourcesAnswer.parse(await sourcesOf(world.services.db, list, asOf ?? list.today, everything)).sources
}

/** What is maintained and is not what the statements say: nothing. */
export async function discrepancies(world: World): Promise<Discrepancy[]> {
  return verifyCoverage(world.services.db, (await world.list()).id)
}

async function asked(world: World, question: Question) {
  const { db } = world.services
  const list = await world.list()
  const area: Area | null = question.region === undefined ? null : await findArea(db, list.regionSetId, question.region)
  const drug = question.drug === undefined ? null : await findDrug(db, list.id, question.drug)
  if ((question.region && !area) || (question.drug && !drug)) throw new Error(`no such region or drug: ${JSON.stringify(question)}`)
  const when = {
    evidence: question.evidence ?? ('declared' as const), asOf: question.asOf ?? list.today, knownOn: question.knownOn === undefined ? null : instantOf(question.knownOn), since: question.since ?? null,
  }
  return { db, list, when, area, drug }
}
