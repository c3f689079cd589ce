import type { DemandAnswer, DemandInterval, Stocked } from '@lastmile/shared/demand'
import { demandsToldFrom } from '@lastmile/shared/demand'
import { evidences } from '@lastmile/shared/evidence'
import type { ExportTable } from '../http/table-file.js'

/** A line for each unit and drug, and below it one for each city that is told, for the others together, and for each institution that is named. What is told in classes stands in a column of its own. */
export function demandTable({ list, today, openDays, rows }: DemandAnswer): ExportTable {
  const stocked = (there: Stocked) => [...evidences.map((evidence) => there[evidence].institutions), ...evidences.map((evidence) => there[evidence].said)]
  const none = [null, null, null]
  const interval = (one: DemandInterval | null) => [one?.from ?? null, one?.to ?? null]
  return {
    name: `demand-${list}-${today}`,
    notes: [
      ['as of 截至', today], ['a demand stands for days 需求有效天数', openDays === null ? '–' : String(openDays)],
      ['cities 城市', `fewer than ${demandsToldFrom} are told of the province alone 不足${demandsToldFrom}条的只在省级汇总`],
      ['stocked 有货', 'institutions by each kind of evidence, never added up; empty: not zero, see said 按证据种类分列的机构数，不可相加；空格不等于零，见said'],
      ['said 所报情况', 'yes: some have it 有机构配备; no: nobody has it, and somebody says so (of supplies: none was seen) 有报送而无机构配备（供应：未见供应）; unknown: stale or not known 不明（过期或不详）; nothing: not reported 未报送'],
    ],
    columns: ['drug', 'unit', 'row', 'city', 'institution', 'open', 'institutions_from', 'institutions_to', 'met', 'patients_1_2', 'patients_3_9', 'patients_10', 'within_days', 'within_weeks', 'within_months', 'latest', 'stocked_declared', 'stocked_confirmed', 'stocked_supplied', 'said_declared', 'said_confirmed', 'said_supplied', 'patients', 'urgency', 'state'],
    rows: rows.flatMap((row) => [
      [row.drug, row.unit, 'unit', null, null, row.open, null, null, row.met, row.patients.one_or_two, row.patients.three_to_nine, row.patients.ten_or_more, row.urgency.days, row.urgency.weeks, row.urgency.months, row.latest, ...stocked(row.stocked), null, null, null],
      ...row.cities.map((one) => [row.drug, row.unit, 'city', one.city, null, one.demands, ...interval(one.institutions), null, ...none, ...none, null, ...stocked(one.stocked), null, null, null]),
      ...(row.others !== null && row.others > 0 ? [[row.drug, row.unit, 'other cities', null, null, row.others, null, null, null, ...none, ...none, null, ...none, ...none, null, null, null]] : []),
      ...(row.named ?? []).map((one) => [row.drug, row.unit, 'institution', one.city, one.institution, null, null, null, null, ...none, ...none, one.on, ...none, ...none, one.patients, one.urgency, one.state]),
    ]),
  }
}
