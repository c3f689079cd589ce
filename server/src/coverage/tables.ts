import type { ChangesAnswer } from '@lastmile/shared/changes'
import { unpackCoverage, type CoverageAnswer, type CoverageCell, type HeadlineAnswer, type StandingsAnswer, type Stocked, type TrendAnswer } from '@lastmile/shared/coverage'
import { trendDays, type GapsAnswer } from '@lastmile/shared/gap'
import { actorOf } from '@lastmile/shared/gap-act'
import type { GapHistoryAnswer } from '@lastmile/shared/gap-episode'
import { standings } from '@lastmile/shared/standing'
import { states } from '@lastmile/shared/state'
import { basisNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** What of the question limits the answer: the answer itself does not repeat it. */
interface Limits {
  drug?: string | undefined
  region?: string | undefined
  company?: string | undefined
  reason?: string | undefined
  class?: string | undefined
  actor?: string | undefined
}

const stockedColumns = ['institutions', 'hospitals', 'pharmacies', 'others', 'cities'] as const
const stockedCells = (stocked: Stocked) => stockedColumns.map((column) => stocked[column])
const eligibleColumns = ['eligible', 'eligible_stocked', 'eligible_no', 'eligible_unknown', 'share_low', 'share_high']
const eligibleCells = (row: Pick<CoverageCell, 'eligible' | 'share'>) => [
  row.eligible?.institutions ?? null, row.eligible?.stocked ?? null, row.eligible?.no ?? null, row.eligible?.unknown ?? null, row.share?.low ?? null, row.share?.high ?? null,
]

export function headlineTable(answer: HeadlineAnswer): ExportTable {
  const { unknown, drugsInMoreThan } = answer
  const figures: [string, number][] = [
    ['drugs_listed', answer.drugsListed], ['drugs_stocked', answer.drugsStocked], ['drugs_unstocked', answer.drugsUnstocked], ['drugs_unknown', answer.drugsUnknown], ['drugs_not_reported', answer.drugsNotReported], ['institutions', answer.institutions],
    ['hospitals', answer.hospitals], ['pharmacies', answer.pharmacies], ['others', answer.others], ['provinces', answer.provinces], ['cities', answer.cities],
    ...Object.entries(drugsInMoreThan).map(([threshold, count]): [string, number] => [`drugs_in_more_than_${threshold}_provinces`, count]),
    ['institutions_unknown', unknown.institutions], ['pairs_not_known', unknown.notKnown], ['pairs_stale', unknown.stale], ['pairs_no_longer_reported', unknown.notReported],
  ]
  return {
    name: `headline-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`,
    columns: ['figure', 'value', 'units', 'cities'],
    rows: [...figures.map(([name, value]) => [name, value, null, null]), ...answer.drugs.map((one) => [`institutions_of_${one.drug}`, one.institutions, one.units, one.cities])],
    notes: [...basisNotes(answer.basis), ...limitNotes({ region: answer.region })],
  }
}

export function coverageTable(answer: CoverageAnswer, limits: Limits): ExportTable {
  const { cells, totals } = unpackCoverage(answer)
  return {
    name: `coverage-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`,
    columns: ['drug', 'region', ...stockedColumns, ...states.map((state) => `pairs_${state}`), ...eligibleColumns],
    rows: [...cells, ...totals].map((cell) => [cell.drug, cell.region, ...stockedCells(cell.stocked), ...states.map((state) => cell.states[state]), ...eligibleCells(cell)]),
    notes: [...basisNotes(answer.basis), ...limitNotes(limits)],
  }
}

export function standingsTable(answer: StandingsAnswer, limits: Limits): ExportTable {
  return {
    name: `standings-${answer.basis.list}-${answer.basis.asOf}`,
    columns: ['drug', 'region', ...standings],
    rows: [...answer.cells, ...answer.totals.map((total) => ({ ...total, region: answer.region ?? 'all' }))].map((cell) => [cell.drug, cell.region, ...standings.map((standing) => cell.standings[standing])]),
    notes: [...basisNotes(answer.basis), ...limitNotes(limits)],
  }
}

export function trendTable(answer: TrendAnswer): ExportTable {
  return {
    name: `trend-${answer.basis.list}-${answer.basis.evidence}-${answer.from}-${answer.to}`,
    columns: ['day', ...stockedColumns, 'units', ...states.map((state) => `pairs_${state}`), ...eligibleColumns, 'break'],
    rows: answer.points.map((point) => [
      point.day, ...stockedCells(point.stocked), point.units, ...states.map((state) => point.states[state]), ...eligibleCells(point),
      answer.breaks.filter((one) => one.day === point.day).map((one) => one.reason).join(' ') || null,
    ]),
    notes: [...basisNotes(answer.basis), ...limitNotes({ drug: answer.drug ?? 'any 任一', region: answer.region })],
  }
}

export function changesTable(answer: ChangesAnswer, limits: Limits): ExportTable {
  const bridge = (what: 'institutions' | 'pairs') => [
    [what, 'before', null, answer[what].before], ...answer[what].entered.map((one) => [what, 'entered', one.cause, one.count]),
    ...answer[what].left.map((one) => [what, 'left', one.cause, one.count]), [what, 'after', null, answer[what].after],
  ] as (string | number | null)[][]
  const moves = [
    ...answer.byDrug.map((one) => [answer.counted.byDrug, `drug ${one.drug}`, one.entered, one.left] as const), ...answer.byCompany.map((one) => [answer.counted.byCompany, `company ${one.company}`, one.entered, one.left] as const),
    ...answer.byProvince.map((one) => [answer.counted.byProvince, `province ${one.region}`, one.entered, one.left] as const),
  ]
  return {
    name: `changes-${answer.basis.list}-${answer.basis.evidence}-${answer.from}-${answer.to}`,
    columns: ['of', 'step', 'cause', 'count'],
    rows: [...bridge('institutions'), ...bridge('pairs'), ...moves.flatMap(([what, of, entered, left]) => [[`${what} of ${of}`, 'entered', null, entered], [`${what} of ${of}`, 'left', null, left]])],
    notes: [
      ...basisNotes(answer.basis), ...limitNotes(limits), ['from 自', answer.from], ['to 至', answer.to],
      ['known from 起点获知时点', answer.knownFrom ?? 'now 当前'], ['known to 终点获知时点', answer.knownTo ?? 'now 当前'],
    ],
  }
}

export function gapsTable(answer: GapsAnswer, limits: Limits): ExportTable {
  return {
    name: `gaps-${answer.basis.list}-${answer.basis.evidence}-${answer.basis.asOf}`,
    columns: ['drug', 'region', 'company', 'reason', 'class', 'can_act', 'since', 'age_days', 'former_episodes', 'institutions', 'min_institutions', 'cities', 'min_cities', 'counted_kinds', 'eligible_only', `institutions_${trendDays}_days_before`, 'reach_km', 'reach_share', 'reached_share', 'served_by', 'served_by_state', 'eligible', 'unknown', 'population'],
    rows: answer.gaps.map((gap) => [
      gap.drug, gap.region, gap.company, gap.reason, gap.class, gap.acts.map((act) => `${actorOf(act)}:${act}`).join(' '), gap.since, gap.age, gap.former, gap.institutions, gap.minInstitutions, gap.cities, gap.minCities, gap.kinds.join(' '), gap.eligibleOnly ? 'yes' : 'no', gap.trend[0] ?? null, gap.reach?.km ?? null, gap.reach?.share ?? null, gap.reach?.reached ?? null,
      gap.servedBy?.institution ?? null, gap.servedBy?.state ?? null, gap.eligible, gap.unknown, gap.population,
    ]),
    notes: [
      ...basisNotes(answer.basis), ...limitNotes(limits), ...limitNotesOfGaps(limits),
      ...(answer.reachNotLoaded > 0 ? [['reach not judged 可及未评定', `${answer.reachNotLoaded}: population of some or all cities not loaded 城市人口未全部载入`] as [string, string]] : []),
      ...answer.served.map((one): [string, string] => ['served from elsewhere 由外地中心服务', `${one.drug} ${one.region} ← ${one.institution} ${one.name}`]),
    ],
  }
}

function limitNotesOfGaps({ reason, class: is, actor }: Limits): [string, string][] {
  const notes: [string, string | undefined][] = [['reason 原因', reason], ['class 类别', is], ['who can act 可处理方', actor]]
  return notes.filter((one): one is [string, string] => one[1] !== undefined)
}

export function gapHistoryTable(answer: GapHistoryAnswer): ExportTable {
  const { basis, drug, region, smoothing } = answer
  return {
    name: `gap-history-${basis.list}-${drug}-${basis.evidence}-${basis.asOf}`,
    columns: ['drug', 'region', 'company', 'episode_from', 'episode_to', 'episode_days', 'brief', 'phase_from', 'phase_to', 'reason', 'class', 'can_act', 'institutions_least', 'institutions_most'],
    rows: answer.units.flatMap((unit) => unit.episodes.flatMap((one) => one.phases.map((phase) => [
      drug, unit.region, answer.company, one.from, one.to, one.days, one.isBrief ? 'yes' : 'no', phase.from, phase.to, phase.reason, phase.class, phase.acts.map((act) => `${actorOf(act)}:${act}`).join(' '), phase.institutions.least, phase.institutions.most,
    ]))),
    notes: [...basisNotes(basis), ...limitNotes({ drug, region }), ['brief 短暂', `≤ ${smoothing.opensAfterDays} d`]],
  }
}
