import type { Context } from 'hono'
import { countUnnamedOf, insertRequestFile } from '@lastmile/db/query/keep-company-request'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Attachment } from '@lastmile/shared/attachment'
import { checkUnnamed, receiveAttachment } from '../attachments/receive-attachment.js'
import { changeCases } from '../cases/change-case.js'
import { doingHere } from '../cases/doing.js'
import type { Services } from '../lib/services.js'

/** Takes a file that goes with a step of a request of a list, before the step itself; the request may not be there yet. It is its sender's until a step of his names it. */
export async function takeRequestFile(services: Services, c: Context, list: ListRow, name: string): Promise<Attachment> {
  checkUnnamed(await countUnnamedOf(services.db, list, doingHere(services, c).by.actor))
  return receiveAttachment(services, c, name, (file, doing) => changeCases(services, list, doing, async (tx) => {
    const code = await insertRequestFile(tx, { ...file, listId: list.id, by: doing.by.actor, at: doing.at })
    return { deeds: [{ action: 'company_request.attach', object: code, after: file }], result: code }
  }))
}
