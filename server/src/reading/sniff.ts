import type { OpenContent } from './content.js'
import { refuse } from './refusal.js'

/** What the bytes are, as far as this reader has a use for them. */
export type Format = 'xlsx' | 'text'

const foreign: readonly (readonly [name: string, hex: string])[] = [
  ['PDF', '255044462d'], ['PNG', '89504e470d0a1a0a'], ['JPEG', 'ffd8ff'], ['GIF', '47494638'], ['TIFF', '49492a00'], ['TIFF', '4d4d002a'],
  ['RAR', '526172211a07'], ['7z', '377abcaf271c'], ['gzip', '1f8b08'], ['bzip2', '425a68'], ['xz', 'fd377a585a00'], ['zstd', '28b52ffd'],
  ['a program', '7f454c46'], ['RTF', '7b5c727466'], ['SQLite', '53514c69746520666f726d6174'], ['WebP or media', '52494646'],
]
/** Excel files older than OLE2 containers: a bare BIFF stream. */
const bareBiff = ['09000400', '09020600', '09040600', '09080800', '09081000']

/**
 * Says what a file is by its bytes, and refuses what is no report: TYPE_MISMATCH for other formats and
 * for a name that promises another kind of file than the bytes are (a program that trusts the name would
 * see something else than this reader), LEGACY_XLS and ENCRYPTED for the two kinds of OLE2 container.
 * A name without a known ending promises nothing.
 */
export function sniff(content: OpenContent, filename: string): Format {
  const head = partOf(content, 0, 16).toString('hex')
  if (head.startsWith('d0cf11e0a1b11ae1')) return refuseCompound(content)
  if (bareBiff.some((magic) => head.startsWith(magic))) return refuseLegacy()
  for (const [name, magic] of foreign) if (head.startsWith(magic)) refuse('TYPE_MISMATCH', `the file is ${name}, not a table`)
  const ending = /\.([a-z0-9]+)$/i.exec(filename.trim())?.[1]?.toLowerCase()
  if (head.startsWith('504b0304') || head.startsWith('504b0506') || head.startsWith('504b0708')) {
    if (ending === 'csv' || ending === 'tsv' || ending === 'txt') refuse('TYPE_MISMATCH', 'the file is a workbook but its name says text: save it as .xlsx')
    return 'xlsx'
  }
  if (ending === 'xlsx' || ending === 'xlsm' || ending === 'xls') {
    if (partOf(content, Math.max(0, content.size - 65_558), 65_558).includes('PK\u0005\u0006', 0, 'latin1')) refuse('ARCHIVE_CORRUPT', 'bytes stand before the workbook')
    refuse('TYPE_MISMATCH', 'the name says Excel but the file is not a workbook: open it in Excel and save it as .xlsx')
  }
  return 'text'
}

/** Refuses texts that are a document of another kind (HTML, XML, JSON, a web archive), judged by their beginning. */
export function sniffText(text: string): void {
  const start = text.slice(0, 512).trimStart()
  if (/^<[a-z!?/]/i.test(start)) refuse('TYPE_MISMATCH', 'the file is a web page or XML, not a table: open it in Excel and save it as .xlsx')
  if (/^(\{\s*["}]|\[\s*[[{"\]])/.test(start)) refuse('TYPE_MISMATCH', 'the file is JSON, not a table')
  if (/^MIME-Version:/i.test(start)) refuse('TYPE_MISMATCH', 'the file is a web archive, not a table: open it in Excel and save it as .xlsx')
}

function refuseCompound(content: OpenContent): never {
  const names = ['EncryptedPackage', 'EncryptionInfo', 'WordDocument', 'PowerPoint Document'].map((name) => Buffer.from(name, 'utf16le'))
  const found = new Set<number>()
  const step = 1024 * 1024
  // Parts overlap, so that no name is cut in two.
  for (let from = 0; from < content.size; from += step) {
    const part = partOf(content, from, step + 64)
    names.forEach((name, at) => part.includes(name) && found.add(at))
  }
  if (found.has(0) || found.has(1)) refuse('ENCRYPTED', 'the workbook is protected by a password: remove it and save again')
  if (found.size > 0) refuse('TYPE_MISMATCH', 'the file is a document, not a table')
  return refuseLegacy()
}

function partOf(content: OpenContent, position: number, length: number): Buffer {
  const part = Buffer.alloc(Math.max(0, Math.min(length, content.size - position)))
  content.read(position, part, 0, part.length)
  return part
}

function refuseLegacy(): never {
  return refuse('LEGACY_XLS', 'the file is an old .xls workbook: open it in Excel and save it as .xlsx')
}
