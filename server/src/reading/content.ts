import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The bytes of a file that is read: where it lies on the disk, or, for a small one, the bytes themselves. */
export type Content = Uint8Array | { readonly path: string }

/** Reads parts of a file. A file on the disk is never in memory as a whole unless {@link OpenContent.all} is asked for. */
export interface OpenContent {
  /** Length in bytes. */
  readonly size: number
  /** Copies bytes from a place of the file into `into`, from `at` on, and answers how many: fewer than asked at the end alone. */
  read(position: number, into: Uint8Array, at: number, length: number): number
  /** All bytes at once, for formats that are read by places. */
  all(): Uint8Array
  close(): void
}

/** Opens a file for reading; a reading thread of its own may wait for the disk, so nothing here is asynchronous. */
export function openContent(content: Content): OpenContent {
  return content instanceof Uint8Array ? inMemory(content) : onDisk(content.path)
}

function inMemory(bytes: Uint8Array): OpenContent {
  return {
    size: bytes.byteLength,
    read(position, into, at, length) {
      const part = bytes.subarray(position, position + length)
      into.set(part, at)
      return part.length
    },
    all: () => bytes,
    close: () => {},
  }
}

function onDisk(path: string): OpenContent {
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  const read: OpenContent['read'] = (position, into, at, length) => {
    let done = 0
    while (done < length) {
      const count = readSync(file, into, at + done, length - done, position + done)
      if (count === 0) break
      done += count
    }
    return done
  }
  return {
    size, read,
    all() {
      const bytes = new Uint8Array(size)
      read(0, bytes, 0, size)
      return bytes
    },
    close: () => closeSync(file),
  }
}
