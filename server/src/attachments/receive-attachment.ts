import { open, readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { attachmentAtMost, attachmentPartOf, attachmentTypeOf, attachmentTypes, type Attachment } from '@lastmile/shared/attachment'
import { uploadLimits } from '@lastmile/shared/source'
import { fileName } from '@lastmile/shared/words'
import { doingHere, type Doing } from '../cases/doing.js'
import type { ReceivedFile } from '../lib/kept-files.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { FileRefused } from '../reading/refusal.js'
import { readZip } from '../reading/zip.js'

/** How a file that is sent is named, in the address. */
export const FileNamed = z.object({ name: fileName(200) })

/** The name in a question. @throws Refusal 400 for none, or one with a folder or characters that nobody sees */
export function fileNameIn(name: string | undefined): string {
  const { data } = FileNamed.safeParse({ name })
  if (!data) throw new Refusal(400, 'question.invalid', 'name: the name of the file, with its ending and without a folder.', { field: 'name' })
  return data.name
}

/** As many files of one sender wait for a step of one thing: twice what a step names. */
export const unnamedAtMost = 20

/** How many of the first bytes say what a file is. */
const headBytes = 8

/** What is noted of a file that was taken; answers its code. */
export type NoteFile = (file: Pick<Attachment, 'name' | 'type' | 'bytes' | 'sha256'>, doing: Doing) => Promise<string>

/**
 * Receives the body of a request as a file that goes with a step of something, before the step itself: it lies among the kept files,
 * on the disk, before its sender hears so. `note` notes whose it is.
 * @throws Refusal 400 for a file without a name or bytes, 413 for one that is too large, 415 for one of no kind that is taken
 */
export async function receiveAttachment(services: Services, c: Context, name: string, note: NoteFile): Promise<Attachment> {
  const { files } = services
  files.checkRoom()
  if (Number(c.req.header('content-length') ?? 0) > attachmentAtMost) throw tooLarge()
  const received = await files.receive(limited((c.req.raw.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>))
  try {
    return await keepAttachment(services, doingHere(services, c), name, received, note)
  } finally {
    await files.discard(received)
  }
}

/** Keeps a file that was received whole, if it is what its name says. @throws Refusal 400, 415 */
export async function keepAttachment(services: Services, doing: Doing, name: string, received: ReceivedFile, note: NoteFile): Promise<Attachment> {
  const { bytes, sha256, path } = received
  if (bytes === 0) throw new Refusal(400, 'attachment.empty', 'The file is empty.', { field: 'name' })
  const type = attachmentTypeOf(name, await headOf(path))
  if (type === null || !(await holdsItsPart(name, path))) throw new Refusal(415, 'attachment.kind', `Files of these kinds are taken, each by its name and what is in it: ${Object.keys(attachmentTypes).join(', ')}.`, { field: 'name' })
  await services.files.keep(received)
  const code = await note({ name, type, bytes, sha256 }, doing)
  return { code, name, type, bytes, sha256, at: doing.at }
}

/** Refuses one more file where as many wait as may. @throws Refusal 409 */
export function checkUnnamed(waiting: number): void {
  if (waiting >= unnamedAtMost) throw new Refusal(409, 'attachment.too_many', `${unnamedAtMost} files wait for a step already: name them in one, or wait until they are let go.`)
}

/** Whether an archive that calls itself a document or a workbook has the part that makes it one. Of other kinds nothing more is asked. */
async function holdsItsPart(name: string, path: string): Promise<boolean> {
  const part = attachmentPartOf(name)
  if (part === null) return true
  try {
    return readZip(await readFile(path), uploadLimits).has(part)
  } catch (error) {
    if (error instanceof FileRefused) return false
    throw error
  }
}

async function* limited(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.byteLength
    if (bytes > attachmentAtMost) throw tooLarge()
    yield piece
  }
}

function tooLarge(): Refusal {
  return new Refusal(413, 'attachment.too_large', `A file has at most ${attachmentAtMost / 1024 / 1024} MB.`, { field: 'name' })
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
