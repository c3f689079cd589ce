import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStreamDefaultReader } from 'node:stream/web'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { isDatabaseLost } from '@lastmile/db/database-lost'
import { isDiskFull } from '@lastmile/db/disk-full'
import { Refusal } from '../lib/refusal.js'
import type { KeptFiles, ReceivedFile } from '../lib/kept-files.js'

/** A multipart form as it came in: its fields, and the file, which lies on the disk already. */
export interface ReceivedForm {
  /** Null where a file stands under a name that is not the file's. */
  readonly fields: ReadonlyMap<string, string | null>
  /** The name it was sent under, as sent. Null where no file was sent under `file`. */
  readonly file: { readonly name: string; readonly received: ReceivedFile } | null
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>

/** How much of a form beside its file is read; no form of ours comes near it. */
const limits = { fieldSize: 8 * 1024 * 1024, fields: 100, parts: 120, headerPairs: 100 }

/**
 * Reads a multipart form as its bytes come: the file goes to the disk piece by piece and is never in memory as a whole.
 * Where anything goes wrong, or the sender goes away, nothing is left of it.
 * @param mayBe how many bytes the request may have, by the fields that have come so far
 * @throws Refusal 400 for a body that is no such form or ends too early, 413 for one that is too large
 */
export async function receiveForm(request: Request, files: KeptFiles, mayBe: (fields: ReadonlyMap<string, string | null>) => number | Promise<number>): Promise<ReceivedForm> {
  const fields = new Map<string, string | null>()
  const body = (request.body ?? new Blob([]).stream()).getReader() as BodyReader
  const receiving: { readonly name: string; readonly stream: Readable; readonly received: Promise<ReceivedFile> }[] = []
  try {
    files.checkRoom()
    if (Number(request.headers.get('content-length') ?? 0) > (await mayBe(fields))) throw tooLarge()
    const form = formReader(request.headers.get('content-type') ?? '')
    // Of two with one name nobody knows which is meant.
    const once = (name: string, value: string | null) => {
      if (fields.has(name)) form.destroy(new Refusal(400, 'report.field', `${name.slice(0, 80)}: it is there twice.`, { field: name.slice(0, 80) }, 'BAD_FIELD'))
      else fields.set(name, value)
    }
    form.on('field', (name, value, _, truncated) => {
      if (truncated) form.destroy(noForm())
      else if (name !== undefined) once(name, value)
    })
    // What is wrong with a form is told by the pipeline, once; parsers tell it again when nobody listens any more.
    form.on('error', () => {})
    form.on('file', (name, stream, filename) => {
      stream.on('error', () => {})
      if (name !== 'file') {
        if (name !== undefined) once(name, null)
        stream.resume()
        return
      }
      once(name, null)
      const received = files.receive(stream as AsyncIterable<Uint8Array>)
      // Looked at once the form has ended, whichever of the two fails first.
      received.catch((error: unknown) => form.destroy(error as Error))
      receiving.push({ name: unescaped(filename ?? ''), stream, received })
    })
    for (const limit of ['fieldsLimit', 'partsLimit'] as const) form.on(limit, () => form.destroy(noForm()))
    await pipeline(piecesOf(body), counted(fields, mayBe), form)
    const [file] = await Promise.all(receiving.map(async (one) => ({ name: one.name, received: await one.received })))
    return { fields, file: file ?? null }
  } catch (error) {
    // The form ends its file only where it ends well itself.
    for (const { stream } of receiving) stream.destroy(noForm())
    for (const one of await Promise.allSettled(receiving.map(({ received }) => received))) if (one.status === 'fulfilled') await files.discard(one.value)
    if (Number(request.headers.get('content-length') ?? 0) <= readOnAtMost.bytes) await readOn(body)
    if (error instanceof Refusal || isServersTrouble(error)) throw error
    throw noForm()
  }
}

/** How much of a body that is refused is still taken in, in bytes, and for how long, in milliseconds. */
const readOnAtMost = { bytes: 64 * 1024 * 1024, ms: 10_000 }

/** Pieces of a body as they come. Whoever stops taking them leaves the rest where it is. */
async function* piecesOf(body: BodyReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = await body.read()
    if (piece.done) return
    yield piece.value
  }
}

/** Takes in what is still being sent of a body that is refused: who is cut off in the middle of sending hears of a lost connection, and not why. */
async function readOn(body: BodyReader): Promise<void> {
  const leave = () => void body.cancel().catch(() => {})
  const over = setTimeout(leave, readOnAtMost.ms)
  try {
    for (let bytes = 0; bytes < readOnAtMost.bytes;) {
      const piece = await body.read()
      if (piece.done) return
      bytes += piece.value.byteLength
    }
    leave()
  } catch {
    // The sender has gone.
  } finally {
    clearTimeout(over)
  }
}

/** Passes pieces on and counts them. @throws Refusal 413 where they are too many */
function counted(fields: ReadonlyMap<string, string | null>, mayBe: (fields: ReadonlyMap<string, string | null>) => number | Promise<number>) {
  return async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0
    let [limit, known] = [0, -1]
    for await (const piece of pieces) {
      bytes += piece.byteLength
      if (known !== fields.size) [limit, known] = [await mayBe(fields), fields.size]
      if (bytes > limit) throw tooLarge()
      yield piece
    }
  }
}

function formReader(type: string): BusboyInstance {
  if (!/^multipart\/form-data\s*;/i.test(type)) throw noForm()
  return new Busboy({
    headers: { 'content-type': type } as BusboyHeaders, limits, preservePath: true, highWaterMark: 1024 * 1024, fileHwm: 1024 * 1024,
    isPartAFile: (_, __, filename) => filename !== undefined,
  })
}

/** A name as it was before it was put into quotes: browsers write three characters otherwise, and no other. */
function unescaped(name: string): string {
  return name.replace(/%(22|0D|0A)/gi, (code) => decodeURIComponent(code))
}

function noForm(): Refusal {
  return new Refusal(400, 'report.form', 'The request is not a multipart form with a file.', {}, 'BAD_FORM')
}

function tooLarge(): Refusal {
  return new Refusal(413, 'request.too_large', 'The request is larger than any report may be.', {}, 'TOO_LARGE')
}

/** A disk that is full or fails, or a database that does not answer, is the server's trouble, and no fault of the form. */
function isServersTrouble(error: unknown): boolean {
  return isDiskFull(error) || isDatabaseLost(error) || (error instanceof Error && 'syscall' in error && ['open', 'write', 'close', 'fsync'].includes(String(error.syscall)))
}
