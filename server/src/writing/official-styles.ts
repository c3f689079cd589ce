/*
 * How an official document looks, after GB/T 9704-2012: title in 小标宋 of size 2 (22 pt), body in 仿宋 of size 3 (16 pt) on
 * lines of 28 pt, headings 黑体, page numbers — 1 — of size 4 in 宋体, outside on each page. Fonts are named, not brought along:
 * an office has them, and who has not is shown the nearest.
 */

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/** Of the text between the margins, in twentieths of a point. */
export const textWidth = 8_845

const fonts = {
  body: { zh: '仿宋_GB2312', en: 'Times New Roman' }, title: { zh: '方正小标宋简体', en: 'Times New Roman' }, heading: { zh: '黑体', en: 'Times New Roman' }, song: { zh: '宋体', en: 'Times New Roman' }, kai: { zh: '楷体_GB2312', en: 'Times New Roman' },
}

interface Style {
  font: keyof typeof fonts
  /** In points. */
  size: number
  /** Of words in letters, where it is another. */
  sizeEn?: number
  /** Height of a line in points, exactly; null: as high as what stands in it. */
  line: number | null
  lineEn?: number
  align?: 'center' | 'right' | 'both'
  /** Letters by which the first line is moved in. */
  indent?: number
  before?: number
  after?: number
  isBold?: boolean
  color?: string
  more?: string
}

const red = 'E60012'
const keep = '<w:keepNext/>'

const styles: Record<string, Style> = {
  RedHeader: { font: 'title', size: 36, line: null, align: 'center', before: 60, after: 40, color: red },
  RedNumber: { font: 'body', size: 16, line: 28, align: 'center', after: 48, more: `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="${red}"/></w:pBdr>` },
  PlainNumber: { font: 'body', size: 16, line: 28, align: 'right', after: 20 },
  Title: { font: 'title', size: 22, line: 35, align: 'center', more: keep },
  Subtitle: { font: 'kai', size: 16, line: 28, align: 'center' },
  Warning: { font: 'kai', size: 14, line: 24, align: 'center', color: '9C1C1C' },
  Empty: { font: 'body', size: 16, line: 28 },
  Heading1: { font: 'heading', size: 16, line: 28, indent: 2, more: `${keep}<w:outlineLvl w:val="0"/>` },
  BodyText: { font: 'body', size: 16, line: 28, align: 'both', indent: 2 },
  TableTitle: { font: 'heading', size: 12, line: 22, align: 'center', before: 8, after: 3, more: keep },
  TableHead: { font: 'heading', size: 10.5, sizeEn: 8.5, line: 14, align: 'center', before: 2, after: 2 },
  TableText: { font: 'song', size: 10.5, sizeEn: 9, line: 14, before: 1, after: 1 },
  TableFigure: { font: 'song', size: 10.5, sizeEn: 9, line: 14, align: 'center', before: 1, after: 1 },
  Picture: { font: 'body', size: 16, line: null, align: 'center', before: 8, more: keep },
  PictureTitle: { font: 'heading', size: 12, line: 22, align: 'center', after: 2 },
  Note: { font: 'song', size: 9, line: 14, align: 'both', before: 2, after: 8 },
  Signature: { font: 'body', size: 16, line: 28, align: 'right', more: '<w:ind w:right="1280" w:rightChars="400"/>' },
  AttachmentLabel: { font: 'heading', size: 16, line: 28, more: '<w:pageBreakBefore/>' },
  AttachmentTitle: { font: 'title', size: 18, line: 30, align: 'center', before: 6, after: 8 },
  Question: { font: 'heading', size: 12, sizeEn: 11, line: 19, lineEn: 15.5, align: 'both', before: 3, more: keep },
  Answer: { font: 'body', size: 12, sizeEn: 11, line: 19, lineEn: 15.5, align: 'both', indent: 2 },
  Footer: { font: 'song', size: 14, line: null },
}

/** The part of styles. Elements of a paragraph's looks come in the order of the schema. */
export function stylesPart(language: 'zh' | 'en'): string {
  const normal = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr>${fontXml('body')}<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="${language === 'zh' ? 'en-US' : 'en-GB'}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`
  return `<w:styles xmlns:w="${w}">${defaults}${normal}${Object.entries(styles).map(([id, style]) => styleXml(id, style, language)).join('')}</w:styles>`
}

/** Letters of either script in their own font. */
function fontXml(font: keyof typeof fonts): string {
  const { zh, en } = fonts[font]
  return `<w:rFonts w:ascii="${en}" w:hAnsi="${en}" w:cs="${en}" w:eastAsia="${zh}"/>`
}

const names: Record<string, string> = { Title: 'Title', Subtitle: 'Subtitle', Heading1: 'heading 1', BodyText: 'Body Text', Footer: 'footer', Signature: 'Signature' }
const order = ['keepNext', 'pageBreakBefore', 'pBdr', 'snapToGrid', 'spacing', 'ind', 'jc', 'outlineLvl']

function styleXml(id: string, { font, size: usual, sizeEn, line: usualLine, lineEn, align, indent, before = 0, after = 0, isBold, color, more = '' }: Style, language: 'zh' | 'en'): string {
  const [size, line] = language === 'en' ? [sizeEn ?? usual, lineEn ?? usualLine] : [usual, usualLine]
  const spacing = `<w:spacing w:before="${before * 20}" w:after="${after * 20}" ${line === null ? 'w:line="240" w:lineRule="auto"' : `w:line="${line * 20}" w:lineRule="exact"`}/>`
  // Whole letters for Chinese, which follow the size of the letters; a measure for others.
  const indented = indent === undefined ? '' : `<w:ind ${language === 'zh' ? `w:firstLineChars="${indent * 100}" ` : ''}w:firstLine="${size * indent * 20}"/>`
  // Text of size 3 stands on the lines of the page; what is smaller or larger has lines of its own.
  const own = [line === 28 ? '' : '<w:snapToGrid w:val="0"/>', spacing, indented, align === undefined ? '' : `<w:jc w:val="${align}"/>`, ...(more.match(/<w:(\w+)[^>]*\/>|<w:pBdr>.*<\/w:pBdr>/g) ?? [])].filter((one) => one !== '')
  const sorted = own.sort((a, b) => order.indexOf(tagOf(a)) - order.indexOf(tagOf(b)))
  const bold = isBold || (language === 'en' && (font === 'heading' || font === 'title')) ? '<w:b/>' : ''
  return `<w:style w:type="paragraph"${names[id] ? '' : ' w:customStyle="1"'} w:styleId="${id}"><w:name w:val="${names[id] ?? id}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${sorted.join('')}</w:pPr><w:rPr>${fontXml(font)}${bold}${color === undefined ? '' : `<w:color w:val="${color}"/>`}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr></w:style>`
}

const tagOf = (xml: string) => /^<w:(\w+)/.exec(xml)![1]!

/** Pages have their number outside: odd ones on the right, even ones on the left. */
export const settingsPart = `<w:settings xmlns:w="${w}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

/** The foot of a page: its number between dashes, a letter away from the edge of the text. */
export function footerPart(side: 'left' | 'right'): string {
  const text = (value: string) => `<w:r><w:t xml:space="preserve">${value}</w:t></w:r>`
  const field = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`
  return `<w:ftr xmlns:w="${w}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:${side}="280" w:${side}Chars="100"/><w:jc w:val="${side}"/></w:pPr>${text('— ')}${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}${text('1')}${field('end')}${text(' —')}</w:p></w:ftr>`
}
