import { open, readFile } from 'node:fs/promises'
import type { Context } from 'hono'
import { countUnnamed, insertAttachment } from '@lastmile/db/query/keep-notice'
import type { Database } from '@lastmile/db/database'
import type { CaseFacts } from '@lastmile/db/query/cases'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { attachmentAtMost, attachmentPartOf, attachmentTypeOf, attachmentTypes, type Attachment } from '@lastmile/shared/attachment'
import { canMoveNotice, isOverNotice } from '@lastmile/shared/notice'
import { uploadLimits } from '@lastmile/shared/source'
import { codeOf, changeCases } from './change-case.js'
import { doingHere, type Doing } from './doing.js'
import { Refusal } from '../lib/refusal.js'
import type { ReceivedFile } from '../lib/kept-files.js'
import type { Services } from '../lib/services.js'
import { FileRefused } from '../reading/refusal.js'
import { readZip } from '../reading/zip.js'
import type { SeenNotice } from './keep-notice.js'

/** Steps that a file can go with. */
const withFiles = ['send', 'acknowledge', 'answer'] as const
/** As many files wait for a step of one letter: twice what one names. */
const unnamedAtMost = 20

/** How many of the first bytes say what a file is. */
const headBytes = 8

/**
 * Takes a file that goes with a step of a letter, before the step itself: it lies among the kept files, on the disk, before its
 * sender hears so. No step has it until one names it.
 * @throws Refusal 409 where no step of the letter can have a file any more, or too many wait for one, 400 for a file without a name or bytes, 413 for one that is too large, 415 for one of no kind that is taken
 */
export async function takeAttachment(services: Services, c: Context, list: ListRow, { found, notice }: Pick<SeenNotice, 'found' | 'notice'>, name: string): Promise<Attachment> {
  const { files } = services
  files.checkRoom()
  await mayTakeFiles(services.db, found, notice)
  if (Number(c.req.header('content-length') ?? 0) > attachmentAtMost) throw tooLarge()
  const received = await files.receive(limited((c.req.raw.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>))
  try {
    return await keepAttachment(services, doingHere(services, c), list, { found, notice }, name, received)
  } finally {
    await files.discard(received)
  }
}

/** Keeps a file that was received whole, and notes of which letter it is. @throws Refusal 400, 415 */
export async function keepAttachment(services: Services, doing: Doing, list: ListRow, { found, notice }: Pick<SeenNotice, 'found' | 'notice'>, name: string, received: ReceivedFile): Promise<Attachment> {
  const { bytes, sha256, path } = received
  if (bytes === 0) throw new Refusal(400, 'attachment.empty', 'The file is empty.', { field: 'name' })
  const type = attachmentTypeOf(name, await headOf(path))
  if (type === null || !(await holdsItsPart(name, path))) throw new Refusal(415, 'attachment.kind', `Files of these kinds are taken, each by its name and what is in it: ${Object.keys(attachmentTypes).join(', ')}.`, { field: 'name' })
  await services.files.keep(received)
  const code = await changeCases(services, list, doing, async (tx) => {
    const made = await insertAttachment(tx, { caseId: found.id, noticeId: notice.id, name, type, bytes, sha256, by: doing.by.actor, at: doing.at })
    return { deeds: [{ action: 'notice.attach', object: `${codeOf(found)} ${notice.code}`, after: { name, type, bytes, sha256 } }], result: made }
  })
  return { code, name, type, bytes, sha256, at: doing.at }
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

async function mayTakeFiles(db: Database, found: CaseFacts, notice: NoticeFacts): Promise<void> {
  const isOver = isOverNotice(notice, { isClosed: found.state === 'closed', round: found.round })
  if (!withFiles.some((verb) => canMoveNotice(verb, notice.state, isOver))) throw new Refusal(409, 'notice.state', `No step of the letter ${notice.code} can have a file any more: it is ${notice.state}, or its case is closed.`)
  if ((await countUnnamed(db, notice.id)) >= unnamedAtMost) throw new Refusal(409, 'attachment.too_many', `${unnamedAtMost} files wait for a step of the letter ${notice.code} already: name them in one, or wait until they are let go.`)
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
