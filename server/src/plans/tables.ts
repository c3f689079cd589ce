import type { ListRow } from '@lastmile/db/query/lists'
import type { Plan, PlanAnswer, PlansAnswer, PlansQuestion } from '@lastmile/shared/plan'
import { cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

const columns = ['plan', 'version', 'insurer', 'name_zh', 'name_en', 'unit', 'city', 'valid_from', 'valid_to', 'drug', 'pays_zh', 'pays_en', 'source_zh', 'source_en', 'known_from', 'known_to']

const emptyPays: [string, string] = ['an empty pays 赔付为空', 'what it pays is not known, which is not nothing 赔付内容未知，不等于不赔']

/** Plans, a row for each drug that they name; of the drug that was asked for alone. */
export function plansTable(list: ListRow, { basis, plans, page }: PlansAnswer, { drug, region, insurer, anyDay }: Pick<PlansQuestion, 'drug' | 'region' | 'insurer' | 'anyDay'>): ExportTable {
  return {
    name: `plans-${list.code}-${basis.asOf}`, columns, rows: plans.flatMap((plan) => rowsOf(plan, drug)),
    notes: [
      ['list 目录', list.code], ['valid on 有效日', anyDay === 'true' ? 'any day 不限' : basis.asOf], ['known on 获知时点', basis.knownOn ?? 'now 当前'],
      ...limitNotes({ drug, region }), ...(insurer ? [['insurer 保险机构', insurer] as [string, string]] : []), emptyPays, ...cutNotes(page),
    ],
  }
}

/** What is and was known of one plan, a row for each drug that a version of it names. */
export function planTable(list: ListRow, { basis, plan, former }: PlanAnswer): ExportTable {
  return {
    name: `plan-${plan.code}-${basis.asOf}`, columns, rows: [plan, ...former].flatMap((one) => rowsOf(one)),
    notes: [['list 目录', list.code], ['known on 获知时点', basis.knownOn ?? 'now 当前'], emptyPays],
  }
}

function rowsOf(plan: Plan, only?: string): TableRow[] {
  const { code, version, insurer, name, unit, city, validFrom, validTo, source, knownFrom, knownTo } = plan
  return plan.drugs.filter(({ drug }) => only === undefined || drug === only).map(({ drug, pays }) => [
    code, version, insurer, name.zh, name.en, unit, city, validFrom, validTo, drug, pays?.zh ?? null, pays?.en ?? null, source.zh, source.en, knownFrom, knownTo,
  ])
}
