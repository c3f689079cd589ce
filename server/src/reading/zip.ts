import type { Limits } from '@lastmile/shared/source'
import { refuse } from './refusal.js'

/** One member of an archive, its place checked; nothing is inflated yet. */
export interface ZipEntry {
  readonly name: string
  /** The member's bytes as stored: raw, or deflated. */
  readonly data: Uint8Array
  readonly deflated: boolean
  /** Bytes after inflation, as the directory claims; inflation stops where it is exceeded. */
  readonly size: number
  readonly crc: number
}

interface Listed {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

const endMagic = 0x06054b50
const entryMagic = 0x02014b50
const localMagic = 0x04034b50
const end64Magic = 0x06064b50
const locator64Magic = 0x07064b50
const tooBig = 0xffffffff
/** Members smaller than this are not judged by their ratio: a table of styles compresses well. */
const ratioFrom = 1024 * 1024

/**
 * The members of a ZIP archive by its central directory, judged before anything is inflated: sizes summed
 * (ARCHIVE_BOMB), then encryption (ENCRYPTED), then names that climb, links, duplicates and members that overlap
 * or lie outside (ARCHIVE_UNSAFE), then the ratio of each member (ARCHIVE_BOMB). Anything before, after or in
 * contradiction to the directory is ARCHIVE_CORRUPT: a scanner that reads the local headers must see the same file.
 * ZIP64 fields are read where a streaming writer put them; names are keyed in lower case, as parts of a workbook compare.
 */
export function readZip(bytes: Uint8Array, limits: Limits): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(view)
  if (directory.count > limits.zipMaxEntries) refuse('ARCHIVE_BOMB', `the archive has more than ${limits.zipMaxEntries} members`)
  const listed = list(view, bytes, directory)
  let total = 0
  for (const entry of listed) {
    total += entry.size
    if (entry.size > limits.zipMaxEntryBytes || total > limits.zipMaxTotalBytes) refuse('ARCHIVE_BOMB', 'the archive would grow beyond the limit')
  }
  if (listed.some((entry) => (entry.flags & 0x2041) !== 0)) refuse('ENCRYPTED', 'members of the archive are encrypted: remove the password and save again')
  const entries = new Map<string, ZipEntry>()
  const spans: [number, number][] = []
  for (const entry of listed) {
    const key = entry.name.toLowerCase()
    if (entries.has(key)) unsafe('two members have the same name')
    const from = localData(view, bytes, entry)
    const to = from + entry.packed
    if (to > directory.start) unsafe('a member reaches into the directory')
    spans.push([entry.offset, to])
    entries.set(key, { name: entry.name, data: bytes.subarray(from, to), deflated: entry.method === 8, size: entry.size, crc: entry.crc })
  }
  spans.sort((a, b) => a[0] - b[0])
  spans.forEach(([from], index) => {
    if (index > 0 && from < (spans[index - 1] as [number, number])[1]) unsafe('members overlap')
  })
  if (spans.length > 0 && (spans[0] as [number, number])[0] !== 0) unsafe('the archive does not start with a member')
  for (const entry of listed) {
    if (entry.size > ratioFrom && entry.size > entry.packed * limits.zipMaxRatio) refuse('ARCHIVE_BOMB', 'a member grows beyond the permitted ratio')
  }
  return entries
}

interface Directory {
  readonly start: number
  readonly end: number
  readonly count: number
}

function findDirectory(view: DataView): Directory {
  const length = view.byteLength
  for (let at = length - 22; at >= Math.max(0, length - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) !== endMagic || at + 22 + view.getUint16(at + 20, true) !== length) continue
    if (view.getUint16(at + 4, true) !== view.getUint16(at + 6, true) || view.getUint16(at + 8, true) !== view.getUint16(at + 10, true)) corrupt('the archive is split')
    let [count, size, start, end] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true), at]
    if (at >= 76 && view.getUint32(at - 20, true) === locator64Magic && view.getUint32(at - 76, true) === end64Magic) {
      end = at - 76
      if (count === 0xffff) count = uint64(view, end + 32)
      if (size === tooBig) size = uint64(view, end + 40)
      if (start === tooBig) start = uint64(view, end + 48)
    }
    if (start + size !== end) corrupt('the directory does not end where the archive ends')
    return { start, end, count }
  }
  return corrupt('the end of the archive is missing, or bytes follow it')
}

function list(view: DataView, bytes: Uint8Array, directory: Directory): Listed[] {
  const listed: Listed[] = []
  let at = directory.start
  for (let index = 0; index < directory.count; index++) {
    if (at + 46 > directory.end || view.getUint32(at, true) !== entryMagic) corrupt('the directory is damaged')
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > directory.end) corrupt('the directory is damaged')
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength))
    const method = view.getUint16(at + 10, true)
    if (method !== 0 && method !== 8) corrupt('a member is packed in a way that workbooks do not use')
    const unix = view.getUint8(at + 5) === 3
    if (unix && (view.getUint32(at + 38, true) >>> 28) === 0xa) unsafe('a member is a link')
    let [size, packed, offset] = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
    if (size === tooBig || packed === tooBig || offset === tooBig) {
      const extra = zip64(view, at + 46 + nameLength, extraLength)
      if (size === tooBig) size = extra()
      if (packed === tooBig) packed = extra()
      if (offset === tooBig) offset = extra()
    }
    if (method === 0 && packed !== size) corrupt('a stored member has two sizes')
    listed.push({ name, flags: view.getUint16(at + 8, true), method, crc: view.getUint32(at + 16, true), packed, size, offset })
    at = next
  }
  if (at !== directory.end) corrupt('the directory holds more than it counts')
  return listed
}

/** Where a member's data begin, after its local header has been compared with the directory. */
function localData(view: DataView, bytes: Uint8Array, entry: Listed): number {
  const at = entry.offset
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== localMagic) corrupt('a member is not where the directory says')
  const flags = view.getUint16(at + 6, true)
  const nameEnd = at + 30 + view.getUint16(at + 26, true)
  const from = nameEnd + view.getUint16(at + 28, true)
  if (from > view.byteLength) corrupt('a member is cut off')
  if (view.getUint16(at + 8, true) !== entry.method) corrupt('a member is described in two ways')
  if (nameOf(bytes.subarray(at + 30, nameEnd)) !== entry.name) unsafe('a member has two names')
  if ((flags & 0x41) !== 0) refuse('ENCRYPTED', 'members of the archive are encrypted: remove the password and save again')
  if ((flags & 8) === 0) {
    const [packed, size] = [view.getUint32(at + 18, true), view.getUint32(at + 22, true)]
    if ((packed !== tooBig && packed !== entry.packed) || (size !== tooBig && size !== entry.size)) corrupt('a member is described in two ways')
  }
  return from
}

function zip64(view: DataView, from: number, length: number): () => number {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), from + length)
    let next = at + 4
    return () => {
      if (next + 8 > end) corrupt('a large size is missing')
      next += 8
      return uint64(view, next - 8)
    }
  }
  return corrupt('a large size is missing')
}

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true))
}

function nameOf(bytes: Uint8Array): string {
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    name = Buffer.from(bytes).toString('latin1')
  }
  if (name === '' || name.includes('\0') || name.includes('\\') || name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..')) {
    unsafe('a member has a name that leads out of the archive')
  }
  return name
}

function unsafe(detail: string): never {
  return refuse('ARCHIVE_UNSAFE', detail)
}

function corrupt(detail: string): never {
  return refuse('ARCHIVE_CORRUPT', detail)
}
