import type { Day } from '@lastmile/shared/day'
import type { Reason, Status } from '@lastmile/shared/status'
import type { Declaration } from './declaration.js'
import type { Confirmation } from './confirmed.js'
import { randomOf } from './random.js'
import type { Pair } from './world.js'
import type { Sale } from './supplied.js'

/** How the files of one sender look: as people write them, they differ. */
interface Manner { chinese: boolean; mark: boolean; lines: '\n' | '\r\n'; dates: 'iso' | 'slash' | 'chinese' }

function mannerOf(source: string): Manner {
  const random = randomOf(`manner of ${source}`)
  const chinese = random.chance(0.8)
  return { chinese, mark: random.chance(0.6), lines: random.chance(0.5) ? '\r\n' : '\n', dates: chinese && random.chance(0.3) ? random.pick(['slash', 'chinese']) : 'iso' }
}

const headings = {
  institution: { zh: '定点医药机构代码', en: 'institution_code' }, drug: { zh: '药品代码', en: 'drug_code' }, status: { zh: '配备状态', en: 'status' },
  filedOn: { zh: '上报日期', en: 'reported_on' }, observedOn: { zh: '观察日期', en: 'observed_on' }, reason: { zh: '原因', en: 'reason' },
  leadDays: { zh: '到货天数', en: 'lead_days' }, price: { zh: '销售价格', en: 'price' }, soldOn: { zh: '结算日期', en: 'date' }, quantity: { zh: '数量', en: 'quantity' },
} as const

const statusWords: Readonly<Record<Status, string>> = {
  in_stock: '有货', on_order: '可预订', out_of_stock: '缺货', not_carried: '未配备', discontinued: '停止配备', not_known: '不详',
}
const reasonWords: Readonly<Record<Reason, string>> = {
  cold_chain: '冷链条件', few_patients: '患者少', thin_margin: '利润薄', qualified_centre: '需定点中心', performance_assessment: '绩效考核',
  expiry_risk: '效期风险', formulary_size: '品种数限制', committee_not_convened: '药事会未召开', supply: '供应不足', other: '其他',
}

/** A column, left out of the file if no row has anything to say in it. */
interface Column<Row> { heading: keyof typeof headings; always: boolean; cell(row: Row, manner: Manner): string }

export function declarationFile(source: string, rows: readonly Declaration[]): Uint8Array {
  return fileOf<Declaration>(source, rows, [
    ...pairColumns, { heading: 'status', always: true, cell: (row, manner) => word(statusWords, row.status, manner) },
    { heading: 'filedOn', always: false, cell: (row, manner) => written(row.filedOn, manner) },
  ])
}

export function confirmationFile(source: string, rows: readonly Confirmation[]): Uint8Array {
  return fileOf<Confirmation>(source, rows, [
    ...pairColumns, { heading: 'status', always: true, cell: (row, manner) => word(statusWords, row.status, manner) },
    { heading: 'filedOn', always: true, cell: (row, manner) => written(row.filedOn, manner) },
    { heading: 'observedOn', always: false, cell: (row, manner) => written(row.observedOn, manner) },
    { heading: 'reason', always: true, cell: (row, manner) => (row.reason === null ? '' : word(reasonWords, row.reason, manner)) },
    { heading: 'leadDays', always: true, cell: (row) => (row.leadDays === null ? '' : String(row.leadDays)) },
    { heading: 'price', always: false, cell: (row) => row.price ?? '' },
  ])
}

export function supplyFile(source: string, rows: readonly Sale[]): Uint8Array {
  return fileOf<Sale>(source, rows, [
    ...pairColumns, { heading: 'soldOn', always: true, cell: (row, manner) => written(row.day, manner) },
    { heading: 'quantity', always: true, cell: (row) => (row.quantity === null ? '' : String(row.quantity)) },
  ])
}

const pairColumns: readonly Column<Pair>[] = [
  { heading: 'institution', always: true, cell: (row) => row.institution.code },
  { heading: 'drug', always: true, cell: (row) => row.drug },
]

/** A CSV file in UTF-8. No cell needs quotes: codes, words, days and numbers hold no comma. */
function fileOf<Row extends Pair>(source: string, rows: readonly Row[], columns: readonly Column<Row>[]): Uint8Array {
  const manner = mannerOf(source)
  const inOrder = [...rows].sort((a, b) => compare(a.institution.code, b.institution.code) || compare(a.drug, b.drug))
  const used = columns.filter((column) => column.always || inOrder.some((row) => column.cell(row, manner) !== ''))
  const head = used.map((column) => headings[column.heading][manner.chinese ? 'zh' : 'en']).join(',')
  const body = inOrder.map((row) => used.map((column) => column.cell(row, manner)).join(','))
  const byteOrderMark = manner.mark ? '\ufeff' : ''
  return new TextEncoder().encode(`${byteOrderMark}${[head, ...body, ''].join(manner.lines)}`)
}

function word<Key extends string>(words: Readonly<Record<Key, string>>, key: Key, manner: Manner): string {
  return manner.chinese ? words[key] : key
}

function written(day: Day | null, { dates }: Manner): string {
  if (day === null || dates === 'iso') return day ?? ''
  const [year, month, date] = day.split('-').map(Number)
  return dates === 'slash' ? `${year}/${month}/${date}` : `${year}年${month}月${date}日`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
