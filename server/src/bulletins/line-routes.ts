import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { formsOf, type BulletinRow } from '@lastmile/db/query/bulletins'
import { commentsOf } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { BulletinDocument, BulletinLinesAnswer, BulletinQuestion, NewComment, type BulletinTable } from '@lastmile/shared/bulletin'
import type { Language } from '@lastmile/shared/text'
import { purviewHere } from '../http/actor.js'
import { answered, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import type { Services } from '../lib/services.js'
import { bulletinOf, bulletinTold } from './asked-bulletin.js'
import { commentBulletin, mayAnswer, mayComment } from './comment-bulletin.js'
import { readForm } from './read-form.js'
import { linesOf } from './tell-named.js'

const BulletinPath = ListPath.extend({ code: z.string() })

/** One's own lines of a bulletin, and what is said of them: for those named, and for its keeper. */
export function bulletinLineRoutes(services: Services) {
  return newRoutes()
    .openapi(operation('bulletin.comment', {
      method: 'get', path: '/{list}/bulletins/{code}/lines', summary: 'One\'s own lines of a bulletin, and what was said of them', request: { params: BulletinPath, query: BulletinQuestion },
      responses: answered(BulletinLinesAnswer, 'Of its keeper: the lines that somebody commented on.'),
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const list = await listOf(services, listCode)
      return c.json(await linesTold(services, c, list, await bulletinOf(services, c, list, code), c.req.valid('query').language), 200)
    })
    .openapi(operation('bulletin.comment', {
      method: 'post', path: '/{list}/bulletins/{code}/comments', summary: 'Comment on one\'s own line, say that it is wrong, or (its keeper) answer', request: { params: BulletinPath, query: BulletinQuestion, body: jsonBody(NewComment) },
      responses: { 201: { description: 'The lines with what was said of them now.', content: { 'application/json': { schema: BulletinLinesAnswer } } }, 409: problem('It is too early or too late for that, or too many comments wait for an answer.') },
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const row = await commentBulletin(services, c, list, await bulletinOf(services, c, list, code), c.req.valid('json'))
      return c.json(await linesTold(services, c, list, row, c.req.valid('query').language), 201)
    })
}

async function linesTold(services: Services, c: Context, list: ListRow, row: BulletinRow, language: Language): Promise<BulletinLinesAnswer> {
  const { db, clock } = services
  const own = row.isKeeper ? null : linesOf(row, purviewHere(c, 'bulletin.comment', list.code))
  const comments = await commentsOf(db, row.id, own, c.get('actor').id)
  const lines = new Set(own ?? comments.map(({ line }) => line))
  const document = BulletinDocument.parse(JSON.parse(Buffer.from(await readForm(services, await formsOf(db, row.id), `document-${language}.json`)).toString()))
  const tables = document.blocks.flatMap((one): BulletinTable[] => {
    if (one.block !== 'table') return []
    const rows = one.rows.filter(({ line }) => lines.has(line))
    return rows.length === 0 ? [] : [{ ...one, rows }]
  })
  return { bulletin: bulletinTold(row), basis: row.figures.basis, mayComment: !row.isKeeper && lines.size > 0 && mayComment(row, clock.now()), mayAnswer: mayAnswer(row), tables, comments }
}
