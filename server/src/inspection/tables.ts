import { gapReasons } from '@lastmile/shared/gap'
import type { InspectionAnswer, InspectionSheet, SheetFigures, SheetPeers, SheetTrend } from '@lastmile/shared/inspection'
import { basisNotes, cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

type Row = (string | number | null)[]

/** Sheets as one long table: of what a figure is, what it counts, and the figure. */
export function inspectionTable(answer: InspectionAnswer): ExportTable {
  const { basis, of, company, sheets, page } = answer
  const only = sheets.length === 1 && page.total === 1 ? `-${sheets[0]!.code}` : ''
  return {
    name: `inspection-${of}${only}-${basis.list}-${basis.evidence}-${basis.asOf}`,
    notes: [
      ...basisNotes(basis), ['sheets of 材料对象', of], ...(company === null ? [] : [['company 企业', company] as [string, string]]),
      ['kinds of evidence 证据类别', 'never added: each row of figures is of one kind 各类证据分列，不得相加'], ['band 同类区间', 'of five or more, else none 至少五个成员，否则不列'], ...cutNotes(page),
    ],
    columns: ['sheet', 'section', 'evidence', 'drug', 'region', 'day', 'figure', 'value', 'says'],
    rows: sheets.flatMap((sheet) => rowsOf(sheet).map((row) => [sheet.code, ...row])),
  }
}

/** Rows of a sheet: section, evidence, drug, region, day, figure, value, what is said in words. */
function rowsOf({ figures, parts, gaps, trends, peers, reporting, contradictions, cases }: InspectionSheet): Row[] {
  return [
    ...figures.flatMap((one) => figureRows('figures', one)), ...parts.flatMap((one) => figureRows('parts', one)),
    ['gaps', null, null, null, null, 'gaps', gaps.total, null], ...gapReasons.map((reason): Row => ['gaps', null, null, null, null, `gaps_${reason}`, gaps.reasons[reason], null]),
    ...gaps.rows.flatMap((gap): Row[] => [['gap', null, gap.drug, gap.region, gap.since, 'institutions', gap.institutions, gap.reason], ['gap', null, gap.drug, gap.region, gap.since, 'age_days', gap.age, gap.acts.join(' ')]]),
    ...(trends ?? []).flatMap(trendRows), ...peers.flatMap(peerRows),
    ...(reporting === undefined ? [] : (['sources', 'owed', 'onTime', 'late', 'held', 'missing', 'notDue'] as const).map((one): Row => ['reporting', null, null, null, null, inSnake(one), reporting[one], null])),
    ...(contradictions === undefined ? [] : Object.entries(contradictions).flatMap(([set, { pairs, institutions }]): Row[] => [['contradictions', null, null, null, null, `${set}_pairs`, pairs, null], ['contradictions', null, null, null, null, `${set}_institutions`, institutions, null]])),
    ...(cases === undefined ? [] : [...Object.entries(cases.counts).map(([state, count]): Row => ['cases', null, null, null, null, `cases_${state}`, count, null]), ...cases.rows.map((row): Row => ['case', row.evidence, null, null, row.dueOn, row.code, row.age, row.state])]),
  ]
}

/** What nothing is said of has no figure: an empty cell, which is not zero. */
function figureRows(section: string, { evidence, drug, region, said, stocked, units, unknown, eligible, share, drugs }: SheetFigures): Row[] {
  const isTold = said === 'yes' || said === 'no'
  const row = (figure: string, value: number | null): Row => [section, evidence, drug, region, null, figure, value, figure === 'institutions' ? said : null]
  return [
    ...(['institutions', 'hospitals', 'pharmacies', 'others', 'cities'] as const).map((one) => row(one, isTold ? stocked[one] : null)), ...(region === null ? [row('units', isTold ? units : null)] : []), row('unknown', unknown),
    ...(eligible === null ? [] : [row('eligible', eligible.institutions), row('eligible_stocked', eligible.stocked), row('eligible_unknown', eligible.unknown)]), ...(share === null ? [] : [row('share_low', share.low), row('share_high', share.high)]),
    ...(drugs === null ? [] : [row('drugs_listed', drugs.listed), row('drugs_stocked', isTold ? drugs.stocked : null), row('drugs_unknown', drugs.unknown), row('drugs_not_reported', drugs.notReported)]),
  ]
}

function trendRows({ drug, points }: SheetTrend): Row[] {
  return points.map(({ day, institutions }) => ['trend', null, drug, null, day, 'institutions', institutions, null])
}

function peerRows(peers: SheetPeers): Row[] {
  const drug = peers.by === 'class' ? peers.drug : null
  const of = peers.by === 'class' ? peers.class : peers.units.map(({ code }) => code).join(' ')
  const row = (figure: string, value: number | null): Row => ['peers', null, drug, null, null, figure, value, null]
  return [
    ['peers', null, drug, null, null, 'members', peers.members, of], row('silent', peers.silent),
    ...peers.bands.flatMap(({ measure, value, band }) => [row(measure, value), ...(['low', 'lower', 'median', 'upper', 'high'] as const).map((one) => row(`${measure}_${one}`, band?.[one] ?? null))]),
  ]
}

function inSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
