import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Refusal } from '../lib/refusal.js'
import { sha256Of, type KeptFiles, type ReceivedFile } from '../lib/kept-files.js'
import { zipPieces, type ReadyPart } from '../writing/zip-archive.js'

type Part = ReadyPart & { readonly sha256: string }

/** The files of a pack before they are one: small ones in memory, long and kept ones on the disk. Whoever made it discards it. */
export class PackParts {
  readonly #parts: Part[] = []
  readonly #spooled: ReceivedFile[] = []

  constructor(readonly files: KeptFiles) {}

  /** Adds a file of some bytes. */
  add(name: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    this.#parts.push({ name, size: bytes.length, crc: crc32(bytes), sha256: sha256Of(bytes), read: () => [bytes] })
  }

  /** Adds a file that is made piece by piece and is never in memory as a whole. */
  async spool(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    let crc = 0
    const file = await this.files.receive(each(pieces, (piece) => (crc = crc32(piece, crc))))
    this.#spooled.push(file)
    this.#parts.push({ name, size: file.bytes, crc, sha256: file.sha256, read: () => createReadStream(file.path) as AsyncIterable<Uint8Array> })
  }

  /** Adds a kept file, byte for byte. @throws Refusal 409 where it is not there any more, or not what it was: a pack without it would look whole */
  async addKept(name: string, sha256: string, called: string): Promise<void> {
    let [crc, size] = [0, 0]
    const hash = createHash('sha256')
    const read = async () => (await this.files.read(sha256)).stream as AsyncIterable<Uint8Array>
    try {
      for await (const piece of await read()) {
        crc = crc32(piece, crc)
        hash.update(piece)
        size += piece.byteLength
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    if (hash.digest('hex') !== sha256) throw new Refusal(409, 'pack.file_gone', `The file "${called}" beside a letter is not kept any more as it was: restore it from a copy of the data folder, then make the pack.`)
    this.#parts.push({ name, size, crc, sha256, read: async function* () { yield* await read() } })
  }

  /** Adds the digests of all files so far, as `sha256sum -c` reads them. */
  addSums(name: string): void {
    this.add(name, this.#parts.map((one) => `${one.sha256}  ${one.name}\n`).join(''))
  }

  /** All of it as one file on the disk. */
  whole(): Promise<ReceivedFile> {
    return this.files.receive(zipPieces(this.#parts))
  }

  /** Removes what was put aside. */
  async discard(): Promise<void> {
    for (const file of this.#spooled) await this.files.discard(file)
  }
}

async function* each(pieces: AsyncIterable<Uint8Array>, see: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    see(piece)
    yield piece
  }
}
