import { open } from 'node:fs/promises'
import type { Context } from 'hono'
import { insertAttachment } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import { attachmentAtMost, attachmentTypeOf, attachmentTypes, type Attachment } from '@lastmile/shared/attachment'
import { codeOf, changeCases } from './change-case.js'
import { doingHere, type Doing } from './doing.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import type { SeenNotice } from './keep-notice.js'

/** How many of the first bytes say what a file is. */
const headBytes = 8

/**
 * Takes a file that goes with a step of a letter, before the step itself: it lies among the kept files, on the disk, before its
 * sender hears so. No step has it until one names it.
 * @throws Refusal 400 for a file without a name or bytes, 413 for one that is too large, 415 for one of no kind that is taken
 */
export async function takeAttachment(services: Services, c: Context, list: ListRow, { found, notice }: Pick<SeenNotice, 'found' | 'notice'>, name: string): Promise<Attachment> {
  return receiveAttachment(services, c, name, (file, doing) => changeCases(services, list, doing, async (tx) => {
    const made = await insertAttachment(tx, { caseId: found.id, noticeId: notice.id, ...file, by: doing.by.actor, at: doing.at })
    return { deeds: [{ action: 'notice.attach', object: `${codeOf(found)} ${notice.code}`, after: file }], result: made }
  }))
}

/** Receives the body of a request as a file that goes with a step of something. `note` notes whose it is, and answers its code. @throws Refusal as {@link takeAttachment} */
export async function receiveAttachment(services: Services, c: Context, name: string, note: (file: Pick<Attachment, 'name' | 'type' | 'bytes' | 'sha256'>, doing: Doing) => Promise<string>): Promise<Attachment> {
  const { files } = services
  files.checkRoom()
  if (Number(c.req.header('content-length') ?? 0) > attachmentAtMost) throw tooLarge()
  const received = await files.receive(limited((c.req.raw.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>))
  try {
    if (received.bytes === 0) throw new Refusal(400, 'attachment.empty', 'The file is empty.', { field: 'name' })
    const type = attachmentTypeOf(name, await headOf(received.path))
    if (type === null) throw new Refusal(415, 'attachment.kind', `Files of these kinds are taken, each by its name and what is in it: ${Object.keys(attachmentTypes).join(', ')}.`, { field: 'name' })
    await files.keep(received)
    const { bytes, sha256 } = received
    const doing = doingHere(services, c)
    const code = await note({ name, type, bytes, sha256 }, doing)
    return { code, name, type, bytes, sha256, at: doing.at }
  } finally {
    await files.discard(received)
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
