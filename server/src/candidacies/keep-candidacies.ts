import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { candidaciesOf, findCandidacy } from '@lastmile/db/query/candidacies'
import { companiesOf } from '@lastmile/db/query/drugs'
import { aboutOf, beginCandidacy, CandidacyCalledSo, CandidacyThere, changeCandidacy, editionId, OtherCandidacy, type CandidacyContent, type CandidacyKeeping, type CandidacyKept } from '@lastmile/db/query/keep-candidacy'
import type { ListRow } from '@lastmile/db/query/lists'
import { companyStages, type Candidacy, type CandidacyChange, type NewCandidacy } from '@lastmile/shared/candidacy'
import type { DrugStage, StageFact, StageSaid, StageSpeaker } from '@lastmile/shared/drug-stage'
import type { Purview } from '@lastmile/shared/purview'
import { eventOf } from '../audit/event-of.js'
import { doingHere } from '../cases/doing.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { candidacyMessages } from './candidacy-messages.js'

/** Who keeps candidacies of a list: the regulator all, a company its own. */
export interface Keeper {
  list: ListRow
  purview: Purview
}

/** A candidacy as it is named by who changes it. */
export interface NamedCandidacy {
  code: string
  /** The version that he saw. */
  version: number
}

/** Stages that may be stated before their day: what was announced. */
const announced: readonly DrugStage[] = ['in_force', 'renewed', 'transferred', 'removed', 'temporary_inclusion']

/**
 * Begins a candidacy, with the first stage that is known of it. A company's is its own, of a drug that is new or has one of its own.
 * @throws Refusal 422 for an edition, company or substance that is not there, 409 if the drug has one in that edition or (where no substance is named) its company one of that name, 403 for a stage that is not the asker's to state
 */
export async function newCandidacy(services: Services, c: Context, { list, purview }: Keeper, { edition, substance, company, stage, ...change }: NewCandidacy): Promise<Candidacy> {
  const { db } = services
  // Another company is told of as one that there is not, as everywhere, and never taken for the asker's own.
  if (purview.of === 'company' && company !== null && company !== purview.company) throw notThere('company', company)
  const owner = purview.of === 'company' ? purview.company : company
  if ((await editionId(db, list, edition)) === null) throw notThere('edition', edition)
  if (owner !== null && !(await companiesOf(db, list.id)).some(({ code }) => code === owner)) throw notThere('company', owner)
  const same = substance === null ? [] : (await candidaciesOf(db, list, purview, null)).filter(({ data, isOwn }) => isOwn && data.substance === substance)
  if (substance !== null && same.length === 0) throw notThere('substance', substance)
  if (same.some(({ data, isFiled }) => data.edition === edition && (isFiled || data.facts.length > 0))) throw inEditionAlready()
  const code = `c-${randomBytes(6).toString('hex')}`
  const by = speakerOf(purview)
  mayState(list, by, stage, 'stage.')
  const content = { about: described(change, by), facts: [{ no: 1, ...stage, by, at: services.clock.now() }] }
  const event: CandidacyKeeping['event'] = (_, after) => eventOf(c, { action: 'candidacy.create', outcome: 'done', list: list.code, object: code, after: noted(after!) })
  return told(services, list, await beginCandidacy(db, list, { code, edition, substance: substance ?? code, company: owner, ...content }, keepingNow(services, c, list, by, event)).catch((error: unknown) => refused(error, purview)))
}

/** Says otherwise of the drug of a candidacy. @throws Refusal 404 if it is none of the asker's, 412 if it was changed since */
export async function changedCandidacy(services: Services, c: Context, keeper: Keeper, named: NamedCandidacy, change: CandidacyChange): Promise<Candidacy> {
  const by = speakerOf(keeper.purview)
  return changed(services, c, keeper, named, 'candidacy.change', ({ facts, cover }) => {
    const about = described(change, by)
    // What is said again stays on the word of who said it.
    const same = about.cover !== null && cover !== null && about.cover.proved === cover.proved && about.cover.source.zh === cover.source.zh && about.cover.source.en === cover.source.en
    return { about: same ? { ...about, cover } : about, facts }
  })
}

/** States a stage of a candidacy. @throws Refusal 404, 412 as above, 403 for a stage that is not the asker's to state, 409 for the first of one that says nothing where the drug has another there by now */
export async function statedStage(services: Services, c: Context, keeper: Keeper, named: NamedCandidacy, said: StageSaid): Promise<Candidacy> {
  const by = speakerOf(keeper.purview)
  return changed(services, c, keeper, named, 'candidacy.stage', (before) => {
    mayState(keeper.list, by, said)
    const no = before.facts.reduce((most, fact) => Math.max(most, fact.no), 0) + 1
    return { about: aboutOf(before), facts: [...before.facts, { no, ...said, by, at: services.clock.now() }] }
  })
}

/** Says a stage otherwise that was stated, or (null) takes it back. @throws Refusal as above, 409 for a stage that the files of the edition state */
export async function restatedStage(services: Services, c: Context, keeper: Keeper, named: NamedCandidacy, no: number, said: StageSaid | null): Promise<Candidacy> {
  const by = speakerOf(keeper.purview)
  return changed(services, c, keeper, named, 'candidacy.stage', (before) => {
    const fact = before.facts.find((one) => one.no === no)
    if (!fact) throw notFound('stage', String(no))
    if (fact.by === 'edition') throw new Refusal(409, 'candidacy.filed', 'This stage is stated by the reviewed files of the edition. Change it there, and load the edition again; or state another stage beside it.')
    if (by === 'company' && fact.by !== 'company') throw new Refusal(403, 'candidacy.regulators', 'This stage was stated by the regulator: ask it to change it, or state another beside it.')
    if (said === null) return { about: aboutOf(before), facts: before.facts.filter((one) => one.no !== no) }
    mayState(keeper.list, by, said)
    const { no: _, by: __, at: ___, ...was } = fact
    const isSame = JSON.stringify(was) === JSON.stringify({ ...was, ...said })
    return { about: aboutOf(before), facts: isSame ? before.facts : before.facts.map((one) => (one.no === no ? { no, ...said, by, at: services.clock.now() } : one)) }
  })
}

