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
export function sniff(bytes: Uint8Array, filename: string): Format {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('hex')
  if (head.startsWith('d0cf11e0a1b11ae1')) return refuseCompound(bytes)
  if (bareBiff.some((magic) => head.startsWith(magic))) return refuseLegacy()
  for (const [name, magic] of foreign) if (head.startsWith(magic)) refuse('TYPE_MISMATCH', `the file is ${name}, not a table`)
  const ending = /\.([a-z0-9]+)$/i.exec(filename.trim())?.[1]?.toLowerCase()
  if (head.startsWith('504b0304') || head.startsWith('504b0506') || head.startsWith('504b0708')) {
    if (ending === 'csv' || ending === 'tsv' || ending === 'txt') refuse('TYPE_MISMATCH', 'the file is a workbook but its name says text: save it as .xlsx')
    return 'xlsx'
  }
  if (ending === 'xlsx' || ending === 'xlsm' || ending === 'xls') {
    if (tailOf(bytes).includes('PK\u0005\u0006', 0, 'latin1')) refuse('ARCHIVE_CORRUPT', 'bytes stand before the workbook')
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

function refuseCompound(bytes: Uint8Array): never {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const holds = (stream: string): boolean => names.includes(Buffer.from(stream, 'utf16le'))
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) refuse('ENCRYPTED', 'the workbook is protected by a password: remove it and save again')
  if (holds('WordDocument') || holds('PowerPoint Document')) refuse('TYPE_MISMATCH', 'the file is a document, not a table')
  return refuseLegacy()
}

/** Where an archive would end: the last 64 kB. */
function tailOf(bytes: Uint8Array): Buffer {
  const tail = bytes.subarray(-65_558)
  return Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
}

function refuseLegacy(): never {
  return refuse('LEGACY_XLS', 'the file is an old .xls workbook: open it in Excel and save it as .xlsx')
}
