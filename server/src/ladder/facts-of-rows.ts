import { LadderFactSaid } from '@lastmile/shared/ladder-fact'
import type { LadderRowError } from '@lastmile/shared/ladder-answer'
import { admittedBy, enteredRungs, factOrigins, factSayings, type FactOrigin, type Rung } from '@lastmile/shared/rung'
import { admittedByWords, factOriginWords, factSayingWords, rungWords } from '@lastmile/shared/rung-words'
import type { Text } from '@lastmile/shared/text'
import { fold } from '../reading/cell.js'
import { checkDate } from '../reading/check-date.js'
import type { FactColumn } from './fact-columns.js'
import type { FactRow } from './fact-file.js'

/** A place as it may be written: by its code or one of its names. */
export interface Named {
  code: string
  names: readonly string[]
}

/** A fact of a file, with the row on which it stands. `fact`: the code of the one that it says anew; null: the row names none. */
export interface FactInRow {
  row: number
  fact: string | null
  said: LadderFactSaid
}

/**
 * Reads rows as facts: every error of every row is found, with what to do. Words are taken in both languages, places by code or name.
 * A text without its English stands in Chinese in both. A row of an export that is of another `origin` than the asker's is left out and
 * counted: what others said does not become his word.
 */
export function factsOfRows(rows: readonly FactRow[], { drugs, units, origin }: { drugs: readonly Named[]; units: readonly Named[]; origin: FactOrigin }): { facts: FactInRow[]; leftOut: number; errors: LadderRowError[] } {
  const facts: FactInRow[] = []
  const errors: LadderRowError[] = []
  let leftOut = 0
  const sayings = factSayings.filter((says) => says !== 'required' || origin === 'regulator')
  const find = { drug: indexOf(drugs), unit: indexOf(units), rung: indexOf(enteredRungs.map((rung) => named(rung, rungWords[rung].name, rungWords[rung].short))), says: indexOf(factSayings.map((says) => named(says, factSayingWords[says]))), by: indexOf(admittedBy.map((by) => named(by, admittedByWords[by]))), origin: indexOf(factOrigins.map((one) => named(one, factOriginWords[one]))) }
  const said = new Map<string, number>()
  const byFact = new Map<string, number>()
  for (const { row, cells, problems } of rows) {
    const whose = cells.origin === undefined ? origin : find.origin(cells.origin)
    if (whose !== null && whose !== origin) {
      leftOut += 1
      continue
    }
    const before = errors.length
    const wrong = (column: FactColumn | null, message: Text): null => {
      errors.push({ row, column, message })
      return null
    }
    for (const { column, message } of problems) wrong(column, message)
    if (whose === null) wrong('origin', { zh: '不是填报来源；自行填写的文件请清空该列', en: 'is no origin of an export: in a file of your own leave it empty' })
    const is = <Value>(column: FactColumn, read: (text: string) => Value | null, message: Text): Value | null => {
      const text = cells[column]
      return text === undefined ? null : read(text) ?? wrong(column, message)
    }
    const has = <Value>(column: FactColumn, read: (text: string) => Value | null, message: Text): Value | null => (cells[column] === undefined ? wrong(column, { zh: '未填写', en: 'is empty: fill it in' }) : is(column, read, message))
    const both = (zh: FactColumn, en: FactColumn): Text | null => {
      const [inZh, inEn] = [cells[zh] ?? cells[en], cells[en] ?? cells[zh]]
      return inZh === undefined || inEn === undefined ? null : { zh: inZh, en: inEn }
    }
    const day = (text: string) => checkDate(text, ['iso', 'slash', 'chinese', 'compact'])?.day ?? null
    const count = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : null)
    const noDay = { zh: '不是日期，请写作 2026-01-31', en: 'is no day: write it as 2026-01-31' }
    const noCount = { zh: '不是整数', en: 'is no whole number' }
    const noYes = { zh: '请填“是”或“否”', en: 'is neither yes nor no: write 是 or 否' }
    const value = {
      rung: has('rung', find.rung, { zh: `不是可填报的环节，可填：${enteredRungs.map((rung: Rung) => rungWords[rung].short.zh).join('、')}`, en: `is no rung that is entered; there are ${enteredRungs.join(', ')}` }), drug: has('drug_code', (text) => (text === '*' ? '*' : find.drug(text)), { zh: '不是本目录药品的编码或名称；*表示全部药品', en: 'is no code or name of a drug of this list; * stands for all of them' }),
      unit: has('unit', (text) => (text === '*' ? '*' : find.unit(text)), { zh: '不是报送单元，请填代码或名称，如 370000 或 山东；*表示全国', en: 'is no unit: write its code or its name, as 370000 or 山东; * stands for everywhere' }), city: cells.city ?? null, says: has('says', find.says, { zh: `请填：${sayings.map((says) => factSayingWords[says].zh).join('、')}`, en: `is none of ${sayings.map((says) => `${factSayingWords[says].zh} (${says})`).join(', ')}` }),
      validFrom: has('valid_from', day, noDay), validTo: is('valid_to', day, noDay), exact: is('exact', yes, noYes) ?? true,
      detail: {
        by: is('admitted_by', find.by, { zh: `请填：${admittedBy.map((by) => admittedByWords[by].zh).join('、')}`, en: `is none of ${admittedBy.join(', ')}` }), institutions: is('institutions', count, noCount), rule: both('rule_zh', 'rule_en'), reviewPath: both('review_path_zh', 'review_path_en'),
        casesApplied: is('cases_applied', count, noCount), casesApproved: is('cases_approved', count, noCount), askedOn: cells.asked_on ?? null, scheme: both('scheme_zh', 'scheme_en'), pays: both('pays_zh', 'pays_en'), stopping: is('stopping', yes, noYes),
      },
      source: { text: both('source_zh', 'source_en'), number: cells.document ?? null, dated: cells.dated === undefined ? null : day(cells.dated) ?? cells.dated, url: cells.url ?? null }, note: both('note_zh', 'note_en'),
    }
    if (cells.source_zh === undefined && cells.source_en === undefined) wrong('source_zh', { zh: '未填写依据', en: 'is empty: say where it is written' })
    if (errors.length > before) continue
    const parsed = LadderFactSaid.safeParse({ ...value, drug: value.drug === '*' ? null : value.drug, unit: value.unit === '*' ? null : value.unit })
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) wrong(columnAt(path), path[0] === 'detail' && message.startsWith('that belongs to no ') ? { zh: '该列不适用于这一环节，请清空', en: `${message}: clear it` } : { zh: inChinese[message] ?? '内容不符合要求', en: message })
      continue
    }
    const { rung, drug, unit, city, validFrom } = parsed.data
    const [key, fact] = [[rung, drug, unit, city, validFrom].join('/'), cells.fact ?? null]
    const twice = fact === null ? undefined : byFact.get(fact)
    if (twice !== undefined) {
      wrong('fact', { zh: `与第${twice}行是同一条记录，请保留一行`, en: `is the fact of row ${twice} too: leave one of them out` })
      continue
    }
    const other = said.get(key)
    if (other !== undefined) {
      wrong(null, { zh: `与第${other}行的环节、药品、地区和起始日期相同，请保留一行`, en: `speaks of the same rung, drug, place and day as row ${other}: leave one of them out` })
      continue
    }
    said.set(key, row)
    if (fact !== null) byFact.set(fact, row)
    facts.push({ row, fact, said: parsed.data })
  }
  return { facts, leftOut, errors }
}

