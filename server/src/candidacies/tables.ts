import type { CandidaciesAnswer, CandidaciesQuestion, CandidacyRow, EditionsAnswer, LifeAnswer } from '@lastmile/shared/candidacy'
import { basisNotes, cutNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

const columns = [
  'edition', 'candidacy', 'substance', 'drug', 'name_zh', 'name_en', 'company', 'made_up', 'published', 'stands_at', 'since', 'ends_on',
  'stage', 'on', 'until', 'document_zh', 'document_en', 'document_number', 'document_day', 'url', 'reason_zh', 'reason_en', 'said_by', 'known_from', 'contradictions',
]

const madeUpNote: [string, string] = ['made_up 演示虚构', 'yes: invented for the demonstration; no such drug was applied for 演示虚构，并无该品种申报']

/** Editions side by side, a row each. */
export function editionsTable({ basis, editions, ending }: EditionsAnswer): ExportTable {
  return {
    name: `editions-${basis.list}-${basis.asOf}`,
    columns: ['edition', 'name_zh', 'name_en', 'kind', 'phase', 'published_on', 'in_force', 'valid_to', 'expected', 'drugs', 'made_up', 'unpublished', 'contradicted', 'next_end', 'ending_then', 'document_zh'],
    rows: editions.map(({ edition, phase, drugs, madeUp, unpublished, contradicted }) => {
      // Temporary inclusions end beside the windows of a listing, and are no such.
      const next = ending.find((one) => one.edition === edition.code && !one.madeUp && !one.temporary)
      return [edition.code, edition.name.zh, edition.name.en, edition.kind, phase, edition.publishedOn, edition.inForce, edition.validTo, edition.expected?.period ?? null, drugs, madeUp, unpublished, contradicted, next?.endsOn ?? null, next?.drugs ?? null, edition.document?.zh ?? null]
    }),
    notes: basisNotes(basis),
  }
}

/** Candidacies, a row for each stage that is known of one, or one. */
export function candidaciesTable({ basis, rows, page }: CandidaciesAnswer, filter: Partial<CandidaciesQuestion>): ExportTable {
  const limits = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]))
  return { name: `candidacies-${basis.list}-${basis.asOf}`, columns, rows: rows.flatMap(rowsOf), notes: [...basisNotes(basis), ...limits, madeUpNote, ...cutNotes(page)] }
}

/** A drug's life, a row for each stage in each edition. */
export function lifeTable({ basis, substance, candidacies }: LifeAnswer): ExportTable {
  return { name: `life-${substance}-${basis.list}-${basis.asOf}`, columns, rows: candidacies.flatMap(rowsOf), notes: [...basisNotes(basis), madeUpNote] }
}

function rowsOf(row: CandidacyRow): TableRow[] {
  const { edition, code, substance, drug, name, company, madeUp, published, standing, contradictions, facts } = row
  const own = [edition, code, substance, drug, name.zh, name.en, company, madeUp ? 'yes' : 'no', published ? 'yes' : 'no', standing.stage, standing.since, standing.endsOn]
  const against = contradictions.map(({ kind, stage, against: other }) => `${kind}: ${stage}${other === null ? '' : ` / ${other}`}`).join('; ') || null
  if (facts.length === 0) return [[...own, ...Array.from({ length: columns.length - own.length - 1 }, () => null), against]]
  return facts.map(({ stage, on, until, evidence, reason, by, at }) => [
    ...own, stage, on, until, evidence.document?.zh ?? null, evidence.document?.en ?? null, evidence.number, evidence.day, evidence.url, reason?.zh ?? null, reason?.en ?? null, by, at, against,
  ])
}
