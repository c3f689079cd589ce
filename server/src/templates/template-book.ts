import type { ListRow } from '@lastmile/db/query/lists'
import type { SourceRow } from '@lastmile/db/query/sources'
import type { TemplatePair } from '@lastmile/db/query/template'
import { addDays, dayNumber, periodDays, type Day, type Period } from '@lastmile/shared/day'
import type { Field } from '@lastmile/shared/source'
import { reasons, statuses } from '@lastmile/shared/status'
import type { Language, Text } from '@lastmile/shared/text'
import { demonstrationNote } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'
import { columnLetters, serialOfDay, type BookRow, type BookSheet, type Validation } from '../writing/workbook-file.js'
import { inScript, templateCell, templateColumns, type TemplateColumn } from './template-table.js'
import { statusMeans, words } from './template-words.js'

/** A template: of which source, for when, in which language, and its pairs. */
export interface Template {
  readonly list: ListRow
  readonly source: SourceRow
  readonly period: Period | null
  readonly asOf: Day
  readonly language: Language
  readonly pairs: readonly TemplatePair[]
}

/** The header stands below a title and a line that says what to do. */
const headerAt = 3
/** Rows below the last in which others can be added, with the same rules. */
const added = 500

/** A template as a workbook: what is to be filled in, and how. */
export function templateBook(template: Template): BookSheet[] {
  const { source, language, asOf, pairs, period } = template
  const columns = templateColumns(source.profile, language, asOf)
  const last = headerAt + pairs.length
  return [
    {
      name: words.data[language], frozenRows: headerAt, isProtected: true, filter: `A${headerAt}:${columnLetters(columns.length - 1)}${last}`,
      // Below the last row others can be added, of any institution: only cells of the rows given are locked.
      columns: columns.map(({ width, toFill, style }) => ({ width, style: toFill ? style : 'toFillText' })),
      rows: dataRows(template, columns),
      validations: validationsOf(template, columns, last + added),
    },
    { name: words.instructions[language], columns: [{ width: 16 }, { width: 62 }, { width: 16 }, { width: 80 }], rows: instructionRows(template, period) },
  ]
}

/** A template as a table, for a CSV: nothing is locked in it. */
export function templateTable({ source, language, asOf, pairs }: Template): Pick<ExportTable, 'columns' | 'rows'> {
  const columns = templateColumns(source.profile, language, asOf)
  return { columns: columns.map(({ heading }) => heading), rows: pairs.map((pair) => columns.map((column) => column.value(pair))) }
}

function* dataRows({ source, language, period, asOf, pairs }: Template, columns: readonly TemplateColumn[]): Generator<BookRow> {
  // Cells of these rows are locked: nothing above the header is data.
  yield { at: 1, cells: columns.map((_, i) => ({ value: i === 0 ? `${source.data.name[language]} ${period ?? asOf} ${words.title[language]}` : null, style: 'title' })), height: 22 }
  yield { at: 2, cells: columns.map((_, i) => ({ value: i === 0 ? words.hint[language] : null, style: 'note' })) }
  yield { at: headerAt, cells: columns.map(({ heading, toFill }) => ({ value: heading, style: toFill ? 'headToFill' : 'head' })), height: 34 }
  for (const [i, pair] of pairs.entries()) yield { at: headerAt + 1 + i, cells: columns.map((column) => templateCell(column, pair)) }
}

function validationsOf({ source: { profile }, language, period, asOf }: Template, columns: readonly TemplateColumn[], last: number): Validation[] {
  const ends = period === null ? { first: '1900-01-01', last: asOf } : periodDays(period)
  const serial = (day: Day) => serialOfDay(dayNumber(day))
  const listed = (accepted: Partial<Record<string, readonly string[]>>, known: readonly string[]) => known.flatMap((one) => (accepted[one] ? [inScript(accepted[one], language)] : []))
  const rules: Partial<Record<Field, Validation['rule'] & { means: Text }>> = {
    status: { type: 'list', words: listed(profile.statusWords, statuses), means: words.blankMeans },
    reason: { type: 'list', words: listed(profile.reasonWords, reasons), means: words.reasonMeans },
    reported_on: { type: 'day', least: serial(profile.checkDays ? ends.first : '1900-01-01'), most: serial(ends.last), means: words.dayMeans },
    observed_on: { type: 'day', least: serial('1900-01-01'), most: serial(ends.last), means: words.dayMeans },
    lead_days: { type: 'whole', least: 0, most: 9_999, means: words.figureMeans },
    quantity: { type: 'decimal', least: 0, most: 999_999_999, means: words.figureMeans },
    price: { type: 'decimal', least: 0.01, most: 99_999_999.99, means: words.figureMeans },
  }
  return columns.flatMap(({ field, heading }, i): Validation[] => {
    const rule = field === null ? undefined : rules[field]
    return rule === undefined ? [] : [{ cells: `${columnLetters(i)}${headerAt + 1}:${columnLetters(i)}${last}`, rule, title: heading, message: rule.means[language] }]
  })
}

function instructionRows({ list, source, pairs, asOf }: Template, period: Period | null): BookRow[] {
  const { data, profile } = source
  const both = (text: Text): Text => text
  const filledIn = (text: Text, n: number): Text => ({ zh: text.zh.replace('{n}', String(n)), en: text.en.replace('{n}', String(n)) })
  const same = (text: string): Text => ({ zh: text, en: text })
  const rows: (readonly [Text, Text])[] = [
    [words.source, { zh: `${data.name.zh}（${data.code}）`, en: `${data.name.en} (${data.code})` }],
    [period === null ? words.asOf : words.period, same(period ?? asOf)],
    ...(period === null ? [] : [[words.due, same(addDays(periodDays(period).last, data.graceDays))] as const]),
    [words.scope, filledIn(words.scopeMeans, pairs.length)],
    [words.blank, both(words.blankMeans)], [words.blank, data.mode === 'snapshot' ? words.snapshot : words.changes],
    ...statuses.filter((status) => profile.statusWords[status]).map((status): readonly [Text, Text] => [{ zh: inScript(profile.statusWords[status]!, 'zh'), en: inScript(profile.statusWords[status]!, 'en') }, statusMeans[status]]),
    [words.reason, words.reasonMeans], [words.day, words.dayMeans], [words.figure, words.figureMeans], [words.more, words.moreMeans], [words.send, words.sendMeans],
    ...(list.demonstration ? [[same(demonstrationNote[0]), same(demonstrationNote[1])] as const] : []),
  ]
  return [
    { at: 1, cells: [{ value: words.instructions.zh, style: 'title' }, null, { value: words.instructions.en, style: 'title' }], height: 22 },
    ...rows.map(([name, text], i): BookRow => ({
      at: i + 2, height: 15 * Math.max(1, Math.ceil(text.zh.length / 34), Math.ceil(text.en.length / 88)),
      cells: [{ value: name.zh, style: 'wrapped' }, { value: text.zh, style: 'wrapped' }, { value: name.en, style: 'wrapped' }, { value: text.en, style: 'wrapped' }],
    })),
  ]
}