const named = (code: string, ...texts: Text[]): Named => ({ code, names: texts.flatMap(({ zh, en }) => [zh, en]) })

function indexOf(all: readonly Named[]): (text: string) => string | null {
  const byName = new Map(all.flatMap(({ code, names }) => [code, ...names].map((name) => [fold(name), code] as const)))
  return (text) => byName.get(fold(text)) ?? null
}

function yes(text: string): boolean | null {
  const word = fold(text)
  return ['是', 'yes', 'true', '1'].includes(word) ? true : ['否', 'no', 'false', '0'].includes(word) ? false : null
}

const columnsOfFields: Record<string, FactColumn> = {
  rung: 'rung', drug: 'drug_code', unit: 'unit', city: 'city', says: 'says', validFrom: 'valid_from', validTo: 'valid_to', exact: 'exact', by: 'admitted_by', institutions: 'institutions', rule: 'rule_zh', reviewPath: 'review_path_zh', casesApplied: 'cases_applied',
  casesApproved: 'cases_approved', askedOn: 'asked_on', scheme: 'scheme_zh', pays: 'pays_zh', stopping: 'stopping', text: 'source_zh', number: 'document', dated: 'dated', url: 'url', note: 'note_zh',
}

/** What the schema of a fact says is wrong, in Chinese. */
const inChinese: Record<string, string> = {
  'the last day is before the first': '截止日期早于起始日期', 'no more cases are approved than were applied for': '通过病例数多于申请病例数', 'a conditional exclusion says by which review a case is left out: who applies, and who decides': '“有条件”的除外须写明审核路径：由谁申请、由谁审核',
  'what is conditional says under which condition: write it in the note': '“有条件”须在备注中写明条件',
  'a year, a month or a day: 2025, 2025-12 or 2025-12-07': '请填年、年月或日期，如 2025、2025-12、2025-12-07',
  'an address that begins with https:// or http://': '链接应以 https:// 或 http:// 开头', 'a text without characters that nobody sees': '含有不可见字符',
}

/** The column of a field that a schema names. */
function columnAt(path: readonly PropertyKey[]): FactColumn | null {
  return path.map((part) => columnsOfFields[String(part)]).find((column) => column !== undefined) ?? null
}
