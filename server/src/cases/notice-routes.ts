import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { findAttachment } from '@lastmile/db/query/notices'
import { Attachment, attachmentTypes } from '@lastmile/shared/attachment'
import { ForReason, NewNotice, NoticeAcknowledging, NoticeAnswering, NoticeChange, NoticeSending } from '@lastmile/shared/notice'
import { FileNamed, fileNameIn } from '../attachments/receive-attachment.js'
import { eventOf } from '../audit/event-of.js'
import { allowed, purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { attachment as asAttachment } from '../http/export.js'
import { jsonBody, newRoutes, notWell, operation, problem, refusedAlways } from '../http/open-api.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { acknowledgeNotice, answerNotice } from './answer-notice.js'
import { takeAttachment } from './attachments.js'
import { answeredNoticeIn, caseOf, keptCaseOf, noticeIn } from './case-of.js'
import { doingHere } from './doing.js'
import { changeNotice, draftNotice, sendNotice, withdrawNotice } from './keep-notice.js'
import { CasePath, moved } from './routes.js'

const NoticePath = CasePath.extend({ notice: z.string() })
const FilePath = CasePath.extend({ file: z.string() })
const binary = { schema: z.string().openapi({ format: 'binary' }) }

/** Letters of supervision cases: drafting and sending them, and their acknowledgement and answer, by whoever they are for or entered for him. */
export function noticeRoutes(services: Services) {
  const { db } = services
  const routes = newRoutes()
  routes.openAPIRegistry.registerPath({
    'x-action': 'notice.answer', method: 'post', path: '/{list}/cases/{code}/notices/{notice}/attachments', summary: 'Send a file that goes with a step of a letter; the step names it',
    description: `Its bytes as they are; at most 20 MB; of these kinds: ${Object.keys(attachmentTypes).join(', ')}. What no step names within two days is let go.`,
    request: { params: NoticePath, query: FileNamed, body: { content: { 'application/octet-stream': binary }, required: true } },
    responses: { ...refusedAlways, ...notWell, 403: problem('A page of another site asks.'), 201: { description: 'It is kept.', content: { 'application/json': { schema: Attachment } } }, 413: problem('It is too large.'), 415: problem('It is of no kind that is taken.') },
  })
  routes.openAPIRegistry.registerPath({
    'x-action': 'case.read', method: 'get', path: '/{list}/cases/{code}/attachments/{file}/file', summary: 'A file beside a step of a letter', request: { params: FilePath },
    responses: { ...refusedAlways, ...notWell, 200: { description: 'Its bytes.', content: { 'application/octet-stream': binary } } },
  })
  return routes
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/notices', summary: 'Draft a letter to a company or a unit\'s office', description: 'It names the gaps that the addressee can mend.', request: { params: CasePath, headers: AtVersion, body: jsonBody(NewNotice) }, responses: moved('The draft; nobody but the office knows of it.') }), async (c) => {
      const { list, ...here } = await keptCaseOf(services, c, c.req.valid('param'))
      return c.json(await draftNotice(services, doingHere(services, c), list, { ...here, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('case.keep', { method: 'put', path: '/{list}/cases/{code}/notices/{notice}', summary: 'Say otherwise of a draft', request: { params: NoticePath, headers: AtVersion, body: jsonBody(NoticeChange) }, responses: moved('The draft as it is now.') }), async (c) => {
      const here = await keptCaseOf(services, c, c.req.valid('param'))
      const notice = noticeIn(here, c.req.valid('param').notice)
      return c.json(await changeNotice(services, doingHere(services, c), here.list, { ...here, notice, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/notices/{notice}/sending', summary: 'Send a letter, here or outside', description: 'It gets its number, and what it says stands still.', request: { params: NoticePath, headers: AtVersion, body: jsonBody(NoticeSending) }, responses: moved('It is sent.') }), async (c) => {
      const here = await keptCaseOf(services, c, c.req.valid('param'))
      const notice = noticeIn(here, c.req.valid('param').notice)
      return c.json(await sendNotice(services, doingHere(services, c), here.list, { ...here, notice, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('notice.answer', { method: 'post', path: '/{list}/cases/{code}/notices/{notice}/acknowledgement', summary: 'Acknowledge a letter, or enter that it was', description: 'Whoever it is for says so himself; the office that enters it for him says how and when it came.', request: { params: NoticePath, body: jsonBody(NoticeAcknowledging) }, responses: moved('It is acknowledged.') }), async (c) => {
      const here = await caseOf(services, c, c.req.valid('param'))
      const notice = answeredNoticeIn(c, here, c.req.valid('param').notice)
      return c.json(await acknowledgeNotice(services, doingHere(services, c), here.list, { ...here, notice }, c.req.valid('json')), 200)
    })
    .openapi(operation('notice.answer', { method: 'post', path: '/{list}/cases/{code}/notices/{notice}/answer', summary: 'Answer a letter, or enter its answer', request: { params: NoticePath, body: jsonBody(NoticeAnswering) }, responses: moved('It is answered; what was promised is held against the statements.') }), async (c) => {
      const here = await caseOf(services, c, c.req.valid('param'))
      const notice = answeredNoticeIn(c, here, c.req.valid('param').notice)
      return c.json(await answerNotice(services, doingHere(services, c), here.list, { ...here, notice }, c.req.valid('json')), 200)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/notices/{notice}/withdrawal', summary: 'Withdraw a letter, for a reason', request: { params: NoticePath, headers: AtVersion, body: jsonBody(ForReason) }, responses: moved('It asks for nothing any more.') }), async (c) => {
      const here = await keptCaseOf(services, c, c.req.valid('param'))
      const notice = noticeIn(here, c.req.valid('param').notice)
      return c.json(await withdrawNotice(services, doingHere(services, c), here.list, { ...here, notice, version: versionIn(c.req.valid('header')) }, c.req.valid('json').reason), 200)
    })
    // Its bytes are read here and not by the route: they go to the disk as they come.
    .post('/:list/cases/:code/notices/:notice/attachments', allowed('notice.answer'), async (c) => {
      const here = await caseOf(services, c, { list: c.req.param('list'), code: c.req.param('code') })
      const notice = answeredNoticeIn(c, here, c.req.param('notice'))
      return c.json(await takeAttachment(services, c, here.list, { ...here, notice }, fileNameIn(c.req.query('name'))), 201)
    })
    .get('/:list/cases/:code/attachments/:file/file', allowed('case.read'), async (c) => {
      const { list, found } = await caseOf(services, c, { list: c.req.param('list'), code: c.req.param('code') })
      const file = await findAttachment(db, purviewHere(c, 'case.read', list.code), c.get('actor').id, found.id, c.req.param('file'))
      if (!file) throw notFound('attachment', c.req.param('file'))
      c.set('noted', true)
      await services.audit.note([eventOf(c, { action: 'case.file', outcome: 'done', list: list.code, object: `${c.req.param('code')} ${c.req.param('file')}`, after: { name: file.name, sha256: file.sha256 } })])
      const { stream, bytes } = await services.files.read(file.sha256)
      return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, 200, { 'Content-Length': String(bytes), 'Content-Type': file.type, 'Content-Disposition': asAttachment(file.name) })
    })
}
