import type { Language, Text } from '@lastmile/shared/text'
import { clean, fold } from './cell.js'

/*
 * Headings of columns that this product puts into the files it hands out: they come back with the file, and nobody reads
 * what stands below them.
 */

/** What a pair's source said of it last. By this heading a template is known: in its rows, what is left blank is not reported. */
export const templateMark: Text = { zh: '上期状态（空白行不报送）', en: 'Last status (rows left blank are not reported)' }

/** What a template says beside, so that people know which row is which. */
export const referenceHeadings = {
  institution: { zh: '机构名称', en: 'institution_name' }, city: { zh: '所在城市', en: 'city_name' }, drug: { zh: '药品名称', en: 'drug_name' }, lastDay: { zh: '上期日期', en: 'last_day' },
} as const satisfies Record<string, Text>

/** What is wrong with each row of a file that came back with its errors. */
export const errorHeading: Text = { zh: '错误（再次报送时忽略）', en: 'Errors (ignored when sent again)' }

/** Says, where a file came back without its prices, that they must be filled in again. */
export const priceNote: Text = { zh: '价格已清空：再次报送前请重新填写，否则视为不报价格', en: 'Prices were left out: fill them in again before you send this, or none is reported' }

const languages: readonly Language[] = ['zh', 'en']
const folded = (texts: readonly Text[]): ReadonlySet<string> => new Set(texts.flatMap((text) => languages.map((language) => fold(clean(text[language]).text))))
const marks = folded([templateMark])
const inTemplates = folded([templateMark, ...Object.values(referenceHeadings)])
const always = folded([errorHeading, priceNote])

/** Whether the headings of a table (as they are compared) are those of a template of ours. */
export function isTemplate(headings: readonly string[]): boolean {
  return headings.some((one) => marks.has(one))
}

/** Whether a heading is one of ours that nobody reads. */
export function isOwnHeading(heading: string, ofTemplate: boolean): boolean {
  return always.has(heading) || (ofTemplate && inTemplates.has(heading))
}
