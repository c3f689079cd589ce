import type { UnconfirmedAnswer } from '@lastmile/shared/entry'
import { basisNotes, cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

export function unconfirmedTable(answer: UnconfirmedAnswer): ExportTable {
  return {
    name: 'unconfirmed', notes: [...basisNotes(answer.basis), ...cutNotes(answer.page)],
    columns: ['institution', 'institution_name', 'kind', 'unit', 'city', 'drug', 'company', 'standing', 'declared_on', 'days'],
    rows: answer.rows.map((one) => [one.institution, one.institutionName, one.kind, one.unit, one.city, one.drug, one.company, one.standing, one.declaredOn, one.days]),
  }
}
