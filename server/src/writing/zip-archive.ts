import { crc32, deflateRaw } from 'node:zlib'
import { promisify } from 'node:util'

const deflate = promisify(deflateRaw)

/** A part of an archive: its name in ASCII, and its bytes. */
export interface ArchivePart {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A part that lies ready somewhere: its bytes are read when their turn comes, and how many they are and their CRC-32 are known before. */
export interface ReadyPart {
  readonly name: string
  readonly size: number
  readonly crc: number
  read(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** `isPacked` false: parts lie in the archive as they are. Packed ones are other bytes with another release of zlib; these are the same for ever. */
export interface ArchiveOptions {
  readonly isPacked?: boolean
}

/** What the format can name without its extension for large archives. */
const bytesAtMost = 0xffff_ffff
const partsAtMost = 0xffff

/** A ZIP archive of some parts, which are packed in threads of their own. Dated 1980, so that the same parts are the same bytes. */
export async function zipArchive(parts: readonly ArchivePart[], { isPacked = true }: ArchiveOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const packed = isPacked ? await deflate(bytes) : bytes
    const { local, listed, named } = headersOf({ name, size: bytes.length, packed: packed.length, crc: crc32(bytes), isPacked, offset })
    pieces.push(local, named, packed)
    directory.push(listed, named)
    offset += 30 + named.length + packed.length
  }
  return joined([...pieces, ...directory, endOf(parts.length, directory, offset)])
}

/** The same of parts that need not be in memory together, piece by piece; they lie in it as they are. @throws RangeError for more than the format names */
export async function* zipPieces(parts: readonly ReadyPart[]): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, size, crc, read } of parts) {
    const { local, listed, named } = headersOf({ name, size, packed: size, crc, isPacked: false, offset })
    offset += 30 + named.length + size
    if (offset > bytesAtMost || parts.length > partsAtMost) throw new RangeError('the archive is larger than the format can name')
    yield local
    yield named
    yield* read()
    directory.push(listed, named)
  }
  yield* directory
  yield endOf(parts.length, directory, offset)
}

/** What stands before a part, and what is listed of it at the end. */
function headersOf({ name, size, packed, crc, isPacked, offset }: { name: string; size: number; packed: number; crc: number; isPacked: boolean; offset: number }) {
  const named = Buffer.from(name, 'ascii')
  const [local, listed] = [Buffer.alloc(30), Buffer.alloc(46)]
  local.writeUInt32LE(0x04034b50, 0)
  listed.writeUInt32LE(0x02014b50, 0)
  listed.writeUInt16LE(20, 4)
  for (const [header, at] of [[local, 4], [listed, 6]] as const) {
    header.writeUInt16LE(20, at)
    header.writeUInt16LE(isPacked ? 8 : 0, at + 4)
    header.writeUInt16LE(0x21, at + 8)
    header.writeUInt32LE(crc, at + 10)
    header.writeUInt32LE(packed, at + 14)
    header.writeUInt32LE(size, at + 18)
    header.writeUInt16LE(named.length, at + 22)
  }
  listed.writeUInt32LE(offset, 42)
  return { local, listed, named }
}

function endOf(parts: number, directory: readonly Uint8Array[], offset: number): Uint8Array {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts, 8)
  end.writeUInt16LE(parts, 10)
  end.writeUInt32LE(directory.reduce((sum, one) => sum + one.length, 0), 12)
  end.writeUInt32LE(offset, 16)
  return end
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
