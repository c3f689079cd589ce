import { emfOf } from './emf-picture.js'
import { footerPart, settingsPart, stylesPart, textWidth } from './official-styles.js'
import type { Picture } from './picture.js'
import { xmlText } from './xml-text.js'
import { zipArchive, type ArchivePart } from './zip-archive.js'

/** A block of an official document. A heading brings its number (一、) along as text. */
export type OfficialBlock =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string }
  | { readonly block: 'question'; readonly question: string; readonly answer: string }
  | { readonly block: 'picture'; readonly picture: Picture; readonly title: string; readonly note: string | null }
  | { readonly block: 'table'; readonly title: string; readonly columns: readonly { readonly text: string; readonly width: number; readonly align: 'left' | 'center' }[]; readonly rows: readonly (readonly string[])[]; readonly note: string | null }

/** An official document (公文), laid out after GB/T 9704-2012. */
export interface OfficialDocument {
  readonly language: 'zh' | 'en'
  readonly issuer: string | null
  /** Whether the issuer stands at the head of the first page in red, over a red line. */
  readonly redHeader: boolean
  readonly number: string
  readonly title: string
  readonly subtitle: string | null
  /** What must not be overlooked, under the title. */
  readonly warning: string | null
  readonly blocks: readonly OfficialBlock[]
  readonly signedOn: string
  /** On a page of its own. */
  readonly attachment: { readonly label: string; readonly title: string; readonly blocks: readonly OfficialBlock[] } | null
}

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const pictureWidthMm = 156
/** English metric units in a millimetre. */
const emu = 36_000

/**
 * An official document as DOCX: real paragraphs, tables and vector pictures, to be edited in WPS, Word or LibreOffice. Its
 * parts are not packed and carry no time, so that the same document is the same bytes.
 */
export async function officialDocumentFile(document: OfficialDocument): Promise<Uint8Array<ArrayBuffer>> {
  const all = [...document.blocks, ...(document.attachment?.blocks ?? [])]
  const pictures = [...new Set(all.flatMap((one) => (one.block === 'picture' ? [one.picture] : [])))]
  const xml = (one: OfficialBlock) => blockXml(one, pictures)
  const { attachment } = document
  const body = [
    ...headXml(document), ...document.blocks.map(xml), ...signatureXml(document),
    ...(attachment === null ? [] : [paragraph('AttachmentLabel', attachment.label), paragraph('AttachmentTitle', attachment.title), ...attachment.blocks.map(xml)]),
  ].join('')
  const relation = (id: string, kind: string, target: string) => `<Relationship Id="${id}" Type="${r}/${kind}" Target="${target}"/>`
  const parts: ArchivePart[] = [
    part('[Content_Types].xml', `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="emf" ContentType="image/x-emf"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${word}.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="${word}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${word}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`),
    part('_rels/.rels', `<Relationships xmlns="${packages}/relationships">${relation('rId1', 'officeDocument', 'word/document.xml')}<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`),
    part('docProps/core.xml', `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(document.title)}</dc:title><dc:creator>${xmlText(document.issuer ?? '')}</dc:creator><dc:identifier>${xmlText(document.number)}</dc:identifier><dc:language>${document.language}</dc:language></cp:coreProperties>`),
    part('word/document.xml', `<w:document xmlns:w="${w}" xmlns:r="${r}" xmlns:wp="${drawing}/wordprocessingDrawing" xmlns:a="${drawing}/main" xmlns:pic="${drawing}/picture"><w:body>${body}${sectionXml}</w:body></w:document>`),
    part('word/_rels/document.xml.rels', `<Relationships xmlns="${packages}/relationships">${relation('rId1', 'styles', 'styles.xml')}${relation('rId2', 'settings', 'settings.xml')}${relation('rId3', 'footer', 'footer1.xml')}${relation('rId4', 'footer', 'footer2.xml')}${pictures.map((_, i) => relation(`rId${i + 5}`, 'image', `media/picture${i + 1}.emf`)).join('')}</Relationships>`),
    part('word/styles.xml', stylesPart(document.language)), part('word/settings.xml', settingsPart), part('word/footer1.xml', footerPart('right')), part('word/footer2.xml', footerPart('left')),
    ...pictures.map((picture, i) => ({ name: `word/media/picture${i + 1}.emf`, bytes: emfOf(picture, pictureWidthMm) })),
  ]
  return zipArchive(parts, { isPacked: false })
}

