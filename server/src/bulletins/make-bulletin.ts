import type { BulletinDocument, BulletinFigures, BulletinForm } from '@lastmile/shared/bulletin'
import type { Language } from '@lastmile/shared/text'
import { officialDocumentFile, type OfficialBlock } from '../writing/official-document.js'
import type { Picture } from '../writing/picture.js'
import { svgOf } from '../writing/svg-picture.js'
import { documentOf, type Imprint } from './compose-document.js'
import { bulletinCsv, bulletinTable, bulletinWorkbook } from './data-tables.js'
import { barsPicture } from './draw-bars.js'
import { mapPicture } from './draw-map.js'
import { mapOf } from './map-file.js'

/** A bulletin in one language: what it says, and its pictures by where they stand. */
export interface MadeDocument {
  document: BulletinDocument
  pictures: ReadonlyMap<'map' | 'bars', Picture>
}

/** The text and pictures of a bulletin in one language. */
export async function makeDocument(figures: BulletinFigures, imprint: Omit<Imprint, 'mapSource'>, language: Language): Promise<MadeDocument> {
  const map = await mapOf(figures.regionSet)
  const document = documentOf(figures, language, { ...imprint, mapSource: map?.source ?? null })
  const pictures = new Map(document.blocks.flatMap((one): [('map' | 'bars'), Picture][] => {
    if (one.block !== 'picture') return []
    return [[one.id, one.id === 'map' ? mapPicture(figures, map!, language, one.title) : barsPicture(figures, language, one.title)]]
  }))
  return { document, pictures }
}

/** One of the forms of a bulletin, as bytes; null where it has none (a map where none is drawn). Made again of the same, it is the same. */
export async function makeForm(figures: BulletinFigures, imprint: Omit<Imprint, 'mapSource'>, form: BulletinForm): Promise<Uint8Array<ArrayBuffer> | null> {
  const [name, ending] = form.split('.') as [string, string]
  if (name === 'data') {
    if (ending === 'json') return utf8(`${JSON.stringify(figures, null, 1)}\n`)
    const table = bulletinTable(figures, imprint.number && `${imprint.number.zh} ${imprint.number.en}`)
    return ending === 'csv' ? bulletinCsv(table) : bulletinWorkbook(table)
  }
  const made = await makeDocument(figures, imprint, name.endsWith('-zh') ? 'zh' : 'en')
  if (ending === 'docx') return wordFile(made)
  if (ending === 'json') return utf8(`${JSON.stringify(made.document, null, 1)}\n`)
  const picture = made.pictures.get(name.startsWith('map') ? 'map' : 'bars')
  return picture ? utf8(svgOf(picture)) : null
}

/** A bulletin as a document to be edited. */
export function wordFile({ document, pictures }: MadeDocument): Promise<Uint8Array<ArrayBuffer>> {
  const { questions, blocks, language, issuer, redHeader, number, title, subtitle, warning, signedOn } = document
  const textOf = (runs: BulletinDocument['blocks'][number] & { block: 'paragraph' }) => runs.runs.map((run) => (typeof run === 'string' ? run : run.text)).join('')
  return officialDocumentFile({
    language, issuer, redHeader, number, title, subtitle, warning, signedOn,
    blocks: blocks.map((one): OfficialBlock => {
      if (one.block === 'paragraph') return { block: 'paragraph', text: textOf(one) }
      if (one.block === 'picture') return { block: 'picture', picture: pictures.get(one.id)!, title: one.title, note: one.note }
      return one.block === 'heading' ? one : { ...one, rows: one.rows.map(({ cells }) => cells.map((run) => (typeof run === 'string' ? run : run.text))) }
    }),
    attachment: { label: questions.attachment, title: questions.title, blocks: questions.items.map((one) => ({ block: 'question', ...one })) },
  })
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
