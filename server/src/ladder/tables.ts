import type { LadderAnswer, LadderFactsAnswer, LaddersAnswer, LaddersQuestion } from '@lastmile/shared/ladder-answer'
import type { LadderFact, FactOffice } from '@lastmile/shared/ladder-fact'
import { rungs } from '@lastmile/shared/rung'
import { ladderContradictionWords, rungWords } from '@lastmile/shared/rung-words'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'
import { factColumns, keptColumns } from './fact-columns.js'

const meaning: [string, string][] = [
  ['not_known 未知', 'nobody says, which is not "no" 暂无信息，不等于否'],
  ['unconfirmed 未确认', 'entered by a company and not confirmed by the province, or declared alone 企业填报、省级尚未确认，或仅有企业申报'],
]

const highestMeans: [string, string] = ['highest', 'the highest rung that is reached, whatever is missing or not known below it 已走到的最远一步，其下各环节可能未具备或未知']

/** Ladders, a row each: of each rung its state, since when, and on whose word. */
export function laddersTable({ basis, ladders }: LaddersAnswer, { drug, unit, company }: Pick<LaddersQuestion, 'drug' | 'unit' | 'company'>): ExportTable {
  return {
    name: `ladders-${basis.list}-${basis.asOf}`,
    columns: ['drug', 'unit', ...rungs.flatMap((rung) => [rung, `${rung}_since`, `${rung}_word`]), 'highest', 'up_to', 'confirmed_up_to', 'first_missing', 'first_unknown', 'contradictions'],
    rows: ladders.map((one) => [
      one.drug, one.unit, ...one.rungs.flatMap(({ state, since, standing }) => [state, since, standing]), one.reach.highest, one.reach.upTo, one.reach.confirmedUpTo, one.reach.firstMissing, one.reach.firstUnknown, one.contradictions.join(' ') || null,
    ]),
    notes: [...basisNotes(basis), ...limitNotes({ drug, region: unit, company }), ...meaning, highestMeans, ...rungs.map((rung): [string, string] => [rung, `${rungWords[rung].name.zh} ${rungWords[rung].name.en}`])],
  }
}

/** One ladder: a row a rung, with what the fact says by which it stands, and who entered and who confirmed it; then a row for each plan that is sold there. */
export function ladderTable({ basis, drug, unit, rungs: all, reach, contradictions, facts, plans }: LadderAnswer): ExportTable {
  return {
    name: `ladder-${drug}-${unit}-${basis.asOf}`,
    columns: [...rungColumns, ...stoodByColumns, ...planColumns],
    rows: [...all.map((one): TableRow => {
      const fact = facts.find(({ code }) => code === one.fact)
      return [
        one.rung, rungWords[one.rung].name.zh, rungWords[one.rung].name.en, one.state, one.since, one.since === null ? null : yesNo(one.exact), one.until, one.standing, yesNo(one.required), one.institutions, one.evidence, one.fact,
        ...(fact ? stoodByCells(fact) : stoodByColumns.map(() => null)), ...planColumns.map(() => null),
      ]
    }), ...plans.map(({ code, name, names, pays }): TableRow => [
      'guide_listed', rungWords.guide_listed.name.zh, rungWords.guide_listed.name.en, ...rungColumns.slice(3).map(() => null), ...stoodByColumns.map(() => null), code, name.zh, name.en, yesNo(names), pays?.zh ?? null, pays?.en ?? null,
    ])],
    notes: [
      ...basisNotes(basis), ...limitNotes({ drug, region: unit }), ...meaning, ['up to 至', reach.upTo ?? 'none 无'], ['confirmed up to 经确认至', reach.confirmedUpTo ?? 'none 无'], ['first missing 首个未具备', reach.firstMissing ?? 'none 无'], ['first unknown 首个未知', reach.firstUnknown ?? 'none 无'], ['highest 已走到的最远一步', reach.highest ?? 'none 无'],
      ...contradictions.map(({ kind, days }): [string, string] => ['contradiction 矛盾', [ladderContradictionWords[kind].zh, ladderContradictionWords[kind].en].map((text) => text.replace('{{a}}', days[0] ?? '—').replace('{{b}}', days[1] ?? '—')).join(' ')]),
    ],
  }
}

const rungColumns = ['rung', 'name_zh', 'name_en', 'state', 'since', 'exact', 'until', 'word', 'required', 'institutions', 'evidence', 'fact']
const stoodByColumns = ['source_zh', 'source_en', 'document', 'dated', 'rule_zh', 'rule_en', 'review_path_zh', 'review_path_en', 'cases_applied', 'cases_approved', 'entered_by', 'confirmed_by', 'confirmed_at']
const planColumns = ['plan', 'plan_zh', 'plan_en', 'plan_names', 'plan_pays_zh', 'plan_pays_en']

function stoodByCells({ source, detail: { rule, reviewPath, casesApplied, casesApproved }, enteredBy, decidedBy, decidedAt, standing }: LadderFact): TableRow {
  const isConfirmed = standing === 'confirmed'
  return [
    source.text.zh, source.text.en, source.number, source.dated, rule?.zh ?? null, rule?.en ?? null, reviewPath?.zh ?? null, reviewPath?.en ?? null, casesApplied, casesApproved,
    officeName(enteredBy), isConfirmed ? officeName(decidedBy) : null, isConfirmed ? decidedAt : null,
  ]
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no')

/** Facts, a row each: the columns of a file that is imported first, so that what goes out can come in again, as a change of the same fact and of one's own alone; then who said it, and what became of it. */
export function ladderFactsTable({ basis, facts, page }: LadderFactsAnswer): ExportTable {
  return {
    name: `ladder-facts-${basis.list}-${basis.asOf}`, columns: [...factColumns, ...keptColumns, 'version', 'entered_by', 'standing', 'decided_by', 'decided_at', 'reason', 'known_from', 'known_to'],
    rows: facts.map((one) => [
      ...factCells(one), one.code, one.origin, one.version, officeName(one.enteredBy), one.standing, officeName(one.decidedBy), one.decidedAt, one.reason, one.knownFrom, one.knownTo,
    ]),
    notes: [...basisNotes(basis), ['drug_code * 药品编码 *', 'all drugs of the list 目录内全部药品'], ['unit * 省份 *', 'everywhere 全国'], ...cutNotes(page)],
  }
}

function factCells({ rung, drug, unit, city, says, validFrom, validTo, exact, detail, source, note }: LadderFact): TableRow {
  return [
    rung, drug ?? '*', unit ?? '*', city, says, validFrom, validTo, yesNo(exact), detail.by, detail.institutions, detail.rule?.zh ?? null, detail.rule?.en ?? null, detail.reviewPath?.zh ?? null, detail.reviewPath?.en ?? null, detail.casesApplied, detail.casesApproved, detail.askedOn,
    detail.scheme?.zh ?? null, detail.scheme?.en ?? null, detail.pays?.zh ?? null, detail.pays?.en ?? null, detail.stopping === null ? null : yesNo(detail.stopping), source.text.zh, source.text.en, source.number, source.dated, source.url, note?.zh ?? null, note?.en ?? null,
  ]
}

function officeName(office: FactOffice | null): string | null {
  return office && (office.company ?? office.unit ?? office.role)
}