async function changed(services: Services, c: Context, { list, purview }: Keeper, named: NamedCandidacy, action: 'candidacy.change' | 'candidacy.stage', change: (before: Candidacy) => CandidacyContent): Promise<Candidacy> {
  // Before anything else is looked at: another's is answered as what there is not, whatever is said of it.
  if (!(await findCandidacy(services.db, list, purview, named.code))?.isOwn) throw notFound('candidacy', named.code)
  const event: CandidacyKeeping['event'] = (before, after) => eventOf(c, { action, outcome: 'done', list: list.code, object: named.code, ...difference(before!, after!) })
  const kept = await changeCandidacy(services.db, list, { purview, ...named }, change, keepingNow(services, c, list, speakerOf(purview), event)).catch((error: unknown) => refused(error, purview))
  if (!kept) throw notFound('candidacy', named.code)
  return told(services, list, kept)
}

/** After the commit: the audit remembers it, and who looks at the list hears of it, if it is everybody's to see. */
function told(services: Services, list: ListRow, { candidacy, listVersion, isPublic }: CandidacyKept): Candidacy {
  if (listVersion !== null) {
    services.audit.appended()
    listChanged(services, { list: list.code, version: listVersion, report: isPublic ? '' : null })
  }
  return candidacy
}

function keepingNow(services: Services, c: Context, list: ListRow, by: StageSpeaker, event: CandidacyKeeping['event']): CandidacyKeeping {
  const doing = doingHere(services, c)
  return { at: doing.at, by: c.get('actor').id, event, messages: (before, after) => candidacyMessages(list, by, doing, before, after) }
}

function speakerOf(purview: Purview): StageSpeaker {
  return purview.of === 'company' ? 'company' : 'operator'
}

/** @throws Refusal 403 for a stage that a company does not state, 422 for a day to come of what was not announced */
function mayState(list: ListRow, by: StageSpeaker, { stage, on, evidence }: StageSaid, at = ''): void {
  if (by === 'company' && !companyStages.includes(stage)) throw notHis(stage)
  const day = on !== null && on > list.today && !announced.includes(stage) ? 'on' : evidence.day !== null && evidence.day > list.today ? 'evidence.day' : null
  if (day !== null) throw new Refusal(422, 'candidacy.future', `${at}${day}: the list's today is ${list.today}; what is to come has not happened yet.`, { field: `${at}${day}` })
}

function notHis(stage: DrugStage): Refusal {
  return new Refusal(403, 'candidacy.stage', `A company states of its own drugs that it applied or withdrew (${companyStages.join(', ')}); ${stage} is the regulator's to state.`)
}

function inEditionAlready(): Refusal {
  return new Refusal(409, 'candidacy.exists', 'edition: this drug stands in that edition already. State its next stage there.', { field: 'edition' })
}

function calledSoAlready(code: string): Refusal {
  return new Refusal(409, 'candidacy.same_name', `name: a drug of this name stands in that edition already, as ${code}. State its next stage there; another drug needs a name of its own.`, { field: 'name' })
}

function notHisToBegin(): Refusal {
  return new Refusal(409, 'candidacy.not_yours', 'edition: this drug is not begun in that edition by you. Ask the regulator, who keeps the edition.', { field: 'edition' })
}

function notThere(what: 'edition' | 'company' | 'substance', code: string): Refusal {
  return new Refusal(422, `${what}.not_found`, `${what}: there is no ${what} "${code.slice(0, 80)}" here.`, { field: what })
}

function described({ cover, ...change }: CandidacyChange, by: StageSpeaker): CandidacyContent['about'] {
  return { ...change, cover: cover && { ...cover, by } }
}

function refused(error: unknown, purview: Purview): never {
  // Of another's a company is not told that it is there. Its own may have been begun since it was looked for, by the regulator or by another of its accounts.
  if (error instanceof CandidacyThere) throw purview.of === 'company' && error.company !== purview.company ? notHisToBegin() : inEditionAlready()
  if (error instanceof CandidacyCalledSo) throw calledSoAlready(error.code)
  if (error instanceof OtherCandidacy) throw new Refusal(412, 'candidacy.version', `It was changed since: it is at version ${error.version}. Look at it, and say again what is to be changed.`, { version: error.version })
  throw error
}

/** What is noted of a candidacy: all that is said of it. */
function noted({ companyName: _, knownFrom: __, knownTo: ___, ...said }: Candidacy): Record<string, unknown> {
  return said
}

/** What a change changed: the version, and of the rest what is not the same; of stages, those that are not. */
function difference(before: Candidacy, after: Candidacy): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const lacking = (facts: readonly StageFact[], others: readonly StageFact[]) => facts.filter((fact) => !others.some((one) => JSON.stringify(one) === JSON.stringify(fact)))
  const [was, is] = [{ ...noted(before), facts: lacking(before.facts, after.facts) }, { ...noted(after), facts: lacking(after.facts, before.facts) }]
  const names = (Object.keys(is) as (keyof typeof is)[]).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
  const only = (said: typeof is) => Object.fromEntries(names.map((field) => [field, said[field]]))
  return { before: only(was), after: only(is) }
}
