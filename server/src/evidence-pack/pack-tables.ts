import type { AcceptedReport } from '@lastmile/db/query/accepted-reports'
import type { GapCourse } from '@lastmile/db/query/gap-courses'
import type { PairStatement } from '@lastmile/db/query/statements-of-pairs'
import type { CaseEventDetail } from '@lastmile/shared/case-answer'
import { dayIn } from '@lastmile/shared/day'
import type { EvidencePack } from '@lastmile/shared/evidence-pack'
import { demonstrationNote } from '../http/basis-notes.js'
import { csvPieces, type ExportTable, type TableRow } from '../http/table-file.js'

/** A table of a pack, whole. */
export function csvOf(pack: EvidencePack, columns: string[], rows: TableRow[]): Uint8Array {
  return Buffer.concat([...csvPieces({ columns, rows, notes: packNotes(pack) })])
}

/** What every table of a pack says of itself: taken out of it, it would be read as something else. */
export function packNotes({ list, case: code, evidence, asOf, knownOn, onlyDrug, onlyRegion, demonstration }: EvidencePack): ExportTable['notes'] {
  return [
    ['list 目录', list], ['case 案件', code], ['evidence of the case 案件依据', evidence], ['as of 截至', asOf], ['known on 获知时点', knownOn], ...(onlyDrug === null ? [] : [['drug alone 仅药品', onlyDrug] as [string, string]]), ...(onlyRegion === null ? [] : [['region alone 仅地区', onlyRegion] as [string, string]]),
    ['an empty cell 空白', 'not said, not known, or not yours to see; never zero 未载明、不详或无权查看，不等于零'], ...(demonstration ? [demonstrationNote] : []),
  ]
}

/** Steps and comments, the first first. */
export function timelineCsv(pack: EvidencePack, timeZone: string): Uint8Array {
  const letter = (code: string | null) => (code === null ? null : pack.notices.find((one) => one.code === code)?.number.zh ?? code)
  const rows: { at: string; row: TableRow }[] = [
    ...pack.events.map(({ kind, on, at, by, byName, notice, state, detail }) => ({ at, row: [on, at, kind, by, byName, letter(notice), state, detailText(detail)] })),
    ...pack.comments.map(({ at, by, byName, notice, text }) => ({ at, row: [dayIn(timeZone, at), at, 'comment', by, byName, letter(notice), null, text] })),
  ]
  return csvOf(pack, ['day', 'instant', 'kind', 'by', 'name', 'letter', 'state_after', 'detail'], rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ row }) => row))
}

function detailText({ step, channel, dueOn, onBehalf, met, again, reports, reason }: CaseEventDetail): string | null {
  const pairs = (some: NonNullable<typeof met>) => some.map(({ drug, unit }) => `${drug} ${unit}`).join(', ')
  const parts = [
    step && `step: ${step}`, channel && `channel: ${channel}`, dueOn && `due on: ${dueOn}`, onBehalf && 'entered by the office', met?.length && `met: ${pairs(met)}`, again?.length && `a gap again: ${pairs(again)}`,
    reports?.length && `reports: ${reports.join(', ')}`, reason && `reason: ${reason}`,
  ].filter((one): one is string => typeof one === 'string')
  return parts.length === 0 ? null : parts.join('; ')
}

