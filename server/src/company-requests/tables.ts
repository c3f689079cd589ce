import { nationalOffice } from '@lastmile/shared/company-request'
import type { CompanyRequestAnswer, CompanyRequestsAnswer } from '@lastmile/shared/company-request-answer'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** Requests, a row each. */
export function companyRequestsTable({ basis, rows, page }: CompanyRequestsAnswer): ExportTable {
  return {
    name: `company-requests-${basis.list}-${basis.today}`,
    columns: ['request', 'state', 'kind', 'company', 'drug', 'institution', 'institution_name', 'unit', 'office', 'objected', 'opened_on', 'ended_on', 'age_days', 'due_on', 'first_due_on', 'working_days_left', 'outcome', 'resolve_by'],
    rows: rows.map((row) => [
      row.code, row.state, row.kind, row.company, row.drug, row.institution?.code ?? null, row.institution?.name ?? null, row.unit, row.office ?? nationalOffice, row.round > 1 ? 'yes' : 'no', row.openedOn, row.endedOn, row.age, row.dueOn, row.firstDueOn, row.workingDaysLeft, row.outcome, row.resolveBy,
    ]),
    notes: [['list 目录', basis.list], ['today 日期', basis.today], ['working days left 剩余工作日', 'negative: overdue 负数为已逾期'], ...cutNotes(page)],
  }
}

/** One request: its steps. */
export function companyRequestTable({ basis, request, text, events }: CompanyRequestAnswer): ExportTable {
  return {
    name: `company-request-${request.code}-${basis.asOf}`,
    columns: ['day', 'step', 'by', 'state', 'office', 'outcome', 'resolve_by', 'due_on', 'text', 'attachments'],
    rows: events.map(({ kind, on, by, state, office, detail, attachments }) => [on, kind, by, state, office ?? nationalOffice, detail.outcome ?? null, detail.resolveBy ?? null, detail.dueOn ?? null, kind === 'open' ? text : detail.text ?? detail.reason ?? null, attachments.map(({ name }) => name).join('; ')]),
    notes: [['list 目录', basis.list], ['request 请求事项', request.code], ['drug 药品', request.drug], ['kind 类别', request.kind], ['today 日期', basis.today], ['state 状态', request.state]],
  }
}
