import { crc32, deflateRaw } from 'node:zlib'
import { promisify } from 'node:util'

const deflate = promisify(deflateRaw)

/** A part of an archive: its name in ASCII, and its bytes. */
export interface ArchivePart {
  readonly name: string
  readonly bytes: Uint8Array
}

/** `isPacked` false: parts lie in the archive as they are. Packed ones are other bytes with another release of zlib; these are the same for ever. */
export interface ArchiveOptions {
  readonly isPacked?: boolean
}

/** A ZIP archive of some parts, which are packed in threads of their own. Dated 1980, so that the same parts are the same bytes. */
export async function zipArchive(parts: readonly ArchivePart[], { isPacked = true }: ArchiveOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const packed = isPacked ? await deflate(bytes) : bytes
    const named = Buffer.from(name, 'ascii')
    const [local, listed] = [Buffer.alloc(30), Buffer.alloc(46)]
    local.writeUInt32LE(0x04034b50, 0)
    listed.writeUInt32LE(0x02014b50, 0)
    listed.writeUInt16LE(20, 4)
    for (const [header, at] of [[local, 4], [listed, 6]] as const) {
      header.writeUInt16LE(20, at)
      header.writeUInt16LE(isPacked ? 8 : 0, at + 4)
      header.writeUInt16LE(0x21, at + 8)
      header.writeUInt32LE(crc32(bytes), at + 10)
      header.writeUInt32LE(packed.length, at + 14)
      header.writeUInt32LE(bytes.length, at + 18)
      header.writeUInt16LE(named.length, at + 22)
    }
    listed.writeUInt32LE(offset, 42)
    pieces.push(local, named, packed)
    directory.push(listed, named)
    offset += 30 + named.length + packed.length
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  const whole = new Uint8Array(offset + size + 22)
  let at = 0
  for (const piece of [...pieces, ...directory, end]) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
