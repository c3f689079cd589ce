import type { StandardAnswer, StandardsAnswer, StandardVersion } from '@lastmile/shared/standard'
import { basisNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

const columns = [
  'drug', 'version', 'origin', 'author', 'role', 'why', 'known_from', 'known_to', 'from', 'units', 'kinds', 'eligible_only', 'min_institutions', 'min_cities', 'reach_km', 'reach_share', 'served_by', 'reason_zh', 'reason_en',
]

const meanings: [string, string][] = [['origin 来源', 'edition: the files of the list 目录版本文件; officer: decided by an officer 人员决定'], ['units 地区', 'empty: all 空白：全部']]

/** What counts as covered, a row a rule. */
export function standardsTable({ basis, standards }: StandardsAnswer): ExportTable {
  return { name: `standards-${basis.list}-${basis.asOf}`, columns, rows: standards.flatMap(({ standard }) => (standard ? rowsOf(standard) : [])), notes: [...basisNotes(basis), ...meanings] }
}

/** The standard of one drug and what it was before, a row a rule. */
export function standardTable({ basis, drug, standard, former }: StandardAnswer): ExportTable {
  return { name: `standard-${drug}-${basis.asOf}`, columns, rows: [...(standard ? [standard] : []), ...former].flatMap(rowsOf), notes: [...basisNotes(basis), ...meanings] }
}

function rowsOf({ drug, version, origin, author, role, why, knownFrom, knownTo, rules }: StandardVersion): TableRow[] {
  const head = [drug, version, origin, author, role, why, knownFrom, knownTo]
  if (rules.length === 0) return [[...head, ...Array.from({ length: columns.length - head.length }, () => null)]]
  return rules.map(({ from, units, kinds, eligibleOnly, minInstitutions, minCities, reach, servedBy, reason }) => [
    ...head, from, units?.join(' ') ?? null, kinds.join(' '), eligibleOnly ? 'yes' : 'no', minInstitutions, minCities, reach?.km ?? null, reach?.share ?? null,
    servedBy.length === 0 ? null : servedBy.map(({ unit, institution }) => `${unit}=${institution}`).join(' '), reason.zh, reason.en,
  ])
}
