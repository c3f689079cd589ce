import { crc32 } from 'node:zlib'

/** The files of an archive whose parts are not packed, by name: read from its directory, each held against its checksum and its own head. */
export function unpacked(archive: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(archive)
  const end = bytes.length - 22
  if (bytes.readUInt32LE(end) !== 0x06054b50) throw new Error('the archive does not end as one does')
  const files = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error('the directory of the archive is broken')
    const [method, crc, size, length, offset] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('ascii', at + 46, at + 46 + length)
    const begins = offset + 30 + bytes.readUInt16LE(offset + 26)
    const content = bytes.subarray(begins, begins + size)
    if (method !== 0 || bytes.readUInt32LE(offset) !== 0x04034b50 || bytes.readUInt32LE(offset + 22) !== size || crc32(content) !== crc) throw new Error(`${name} is not as the directory says`)
    if (files.has(name)) throw new Error(`${name} stands there twice`)
    files.set(name, content)
    at += 46 + length
  }
  return files
}
