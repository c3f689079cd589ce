import { companyAloneWords } from '@lastmile/shared/rung-words'
import { institutionsKnown, type ScorecardAnswer, type ScorecardsAnswer } from '@lastmile/shared/scorecard'
import { basisNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

/** How it is compared, `around` whose mean. */
const rule = (around: string): [string, string][] => [
  ['comparison 比较', 'within or beyond what chance and the usual differences between units would give for so many cases; no rank 是否超出随机波动和各地间的一般差异，不排名'],
  ['limits 界限', `95 % and 99.8 %, beta-binomial, computed exactly, of estimated parameters, ${around}`],
  ['spread 离散度', 'how units differ beyond chance: the correlation of two cases of one unit, estimated cautiously from winsorised z-scores of all units; 0: none was found beyond chance 各报送单元差异超出随机波动的程度（同一单元两个事项的相关系数，按全部单元的缩尾z值保守估计），0为未发现超出随机波动'],
]

/** The scorecard of one unit: a row for each figure. */
export function scorecardTable({ basis, unit, scores, duties, reporting, standards, cases, ladder }: ScorecardAnswer): ExportTable {
  const rows: TableRow[] = [
    ...scores.map(({ measure, own, mean, members, funnel, place }): TableRow => ['compared', measure, own?.count ?? null, own?.of ?? null, own?.unknown ?? null, mean, funnel?.spread ?? null, members, place]),
    ...(duties ?? []).flatMap(({ duty, counts }) => (['in_time', 'late', 'not_convened', 'not_reported'] as const).map((state): TableRow => ['duty', `${duty.code} ${state}`, counts[state], counts.owed, null, null, null, null, null])),
    ...(['onTime', 'late', 'held', 'missing'] as const).map((state): TableRow => ['reporting', state, reporting[state], reporting.owed, null, null, null, null, null]),
    ...standards.map((one): TableRow => ['standard', one.drug, institutionsKnown(one), one.minInstitutions, null, null, null, null, one.stand]),
    ...(cases === null ? [] : Object.entries(cases).map(([state, count]): TableRow => ['cases', state, count, null, null, null, null, null, null])),
    ...ladder.flatMap(({ rung, yes, conditional, no, notKnown, company }) => {
      const counts = { yes, yes_company_only: company.yes, conditional, conditional_company_only: company.conditional, no, no_company_only: company.no, not_known: notKnown }
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
      return Object.entries(counts).map(([state, count]): TableRow => ['ladder', `${rung} ${state}`, count, all, null, null, null, null, null])
    }),
  ]
  return { name: `scorecard-${basis.list}-${unit}-${basis.evidence}-${basis.asOf}`, notes: [...basisNotes(basis), ...limitNotes({ region: unit }), ['company_only 仅企业', `${companyAloneWords.means.en} ${companyAloneWords.means.zh}`], ...rule('around the mean of the others of similar size 95%、99.8%，按其余相近报送单元均值的贝塔二项分布，计算精确，参数为估计值')], columns: ['of', 'what', 'count', 'out_of', 'not_known', 'mean_of_others', 'spread', 'others', 'place'], rows }
}

/** Scores of units, by code: a row a unit and measure. */
export function scorecardsTable({ basis, rows }: ScorecardsAnswer): ExportTable {
  return {
    name: `scorecards-${basis.list}-${basis.evidence}-${basis.asOf}`, notes: [...basisNotes(basis), ...rule('around the mean of all units 95%、99.8%，按全部报送单元均值的贝塔二项分布，计算精确，参数为估计值')], columns: ['unit', 'measure', 'count', 'out_of', 'not_known', 'mean', 'spread', 'members', 'place'],
    rows: rows.flatMap(({ unit, scores }) => scores.map(({ measure, own, mean, members, funnel, place }) => [unit, measure, own?.count ?? null, own?.of ?? null, own?.unknown ?? null, mean, funnel?.spread ?? null, members, place])),
  }
}
