import type { ReportingAnswer } from '@lastmile/shared/reporting'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** A row a source and period that was asked for. */
export function reportingTable({ asOf, total, rows, page }: ReportingAnswer): ExportTable {
  return {
    name: 'reporting',
    notes: [
      ['as of 截至', asOf], ['sources 报送来源', String(total.sources)],
      ['periods past due 已到期应报', String(total.owed)], ['in time 按时', String(total.onTime)], ['late 迟报', String(total.late)], ['sent, not accepted 已报送，未接受', String(total.held)], ['not reported 未报送', String(total.missing)], ['not due yet 未到期', String(total.notDue)],
      ['institutions_again', 'of those that the last snapshot of an earlier period named, named again 上一期快照所列机构中，本期再次列入的'],
      ['an empty cell 空白', 'not known, which is not zero 未知，不等于零'], ...cutNotes(page),
    ],
    columns: [
      'source', 'name_zh', 'name_en', 'evidence', 'company', 'unit', 'rhythm', 'silent_days', 'period', 'first_day', 'last_day', 'due_on', 'state', 'sent_on', 'days_late', 'part', 'nothing_to_report',
      'drugs_named', 'drugs_expected', 'institutions_named', 'institutions_again', 'institutions_before', 'institutions_eligible_at_least', 'reports',
    ],
    rows: rows.flatMap((row) => row.cells.map((cell) => [
      row.code, row.name.zh, row.name.en, row.evidence, row.company, row.unit, row.rhythm, row.silentDays, cell.period, cell.first, cell.last, cell.dueOn, cell.state, cell.sentOn, cell.daysLate,
      cell.isPart ? 'yes' : 'no', cell.isNil ? 'yes' : 'no', cell.drugs.named, cell.drugs.expected, cell.institutions.named, cell.institutions.again, cell.institutions.before, row.eligibleAtLeast, cell.reports.map((one) => one.id).join(' '),
    ])),
  }
}
