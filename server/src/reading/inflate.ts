import { crc32, createInflateRaw } from 'node:zlib'
import { FileRefused, refuse } from './refusal.js'
import type { ZipEntry } from './zip.js'

const chunkBytes = 256 * 1024

/**
 * The bytes of a member, piece by piece, so that a sheet is never in memory as a whole. Counts while inflating:
 * one byte beyond the declared size is ARCHIVE_BOMB, too few, a wrong CRC-32 or bytes left over are ARCHIVE_CORRUPT.
 * These come after the last piece, so what was read before counts only once this ends without an error.
 * Leaving the loop early stops inflating.
 */
export async function* inflate(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  let size = 0
  let crc = 0
  for await (const piece of entry.deflated ? inflated(entry) : stored(entry)) {
    size += piece.length
    if (size > entry.size) refuse('ARCHIVE_BOMB', 'a member grows beyond the size that it declares')
    crc = crc32(piece, crc)
    yield piece
  }
  if (size !== entry.size) refuse('ARCHIVE_CORRUPT', 'a member is shorter than it declares')
  if (crc !== entry.crc) refuse('ARCHIVE_CORRUPT', 'the checksum of a member is wrong: the file was damaged')
}

async function* stored(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < entry.data.length; at += chunkBytes) yield entry.data.subarray(at, at + chunkBytes)
}

async function* inflated(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: chunkBytes })
  try {
    inflater.end(entry.data)
    for await (const piece of inflater) yield piece as Uint8Array
    if (inflater.bytesWritten !== entry.data.length) refuse('ARCHIVE_CORRUPT', 'bytes are left over in a member')
  } catch (error) {
    if (error instanceof FileRefused) throw error
    refuse('ARCHIVE_CORRUPT', 'a member cannot be inflated')
  } finally {
    inflater.destroy()
  }
}