/** A4, margins 37 (above), 35, 28 (left) and 26 mm; 22 lines a page of 28 letters. */
const sectionXml = '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr>'

function part(name: string, xml: string): ArchivePart {
  return { name, bytes: Buffer.from(declaration + xml) }
}

function headXml({ issuer, redHeader, number, title, subtitle, warning }: OfficialDocument): string[] {
  const head = redHeader && issuer !== null ? [paragraph('RedHeader', issuer, headSize(issuer)), paragraph('RedNumber', number)] : [paragraph('PlainNumber', number)]
  return [...head, paragraph('Title', title), ...(subtitle === null ? [] : [paragraph('Subtitle', subtitle)]), ...(warning === null ? [] : [paragraph('Warning', warning)]), paragraph('Empty', '')]
}

function signatureXml({ issuer, signedOn }: OfficialDocument): string[] {
  return [paragraph('Empty', ''), ...(issuer === null ? [] : [paragraph('Signature', issuer)]), paragraph('Signature', signedOn)]
}

function blockXml(one: OfficialBlock, pictures: readonly Picture[]): string {
  switch (one.block) {
    case 'heading': return paragraph('Heading1', one.text)
    case 'paragraph': return paragraph('BodyText', one.text)
    case 'question': return paragraph('Question', one.question) + paragraph('Answer', one.answer)
    case 'picture': return pictureXml(one, pictures.indexOf(one.picture) + 1) + paragraph('PictureTitle', one.title) + noteXml(one.note)
    // What follows a table keeps its distance.
    case 'table': return paragraph('TableTitle', one.title) + tableXml(one) + paragraph('Note', one.note ?? '')
  }
}

const noteXml = (note: string | null) => (note === null ? '' : paragraph('Note', note))

/** As large as fits on a line, up to 36 points: Chinese letters are square, others half as wide. */
function headSize(issuer: string): number {
  const width = [...issuer].reduce((sum, letter) => sum + (letter.charCodeAt(0) >= 0x2e80 ? 1 : 0.58), 0)
  return Math.max(16, Math.min(36, Math.floor(textWidth / 20 / width)))
}

/** A paragraph of a style, which says all of how it looks, but for the size of letters where that depends on how many there are. */
function paragraph(style: string, text: string, size: number | null = null): string {
  const own = size === null ? '' : `<w:rPr><w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr>`
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${text === '' ? '' : `<w:r>${own}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`}</w:p>`
}

function tableXml({ columns, rows }: Extract<OfficialBlock, { block: 'table' }>): string {
  const widths = columns.map(({ width }) => Math.round((textWidth * width) / 100))
  const cell = (text: string, i: number, style: string) => `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(style, text)}</w:tc>`
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${columns.map(({ text }, i) => cell(text, i, 'TableHead')).join('')}</w:tr>`
  const body = rows.map((cells) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map((text, i) => cell(text, i, columns[i]!.align === 'left' ? 'TableText' : 'TableFigure')).join('')}</w:tr>`).join('')
  const line = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
  return `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((sum, one) => sum + one, 0)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(line).join('')}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>`
    + `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>${head}${body}</w:tbl>`
}

function pictureXml({ picture }: Extract<OfficialBlock, { block: 'picture' }>, number: number): string {
  const [cx, cy] = [pictureWidthMm * emu, Math.round((pictureWidthMm * emu * picture.height) / picture.width)]
  const name = `name="${number}" descr="${xmlText(picture.title)}"`
  return `<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${number}" ${name}/><a:graphic><a:graphicData uri="${drawing}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${number}" ${name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId${number + 4}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}
