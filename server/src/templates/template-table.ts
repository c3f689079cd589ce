import type { TemplatePair } from '@lastmile/db/query/template'
import { dayNumber, type Day } from '@lastmile/shared/day'
import type { Field, Profile } from '@lastmile/shared/source'
import type { Language, Text } from '@lastmile/shared/text'
import { referenceHeadings, templateMark } from '../reading/own-headings.js'
import { serialOfDay, type BookCell } from '../writing/workbook-file.js'
import type { StyleName } from '../writing/cell-styles.js'

/** A column of a template: what it is headed, whether people fill it in, and what stands in it for a pair. */
export interface TemplateColumn {
  readonly heading: string
  readonly field: Field | null
  readonly width: number
  readonly toFill: boolean
  readonly style: StyleName
  /** A text, or a day. */
  value(pair: TemplatePair): string | null
  readonly isDay?: boolean
}

/** What a person fills in, in the order of the columns. */
const filled: readonly Field[] = ['status', 'reported_on', 'observed_on', 'reason', 'lead_days', 'quantity', 'price']
const looks: Partial<Record<Field, { style: StyleName; width: number }>> = { reported_on: { style: 'toFillDay', width: 14 }, observed_on: { style: 'toFillDay', width: 14 }, status: { style: 'toFillText', width: 14 }, reason: { style: 'toFillText', width: 18 } }

/**
 * The columns of a template: master data, what the source said last, and what is to be filled in. Its status is blank,
 * because to say again what was said is an act; the day of filing stands there where every row must have one.
 */
export function templateColumns(profile: Profile, language: Language, asOf: Day): TemplateColumn[] {
  const heading = (field: Field) => inScript(profile.columns[field] ?? [field], language)
  const given = (text: Text, width: number, value: TemplateColumn['value'], isDay = false): TemplateColumn => ({ heading: text[language], field: null, width, toFill: false, style: isDay ? 'lockedDay' : 'locked', value, isDay })
  const code = (field: Field, width: number, value: TemplateColumn['value']): TemplateColumn => ({ heading: heading(field), field, width, toFill: false, style: 'locked', value })
  const toFill = filled.filter((field) => profile.columns[field] !== undefined).map((field): TemplateColumn => {
    const { style, width } = looks[field] ?? { style: 'toFill', width: 10 }
    const stands = field === 'reported_on' && profile.filled.includes(field)
    return { heading: heading(field), field, width, toFill: true, style, value: () => (stands ? asOf : null), isDay: style === 'toFillDay' }
  })
  return [
    code('institution_code', 18, (pair) => pair.institution), given(referenceHeadings.institution, 32, (pair) => pair.institutionName), given(referenceHeadings.city, 14, (pair) => pair.city?.[language] ?? null),
    code('drug_code', 14, (pair) => pair.drug.data.code), given(referenceHeadings.drug, 26, (pair) => pair.drug.data.name[language]),
    given(templateMark, 20, (pair) => (pair.last === null ? null : inScript(profile.statusWords[pair.last.status] ?? [pair.last.status], language))), given(referenceHeadings.lastDay, 12, (pair) => pair.last?.day ?? null, true),
    ...toFill,
  ]
}

/** Of several words that mean the same, the one in the script of a language; where there is none, the first. */
export function inScript(words: readonly string[], language: Language): string {
  return words.find((word) => /\p{Script=Han}/u.test(word) === (language === 'zh')) ?? words[0]!
}

/** A cell of a template's row. */
export function templateCell(column: TemplateColumn, pair: TemplatePair): BookCell | null {
  const value = column.value(pair)
  if (value === null) return column.toFill ? null : { value: null, style: column.style }
  return { value: column.isDay ? serialOfDay(dayNumber(value)) : value, style: column.style }
}
