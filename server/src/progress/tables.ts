import type { MovesAnswer } from '@lastmile/shared/company-moves'
import type { Side } from '@lastmile/shared/contradiction'
import type { DropOffAnswer, PairSet } from '@lastmile/shared/drop-off'
import type { CurvesAnswer, DrugClass } from '@lastmile/shared/listing-curve'
import type { NextStepsAnswer } from '@lastmile/shared/next-step'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

/** Curves and bands as one table: on each day since the listing on which anything changes, what the drug reached and what the band is. */
export function curvesTable({ basis, company, of, drugs }: CurvesAnswer): ExportTable {
  return {
    name: `progress-curves-${company}-${of}-${basis.list}-${basis.asOf}`,
    columns: ['drug', 'listed_on', 'days_since_listing', 'reached', 'new_units', 'band_p10', 'band_p25', 'band_median', 'band_p75', 'band_p90'],
    rows: drugs.flatMap(({ drug, listedOn, said, reached, band }): TableRow[] => {
      const days = [...new Set([...reached.map((one) => one.days), ...(band?.points.map((one) => one.days) ?? [])])].sort((a, b) => a - b)
      return days.map((day): TableRow => {
        const point = band?.points.findLast((one) => one.days <= day)
        return [drug, listedOn, day, said ? reached.findLast((one) => one.days <= day)?.n ?? 0 : null, reached.find((one) => one.days === day)?.units?.join(' ') ?? null, point?.low ?? null, point?.lower ?? null, point?.median ?? null, point?.upper ?? null, point?.high ?? null]
      })
    }),
    notes: [
      ...basisNotes(basis), ['company 企业', company], ['reached 达到', of === 'units' ? 'units in which any institution ever had it, each from the first time on 曾有机构配备的报送单元（首次配备起计）' : 'the most distinct institutions that had it at one time 同一时点配备机构数的最高值（去重）'],
      ...drugs.map(({ drug, band }): [string, string] => [`band of ${drug} 同类区间`, band === null ? 'none: fewer than five other companies in every class 无：各级类别中其他企业均不足5家' : `${classWords(band.class)}; percentiles of ${band.companies} other companies 家其他企业的百分位, ${band.drugs} drugs 个品种 (of several of a company the middle 同一企业多个品种取中位); left out, nothing ever said 从无此类报送、未计入: ${band.silent}`]),
    ],
  }
}

function classWords({ rareDisease, supplyForm, group }: DrugClass): string {
  if (rareDisease === null) return 'all drugs of the list 目录全部品种'
  return [rareDisease ? 'rare disease 罕见病' : 'not rare disease 非罕见病', ...(supplyForm === null ? [] : [supplyForm]), ...(group === null ? [] : [group])].join(', ')
}

const setMeanings: Record<PairSet, string> = {
  declared: 'declared in stock 企业申报已配备',
  confirmed: 'declared, and confirmed in stock 已申报且获确认',
  supplied: 'declared, confirmed, and a supply seen 已申报、获确认且有供应',
  unsupplied: 'declared and confirmed, and no supply seen 已申报、获确认，未见供应',
  refuted: 'declared, and not in stock by the institution or its province 已申报，机构或省级确认未配备',
  unconfirmed: 'declared, and nobody has confirmed it 已申报，尚无确认',
  supplied_unconfirmed: 'declared and not confirmed, and a supply seen 已申报未获确认，但有供应',
  never_declared: 'a supply seen, and never declared 有供应，企业从未申报',
  stale_soon: 'declared, and stale within 14 days 申报将在14天内过期',
  unconfirmed_long: 'declared for 30 days or longer, and not confirmed 申报满30天仍未获确认',
}

/** The pairs of one set, each with what every kind of evidence says of it. */
export function dropOffTable(answer: DropOffAnswer, limits: { drug?: string | undefined; region?: string | undefined }): ExportTable {
  const { basis, company, set, rows, page, totals } = answer
  // A column that no row has for its asker is left out.
  const hasSource = rows.some(({ declared, confirmed, supplied }) => [declared, confirmed, supplied].some((one) => one?.source !== undefined))
  const side = (one: Side | null) => [one?.state ?? null, one?.day ?? null, ...(hasSource ? [one?.source ?? null] : [])]
  const named = (kind: string) => [kind, `${kind}_day`, ...(hasSource ? [`${kind}_source`] : [])]
  return {
    name: `progress-drop-off-${company}-${set}-${basis.list}-${basis.asOf}`,
    columns: ['drug', 'institution', 'name', 'kind', 'unit', 'city', ...named('declared'), ...named('confirmed'), 'reason', ...named('supplied')],
    rows: rows.map((row) => [row.drug, row.institution, row.institutionName, row.kind, row.unit, row.city, ...side(row.declared), ...side(row.confirmed), row.confirmed?.reason ?? null, ...side(row.supplied)]),
    notes: [...basisNotes(basis), ['set 集合', setMeanings[set]], ...limitNotes({ ...limits, company }), ['pairs 品种机构对', String(totals[set].pairs)], ['institutions 机构', String(totals[set].institutions)], ...cutNotes(page)],
  }
}

const moveMeanings = { gained: 'in stock or supplied that was not 新增', lost: 'in stock that is no more 减少', refuted: 'declarations newly denied 新出现的申报未获认可', undeclared: 'supplies newly seen where nothing was ever declared 新出现的有供应未申报', settled: 'contradictions that are no more 已消除的矛盾' } as const

/** The pairs of one set that moved, with what was said of each at both ends. */
export function movesTable({ basis, company, since, set, rows, page }: MovesAnswer): ExportTable {
  return {
    name: `progress-moves-${company}-${set}-${basis.list}-${basis.asOf}`,
    columns: ['drug', 'institution', 'name', 'kind', 'unit', 'city', 'declared_before', 'declared', 'confirmed_before', 'confirmed', 'supplied_before', 'supplied'],
    rows: rows.map((row) => [row.drug, row.institution, row.institutionName, row.kind, row.unit, row.city, row.declared.before, row.declared.after, row.confirmed.before, row.confirmed.after, row.supplied.before, row.supplied.after]),
    notes: [...basisNotes(basis), ['company 企业', company], ['since 自', since], ['moved 变动', moveMeanings[set]], ...cutNotes(page)],
  }
}

/** What is to be done, the best first. */
export function nextStepsTable({ basis, company, tells, steps }: NextStepsAnswer): ExportTable {
  return {
    name: `progress-next-steps-${company}-${basis.list}-${basis.asOf}`,
    columns: ['step', 'number', 'day', 'drug', 'act', 'units', 'residents', 'residents_known_units', 'source', 'period', 'report', 'case', 'request'],
    rows: steps.map((one) => [one.kind, one.number, one.on, one.drug, one.act, one.regions.length === 0 ? null : one.regions.join(' '), one.residents, one.kind === 'gap' ? one.residentsKnown : null, one.source, one.period, one.report, one.case, one.request]),
    notes: [...basisNotes(basis), ['company 企业', company], ...(tells.letters && tells.requests ? [] : [['left out 未列出', 'letters and requests, not shown to who looks as another 督导函与请求事项，预览时不显示'] as [string, string]])],
  }
}