/** Gaps as they were opened and as they are, with the rule that they are held against. */
export function gapsCsv(pack: EvidencePack): Uint8Array {
  const figures = ['reason', 'institutions', 'cities', 'min_institutions', 'min_cities']
  return csvOf(pack, [
    'drug', 'drug_name', 'unit', 'unit_name', 'company', ...figures.map((one) => `opened_${one}`), 'state_now', ...figures.map((one) => `now_${one}`), 'gap_since', 'former_gaps',
    'standard_version', 'standard_known_from', 'rule_from', 'rule_kinds', 'rule_eligible_only', 'rule_min_institutions', 'rule_min_cities', 'rule_reach_km', 'rule_reach_percent', 'rule_reason_zh', 'rule_reason_en', 'picture',
  ], pack.gaps.map(({ drug, drugName, unit, unitName, company, opened, state, now, since, former, standard: rule, pictures }) => [
    drug, drugName.zh, unit, unitName.zh, company, ...figuresOf(opened),
    state, ...figuresOf(now), since, former,
    rule?.version ?? null, rule?.knownFrom ?? null, rule?.from ?? null, rule?.kinds.join(' ') ?? null, rule ? (rule.eligibleOnly ? 'yes' : 'no') : null, rule?.minInstitutions ?? null, rule?.minCities ?? null, rule?.reach?.km ?? null, rule?.reach?.share ?? null,
    rule?.reason.zh ?? null, rule?.reason.en ?? null, pictures?.zh ?? null,
  ]))
}

function figuresOf(gap: EvidencePack['gaps'][number]['now']): TableRow {
  if (gap === null) return [null, null, null, null, null]
  const told = isTold(gap.reason, gap.institutions)
  return [gap.reason, told ? gap.institutions : null, told ? gap.cities : null, gap.minInstitutions, gap.minCities]
}

/** What pictures show, as figures: a row for each day from which on something is otherwise. */
export function coursesCsv(pack: EvidencePack, courses: readonly GapCourse[]): Uint8Array {
  return csvOf(pack, ['drug', 'unit', 'from_day', 'institutions_in_stock', 'minimum', 'gap'], courses.flatMap(({ drug, unit, points }) => points.map(({ day, institutions, minimum, reason }) => [drug, unit, day, isTold(reason, institutions) ? institutions : null, minimum, reason])))
}

/** Whether a figure says how many there are: where nobody stocks it as far as is known, and something is not known, none is no zero. */
export function isTold(reason: GapCourse['points'][number]['reason'], institutions: number): boolean {
  return institutions > 0 || reason === null || reason === 'nobody_stocks' || reason === 'too_few'
}

export const statementColumns = [
  'unit', 'institution', 'institution_name', 'kind', 'city', 'drug', 'evidence', 'status', 'day', 'day_basis', 'counts_as', 'corrected',
  'reason', 'lead_days', 'quantity', 'source', 'report', 'line', 'accepted_at', 'corrected_at', 'corrected_by',
]

export function statementRow({ unit, institution, institutionName, kind, city, drug, evidence, status, day, dayBasis, countsAs, isCorrected, reason, leadDays, quantity, report, line }: PairStatement): TableRow {
  return [
    unit, institution, institutionName, kind, city, drug, evidence, status, day, dayBasis, countsAs, isCorrected ? 'yes' : 'no',
    reason ?? null, leadDays ?? null, quantity ?? null, report?.source ?? null, report?.code ?? null, line ?? null, report?.acceptedAt ?? null, report?.correctedAt ?? null, report?.correctedBy ?? null,
  ]
}

/** The reports that statements name, and the digests of their files. */
export function reportsCsv(pack: EvidencePack, reports: readonly AcceptedReport[]): Uint8Array {
  return csvOf(pack, ['report', 'source', 'evidence', 'period', 'as_of', 'file_name', 'bytes', 'sha256', 'channel', 'lines', 'accepted_at', 'corrected_at', 'corrected_by'], reports.map((one) => [
    one.code, one.source, one.evidence, one.period, one.asOf, one.filename, one.bytes, one.sha256, one.channel, one.lines, one.acceptedAt, one.correctedAt, one.correctedBy,
  ]))
}

/** The files that came beside letters, by their own names. */
export function attachmentsCsv(pack: EvidencePack): Uint8Array {
  return csvOf(pack, ['path', 'letter', 'step', 'file_name', 'type', 'bytes', 'sha256', 'received_at'], pack.attachments.map((one) => [
    one.path, pack.notices.find(({ code }) => code === one.notice)!.number.zh, one.step, one.name, one.type, one.bytes, one.sha256, one.at,
  ]))
}
