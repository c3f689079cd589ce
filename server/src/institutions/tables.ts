import type { ClustersAnswer } from '@lastmile/shared/cluster'
import type { InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import type { NearestAnswer } from '@lastmile/shared/nearest'
import type { StatementsAnswer } from '@lastmile/shared/statement'
import { states } from '@lastmile/shared/state'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

export function institutionsTable(answer: InstitutionsAnswer): ExportTable {
  return {
    name: 'institutions', notes: cutNotes(answer.page),
    columns: ['code', 'name', 'kind', 'level', 'unit', 'city', 'address', 'dual_channel', 'opened_on', 'closed_on', 'state', 'eligible'],
    rows: answer.rows.map((one) => [
      one.code, one.name, one.kind, one.level, one.unit, one.city, one.address, one.dualChannel ? 'yes' : 'no', one.openedOn, one.closedOn, one.state,
      one.eligible === null ? null : one.eligible ? 'yes' : 'no',
    ]),
  }
}

export function clustersTable(answer: ClustersAnswer, limits: { drug?: string | undefined }): ExportTable {
  return {
    name: `clusters-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`, notes: [...basisNotes(answer.basis), ...limitNotes({ drug: limits.drug }), ['box 范围', answer.bbox], ['marks are 标记', answer.by]],
    columns: ['latitude', 'longitude', 'institutions', ...states, 'regions', 'bbox', 'institution', 'name'],
    rows: answer.marks.map((mark) => [
      mark.lat, mark.lng, mark.count, ...states.map((state) => mark.states[state]), mark.regions?.map((one) => one.code).join(',') ?? null, mark.bbox, mark.institution?.code ?? null, mark.institution?.name ?? null,
    ]),
  }
}

export function institutionTable(answer: InstitutionAnswer): ExportTable {
  return {
    name: `institution-${answer.institution.code}`, notes: [['institution 机构', answer.institution.name], ['as of 截至', answer.asOf]],
    columns: ['drug', 'declared', 'confirmed', 'supplied', 'standing', 'eligible'],
    rows: answer.drugs.map((one) => [one.drug, one.declared, one.confirmed, one.supplied ? 'seen' : null, one.standing, one.eligible === null ? null : one.eligible ? 'yes' : 'no']),
  }
}

/** Without the columns that no row has for its asker. */
export function statementsTable(answer: StatementsAnswer): ExportTable {
  const details = (['reason', 'leadDays', 'quantity', 'source', 'report', 'line'] as const).filter((one) => answer.rows.some((row) => row[one] !== undefined))
  const names = { reason: 'reason', leadDays: 'lead_days', quantity: 'quantity', source: 'source', report: 'report', line: 'line' }
  return {
    name: `statements-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`, notes: [...basisNotes(answer.basis), ...cutNotes(answer.page)],
    columns: ['drug', 'institution', 'name', 'kind', 'unit', 'city', 'state', 'status', 'day', 'day_basis', 'stale_on', ...details.map((one) => names[one])],
    rows: answer.rows.map((row) => [
      row.drug, row.institution, row.institutionName, row.kind, row.unit, row.city, row.state, row.status, row.day, row.dayBasis, row.staleOn, ...details.map((one) => row[one] ?? null),
    ]),
  }
}

/** Without the position asked from: the file may be passed on. */
export function nearestTable(answer: NearestAnswer): ExportTable {
  const notes: [string, string][] = [...basisNotes(answer.basis), ['drug 药品', answer.drug], ['stocked anywhere 全部配备机构', String(answer.stocked)]]
  if (answer.more) notes.push(['cut 已截断', `the nearest ${answer.count}: there are more 仅含最近${answer.count}家，还有更多`])
  return {
    name: `nearest-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`, notes,
    columns: ['km', 'code', 'name', 'kind', 'unit', 'city', 'address', 'telephone', 'dual_channel', 'state', 'day'],
    rows: answer.rows.map((row) => [row.km, row.code, row.name, row.kind, row.unit, row.city, row.address, row.telephone, row.dualChannel ? 'yes' : 'no', row.state, row.day]),
  }
}
