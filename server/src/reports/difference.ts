import { listFacts } from '@lastmile/db/coverage/list-facts'
import { institutionIds } from '@lastmile/db/load/institution-ids'
import type { ListRow } from '@lastmile/db/query/lists'
import { codesOfInstitutions, linesOfReport, namesOfInstitutions, pairLines } from '@lastmile/db/query/lines-of-report'
import { institutionsAmong } from '@lastmile/db/query/masters'
import { findReport, type ReportRow } from '@lastmile/db/query/reports'
import { reasonCodes, statusCodes } from '@lastmile/db/schema/codes'
import { dayOfNumber } from '@lastmile/shared/day'
import { differencesBetween, pairChanges, type DifferenceAnswer, type PairDifference, type PairLine } from '@lastmile/shared/difference'
import { everything } from '@lastmile/shared/purview'
import { LineReader } from '@lastmile/shared/report-lines'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { contextOf, readSubmission, scopeNamed } from './read-submission.js'
import { heldOf, resubmission } from './resubmission.js'
import { slotFor } from './submission.js'

/** Reports with more rows are not held against each other line by line here. */
const comparedRows = 500_000

/** Names and codes of what the rows speak of, by narrow ids. */
interface Words {
  institutions: ReadonlyMap<number, { code: string; name: string }>
  drugs: ReadonlyMap<number, string>
}

/**
 * What a report says otherwise than the version that it corrects (or, where it corrects none, than the report that it was
 * held against), a page of the pairs, and what that does to the totals. A report that waits has stored no line: its kept file
 * is read again, and what it would do is tried and given up.
 */
export async function differenceOf(services: Services, list: ListRow, report: ReportRow, page: { offset: number; limit: number }): Promise<DifferenceAnswer> {
  const { db } = services
  const against = await againstOf(services, list, report)
  const waits = heldOf(report) !== null
  const empty: DifferenceAnswer = { report: report.id, against: against && { report: against.id, version: against.version, asOf: against.asOf, isCorrected: report.corrects === against.id }, counts: null, effect: report.effect, hindrance: null, rows: [], page: { ...page, total: 0 } }
  if (report.rowsTotal > comparedRows || (against?.rowsTotal ?? 0) > comparedRows) return empty
  const tried = waits ? await trialOnce(services, list, report) : null
  const own = tried ? tried.lines : await linesOfReport(db, report.id_)
  const foretold = { effect: tried ? tried.effect : report.effect, hindrance: tried ? tried.hindrance : null }
  if (!against || own === null) return { ...empty, ...foretold }
  const { differences, unchanged } = differencesBetween(await linesOfReport(db, against.id_), own, report.evidence === 'supplied')
  const facts = await listFacts(db, list.id)
  const strangers = [...tried?.strangers ?? []].map(([id, { code }]) => [id, code] as const)
  const codes = new Map([...await codesOfInstitutions(db, differences.map((one) => one.institution).filter((id) => id >= 0)), ...strangers])
  const shown = inOrder(differences, codes, [...facts.drugs.keys()]).slice(page.offset, page.offset + page.limit)
  const names = await namesOfInstitutions(db, shown.map((one) => one.institution).filter((id) => id >= 0))
  const words: Words = { institutions: new Map([...names, ...(tried?.strangers ?? [])]), drugs: facts.drugCodes }
  const count = (change: PairDifference['change']) => differences.reduce((sum, one) => sum + (one.change === change ? 1 : 0), 0)
  return {
    ...empty, ...foretold, counts: { added: count('added'), changed: count('changed'), redated: count('redated'), dropped: count('dropped'), unchanged },
    rows: shown.map((one) => rowOf(one, words, report.evidence === 'supplied')), page: { ...page, total: differences.length },
  }
}

