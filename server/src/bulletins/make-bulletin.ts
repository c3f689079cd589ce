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

/** Makes forms of a bulletin, as bytes; null where it has none (a map where none is drawn). Text and pictures of a language are made once. Made again of the same, they are the same. */
export function formMaker(figures: BulletinFigures, imprint: Omit<Imprint, 'mapSource'>): (form: BulletinForm) => Promise<Uint8Array<ArrayBuffer> | null> {
  const made = new Map<Language, Promise<MadeDocument>>()
  const documentIn = (language: Language) => {
    let own = made.get(language)
    if (!own) made.set(language, (own = makeDocument(figures, imprint, language)))
    return own
  }
  return async (form) => {
    const [name, ending] = form.split('.') as [string, string]
    if (name === 'data') {
      if (ending === 'json') return utf8(`${JSON.stringify(figures, null, 1)}\n`)
      const table = bulletinTable(figures, imprint.number && `${imprint.number.zh} ${imprint.number.en}`)
      return ending === 'csv' ? bulletinCsv(table) : bulletinWorkbook(table)
    }
    const { document, pictures } = await documentIn(name.endsWith('-zh') ? 'zh' : 'en')
    if (ending === 'docx') return wordFile({ document, pictures })
    if (ending === 'json') return utf8(`${JSON.stringify(document, null, 1)}\n`)
    const picture = pictures.get(name.startsWith('map') ? 'map' : 'bars')
    return picture ? utf8(svgOf(picture)) : null
  }
}

/** A bulletin as a document to be edited. */
function wordFile({ document, pictures }: MadeDocument): Promise<Uint8Array<ArrayBuffer>> {
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
