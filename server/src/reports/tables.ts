import { fingerprintRule, type Receipt } from '@lastmile/shared/receipt'
import type { DifferenceAnswer } from '@lastmile/shared/difference'
import type { ReportAnswer, ReportErrorsAnswer, ReportsAnswer } from '@lastmile/shared/report'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

export function reportsTable(answer: ReportsAnswer): ExportTable {
  return {
    name: 'reports', notes: cutNotes(answer.page),
    columns: ['report', 'source', 'evidence', 'period', 'as_of', 'state', 'version', 'filename', 'rows', 'stored', 'errors', 'warnings', 'received_at', 'accepted_at', 'superseded_at', 'corrects', 'superseded_by', 'number'],
    rows: answer.rows.map((one) => [
      one.id, one.source, one.evidence, one.period, one.asOf, one.state, one.version, one.filename, one.rowsTotal, one.storedCount, one.errorsTotal, one.warningsTotal,
      one.receivedAt, one.acceptedAt, one.supersededAt, one.corrects, one.supersededBy, one.number,
    ]),
  }
}

export function reportTable(answer: ReportAnswer): ExportTable {
  return { ...reportsTable({ rows: [answer.report], page: { offset: 0, limit: 1, total: 1 } }), name: `report-${answer.report.id}` }
}

export function differenceTable(answer: DifferenceAnswer): ExportTable {
  return {
    name: `difference-${answer.report}`, notes: [['against 对照', answer.against?.report ?? '-'], ...cutNotes(answer.page)],
    columns: ['change', 'institution', 'institution_name', 'drug', 'line_before', 'status_before', 'day_before', 'reason_before', 'line', 'status', 'day', 'reason'],
    rows: answer.rows.map(({ change, institution, institutionName, drug, before, after }) => [
      change, institution, institutionName, drug, before?.line ?? null, before?.status ?? null, before?.day ?? null, before?.reason ?? null, after?.line ?? null, after?.status ?? null, after?.day ?? null, after?.reason ?? null,
    ]),
  }
}

export function errorsTable(answer: ReportErrorsAnswer): ExportTable {
  return {
    name: `errors-${answer.report}`, notes: [['errors in all 错误总数', String(answer.errorsTotal)]], columns: ['row', 'column', 'code', 'value'],
    rows: answer.errors.map((one) => [one.row, one.column, one.code, one.value]),
  }
}

export function receiptTable(receipt: Receipt): ExportTable {
  const { counts } = receipt
  return {
    name: `receipt-${receipt.number}`, columns: ['field', 'value'], notes: [['stored_sha256', fingerprintRule]],
    rows: [
      ['number', receipt.number], ['issued_on', receipt.issuedOn], ['list', receipt.list], ['report', receipt.report], ['source', receipt.source], ['source_name', `${receipt.sourceName.zh} ${receipt.sourceName.en}`],
      ['evidence', receipt.evidence], ['channel', receipt.channel], ['sent_by', receipt.sentBy], ['filename', receipt.filename], ['bytes', receipt.bytes], ['sha256', receipt.sha256], ['stored_sha256', receipt.storedSha256],
      ['period', receipt.period], ['as_of', receipt.asOf], ['mode', receipt.mode], ['drugs', receipt.scope.drugs?.join(' ') ?? null], ['regions', receipt.scope.regions?.join(' ') ?? null], ['kinds', receipt.scope.kinds?.join(' ') ?? null],
      ['version', receipt.version], ['corrects', receipt.corrects], ['superseded_by', receipt.supersededBy], ['state', receipt.state],
      ['rows', counts.rows], ['stored', counts.stored], ['institutions', counts.institutions], ['drugs_named', counts.drugs], ['in_stock', counts.inStock], ['not_known', counts.notKnown], ['zero', counts.zero],
      ['errors', receipt.errorsTotal], ...receipt.warnings.map(({ code, row, column }) => ['warning', [code, row, column].filter((part) => part !== undefined).join(' ')]),
      ...receipt.suspicions.map(({ code, before, after }) => ['suspicion', [code, before, after].filter((part) => part !== null).join(' ')]),
      ...receipt.history.map(({ at, event, until, report, reason }) => [event, [at, until, report, reason].filter((part) => part !== null).join(' ')]),
    ],
  }
}