/** By how pairs stand, then by the institution's code, the drug as the list has it, and the day: ids follow the order in which institutions were met. */
function inOrder(differences: readonly PairDifference[], codes: ReadonlyMap<number, string>, drugs: readonly number[]): PairDifference[] {
  const institutions = new Map([...codes].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([id], place) => [id, place]))
  const places = new Map(drugs.map((id, place) => [id, place]))
  const keyOf = ({ change, institution, drug, before, after }: PairDifference) => [pairChanges.indexOf(change), institutions.get(institution) ?? 0, places.get(drug) ?? 0, (after ?? before!).day] as const
  return differences.map((one) => ({ one, key: keyOf(one) })).sort(({ key: a }, { key: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map(({ one }) => one)
}

/** The version that a report corrects, or else the one that it was held against when it came. */
async function againstOf({ db }: Services, list: ListRow, report: ReportRow): Promise<ReportRow | null> {
  const code = report.corrects ?? report.suspicions.find((one) => one.report !== null)?.report ?? null
  return code === null ? null : findReport(db, { listId: list.id, purview: everything, code })
}

/** What a waiting report says (null: its file cannot be read as it was), and what it would do to the totals if it counted now. Institutions that nobody knows yet have numbers below zero. */
interface Trial {
  lines: PairLine[] | null
  strangers: Map<number, { code: string; name: string }>
  effect: DifferenceAnswer['effect']
  hindrance: string | null
}

/** Trials of the last few reports, each at a version of its list: the pages of a difference are of one. */
const trials = new WeakMap<Services, Map<string, Promise<Trial>>>()
const triedAtMost = 4

function trialOnce(services: Services, list: ListRow, report: ReportRow): Promise<Trial> {
  const known = trials.get(services) ?? new Map<string, Promise<Trial>>()
  trials.set(services, known)
  const key = `${report.id} ${list.version}`
  let tried = known.get(key)
  if (!tried) {
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - triedAtMost + 1))) known.delete(oldest)
    known.set(key, (tried = trial(services, list, report)))
    tried.catch(() => known.delete(key))
  }
  return tried
}

async function trial(services: Services, list: ListRow, report: ReportRow): Promise<Trial> {
  const nothing: Trial = { lines: null, strangers: new Map(), effect: null, hindrance: null }
  try {
    const submission = await resubmission(services, list.code, report, null)
    const context = await contextOf(services, submission)
    const reading = await readSubmission(services, context)
    if (reading.outcome !== 'accept') return { ...nothing, hindrance: reading.outcome === 'rejected' || reading.shifted === null ? 'report.unreadable' : 'report.only_return' }
    const { lines, strangers } = await linesIn(services, list, reading)
    const scope = scopeNamed(context, reading)
    const slot = slotFor(context, scope, report.id)
    try {
      // The lines are handed over: they were looked at before.
      const stored = await services.storing.store({ context, scope, reading, suspicions: [], slot, code: report.id, isTrial: true }, () => {})
      return { lines, strangers, effect: 'again' in stored ? null : stored.effect, hindrance: null }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { lines, strangers, effect: null, hindrance: error.code }
    }
  } catch (error) {
    if (error instanceof Refusal) return { ...nothing, hindrance: error.code }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ...nothing, hindrance: 'report.file_gone' }
    throw error
  }
}

async function linesIn({ db }: Services, list: ListRow, { parts, providers }: AcceptedReading): Promise<{ lines: PairLine[]; strangers: Trial['strangers'] }> {
  const strangers: Trial['strangers'] = new Map()
  const codes = [...(await institutionsAmong(db, list.regionSetId, providers.map((one) => one.code)))]
  const ids = await institutionIds(db, list.regionSetId, codes)
  const byCode = new Map(codes.map((code, at) => [code, ids[at]!]))
  const idOf = (place: number): number => {
    const provider = providers[place]
    if (!provider) return place
    const id = byCode.get(provider.code)
    if (id === undefined) strangers.set(-1 - place, { code: provider.code, name: provider.name })
    return id ?? -1 - place
  }
  const reader = new LineReader()
  const lines = parts.flatMap((part) => Array.from(part.institutions, (institution, at) => pairLines(reader.open(part.bytes, at === 0 ? 0 : part.ends[at - 1]!, part.ends[at]!), idOf(institution))).flat())
  return { lines, strangers }
}

function rowOf({ institution, drug, change, before, after }: PairDifference, words: Words, isSupply: boolean): DifferenceAnswer['rows'][number] {
  const said = (one: PairLine | null) => one && {
    line: one.line, status: isSupply ? null : statusCodes.word(one.status), day: dayOfNumber(one.day), reason: one.reason === null ? null : reasonCodes.word(one.reason), leadDays: one.leadDays,
  }
  const { code, name } = words.institutions.get(institution) ?? { code: String(institution), name: '' }
  return { institution: code, institutionName: name, drug: words.drugs.get(drug) ?? String(drug), change, before: said(before), after: said(after) }
}
