import type { AuditAnswer } from '@lastmile/shared/audit'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

export function auditTable({ entries, page, firstSeq }: AuditAnswer): ExportTable {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value))
  return {
    name: 'audit', notes: [...cutNotes(page), ...(firstSeq > 1 ? [['first entry kept 保留的首条记录', String(firstSeq)] as [string, string]] : [])],
    columns: ['seq', 'at', 'action', 'outcome', 'actor', 'actor_name', 'role', 'purview', 'previewed_by', 'list', 'object', 'request_id', 'before', 'after', 'hash'],
    rows: entries.map((one) => [
      one.seq, one.at, one.action, one.outcome, one.actor, one.actorName, one.role, one.purview, one.previewedBy, one.list, one.object, one.requestId, json(one.before), json(one.after), one.hash,
    ]),
  }
}
