import { outcomes, type DutiesAnswer, type DutyAnswer, type DutyCounts, type DutyRowsAnswer, type DutyRowsQuestion } from '@lastmile/shared/duty'
import { reasons } from '@lastmile/shared/status'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

const counts = ['owed', 'in_time', 'late', 'not_convened', 'not_reported'] as const
const countsOf = (one: DutyCounts) => counts.map((count) => one[count])
const silence: [string, string] = ['not_reported 未报送', 'nobody answered, which is not "not convened" 无人填报，不等于未召开']

/** Every duty with how it stands, a row each. */
export function dutiesTable({ basis, duties }: DutiesAnswer): ExportTable {
  return {
    name: `duties-${basis.list}-${basis.asOf}`, columns: ['duty', 'name_zh', 'name_en', 'due_on', ...counts, 'source_zh', 'source_en'],
    rows: duties.map(({ duty, total }) => [duty.code, duty.name.zh, duty.name.en, duty.dueOn, ...countsOf(total), duty.source.zh, duty.source.en]), notes: [...basisNotes(basis), silence],
  }
}

/** One duty: a row a unit, then a row a drug. */
export function dutyTable({ basis, duty, total, byUnit, byDrug }: DutyAnswer): ExportTable {
  const empty = (length: number) => Array.from({ length }, () => null)
  return {
    name: `duty-${duty.code}-${basis.list}-${basis.asOf}`, columns: ['of', 'code', ...counts, ...outcomes, 'undecided', ...reasons.map((reason) => `refused_${reason}`)],
    rows: [
      ['all', null, ...countsOf(total), ...empty(outcomes.length + 1 + reasons.length)],
      ...byUnit.map((one) => ['unit', one.unit ?? 'none', ...countsOf(one), ...empty(outcomes.length + 1 + reasons.length)]),
      ...byDrug.map((one) => ['drug', one.drug, ...empty(counts.length), ...outcomes.map((outcome) => one[outcome]), one.undecided, ...reasons.map((reason) => one.reasons.find((why) => why.reason === reason)?.count ?? 0)]),
    ],
    notes: [...basisNotes(basis), ['duty 任务', `${duty.name.zh} ${duty.name.en}`], ['due on 期限', duty.dueOn], ['source 依据', duty.source.zh], silence],
  }
}

/** Institutions that have a duty, a row for each drug of which something was decided there, or one. */
export function dutyRowsTable({ basis, duty, rows, page }: DutyRowsAnswer, { region, state, drug, outcome, search }: Pick<DutyRowsQuestion, 'region' | 'state' | 'drug' | 'outcome' | 'search'>): ExportTable {
  return {
    name: `duty-${duty.code}-institutions-${basis.list}-${basis.asOf}`, columns: ['institution', 'name', 'level', 'unit', 'city', 'state', 'convened_on', 'days_late', 'drug', 'outcome', 'reason', 'note', 'said_by', 'known_from'],
    rows: rows.flatMap(({ institution, name, level, unit, city, state: own, daysLate, entry }) => {
      const decided = entry?.outcomes.filter((one) => (drug === undefined || one.drug === drug) && (outcome === undefined || one.outcome === outcome)) ?? []
      return (decided.length === 0 ? [null] : decided).map((one) => [
        institution, name, level, unit, city, own, entry?.on ?? null, daysLate, one?.drug ?? null, one?.outcome ?? null, one?.reason ?? null, entry?.note ?? null, entry?.role ?? null, entry?.knownFrom ?? null,
      ])
    }),
    notes: [
      ...basisNotes(basis), ['duty 任务', `${duty.name.zh} ${duty.name.en}`], ['due on 期限', duty.dueOn], ...limitNotes({ drug, region }), ...(state ? [['state 状态', state] as [string, string]] : []),
      ...(outcome ? [['outcome 结论', outcome] as [string, string]] : []), ...(search ? [['search 查找', search] as [string, string]] : []), silence, ...cutNotes(page),
    ],
  }
}
