import type { CaseAnswer, CaseGap, CasesAnswer } from '@lastmile/shared/case-answer'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

/** Cases, a row each. */
export function casesTable({ basis, rows, page }: CasesAnswer): ExportTable {
  return {
    name: `cases-${basis.list}-${basis.today}`,
    columns: ['case', 'state', 'office', 'about', 'about_code', 'evidence', 'drugs', 'units', 'gaps', 'met', 'checked_on', 'opened_on', 'closed_on', 'age_days', 'due_on', 'working_days_left', 'steps', 'step_due', 'letters'],
    rows: rows.map((row) => [
      row.code, row.state, row.unit ?? 'national', row.about.by, row.about.code, row.evidence, row.drugs.join(' '), row.units.join(' '), row.gaps, row.met, row.checkedOn, row.openedOn, row.closedOn, row.age, row.dueOn, row.workingDaysLeft,
      row.steps.join(' '), row.stepDue, row.notices.map(({ number, to, state }) => `${number?.zh ?? 'draft 草稿'} → ${to.code}: ${state}`).join('; '),
    ]),
    notes: [['list 目录', basis.list], ['today 日期', basis.today], ['working days left 剩余工作日', 'negative: overdue 负数为已逾期'], ...cutNotes(page)],
  }
}

const figureColumns = ['institutions', 'min_institutions', 'cities', 'min_cities', 'reach_km', 'reach_share', 'reached_share', 'counted_kinds', 'eligible_only']
const noFigures = figureColumns.map(() => null)

/** What was counted, what is asked, and of whom; what nobody noted is left out. */
function figuresOf({ institutions, minInstitutions, cities, minCities, reach, kinds, eligibleOnly }: CaseGap['opened']): TableRow {
  return [institutions, minInstitutions, cities, minCities, reach?.km ?? null, reach?.share ?? null, reach?.reached ?? null, kinds?.join(' ') ?? null, eligibleOnly === undefined ? null : eligibleOnly ? 'yes' : 'no']
}

/** One case: its gaps as they were and are, and its steps. */
export function caseTable({ basis, case: row, gaps, events }: CaseAnswer): ExportTable {
  return {
    name: `case-${row.code}-${basis.asOf}`,
    columns: ['of', 'drug', 'unit', 'state', 'reason_then', ...figureColumns.map((column) => `${column}_then`), 'reason_now', ...figureColumns.map((column) => `${column}_now`), 'day', 'step', 'by'],
    rows: [
      ...gaps.map(({ drug, unit, state, opened, now }) => ['gap', drug, unit, state, opened.reason, ...figuresOf(opened), now?.reason ?? null, ...(now ? figuresOf(now) : noFigures), null, null, null]),
      ...events.map(({ kind, on, by }) => ['step', null, null, null, null, ...noFigures, null, ...noFigures, on, kind, by]),
    ],
    notes: [['list 目录', basis.list], ['case 案件', row.code], ['today 日期', basis.today], ['state 状态', row.state]],
  }
}
