import type { Context } from 'hono'
import { countUnnamed, insertAttachment } from '@lastmile/db/query/keep-notice'
import type { Database } from '@lastmile/db/database'
import type { CaseFacts } from '@lastmile/db/query/cases'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import type { Attachment } from '@lastmile/shared/attachment'
import { canMoveNotice, isOverNotice } from '@lastmile/shared/notice'
import { checkUnnamed, receiveAttachment, type NoteFile } from '../attachments/receive-attachment.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { codeOf, changeCases } from './change-case.js'
import type { SeenNotice } from './keep-notice.js'

/** Steps that a file can go with. */
const withFiles = ['send', 'acknowledge', 'answer'] as const

/** Takes a file that goes with a step of a letter, before the step itself. No step has it until one names it. @throws Refusal 409 where no step of the letter can have a file any more, or too many wait for one; and as {@link receiveAttachment} */
export async function takeAttachment(services: Services, c: Context, list: ListRow, seen: Pick<SeenNotice, 'found' | 'notice'>, name: string): Promise<Attachment> {
  await mayTakeFiles(services.db, seen.found, seen.notice)
  return receiveAttachment(services, c, name, notingFileOf(services, list, seen))
}

/** Notes of which letter a file is. */
export function notingFileOf(services: Services, list: ListRow, { found, notice }: Pick<SeenNotice, 'found' | 'notice'>): NoteFile {
  return (file, doing) => changeCases(services, list, doing, async (tx) => {
    const made = await insertAttachment(tx, { caseId: found.id, noticeId: notice.id, ...file, by: doing.by.actor, at: doing.at })
    return { deeds: [{ action: 'notice.attach', object: `${codeOf(found)} ${notice.code}`, after: file }], result: made }
  })
}

async function mayTakeFiles(db: Database, found: CaseFacts, notice: NoticeFacts): Promise<void> {
  const isOver = isOverNotice(notice, { isClosed: found.state === 'closed', round: found.round })
  if (!withFiles.some((verb) => canMoveNotice(verb, notice.state, isOver))) throw new Refusal(409, 'notice.state', `No step of the letter ${notice.code} can have a file any more: it is ${notice.state}, or its case is closed.`)
  checkUnnamed(await countUnnamed(db, notice.id))
}
