import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { findCompanyRequestFile } from '@lastmile/db/query/company-request-page'
import { companyRequestsOf, countCompanyRequests } from '@lastmile/db/query/company-requests'
import { followingOf } from '@lastmile/db/query/supervision'
import { Attachment, attachmentTypes } from '@lastmile/shared/attachment'
import { Format } from '@lastmile/shared/basis'
import { CompanyRequestAnswering, CompanyRequestDeferring, CompanyRequestForwarding, CompanyRequestObjecting, NewCompanyRequest } from '@lastmile/shared/company-request'
import { CompanyRequestAnswer, CompanyRequestMoved, CompanyRequestsAnswer, CompanyRequestsQuestion } from '@lastmile/shared/company-request-answer'
import { ForReason } from '@lastmile/shared/notice'
import { sortOf } from '@lastmile/shared/sort'
import { FileNamed, fileNameIn } from '../attachments/receive-attachment.js'
import { eventOf } from '../audit/event-of.js'
import { doingHere } from '../cases/doing.js'
import { allowed, purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { attachment as asAttachment, sendAnswer } from '../http/export.js'
import { answered, answers, jsonBody, ListPath, newRoutes, notWell, operation, problem, refusedAlways, refusedWith } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { keyOf, UploadHeaders } from '../reports/read-form.js'
import { answerPage } from './answer-page.js'
import { acknowledgeRequest, answerRequest, deferRequest, forwardRequest } from './answer-request.js'
import { takeRequestFile } from './attachments.js'
import { closeRequest, objectToAnswer, withdrawRequest } from './end-request.js'
import { openRequest } from './open-request.js'
import { movedRequestOf, requestOf } from './request-of.js'
import { companyRequestsTable, companyRequestTable } from './tables.js'

const RequestPath = ListPath.extend({ code: z.string() })
const binary = { schema: z.string().openapi({ format: 'binary' }) }
/** The answers of a step. */
const moved = (description: string) => ({ ...answered(CompanyRequestMoved, description), ...refusedWith({ 409: 'It cannot be done as it stands now, or somebody was quicker.', 412: 'The request was changed since: at which version it is.' }) })
const OnceOnly = UploadHeaders.pick({ 'Idempotency-Key': true })

/** An export holds all requests, not a page of them, up to this many. */
const exportAtMost = 10_000

/** What companies ask of offices: the list of it, opening a request, one whole, and each step of it. */
export function companyRequestRoutes(services: Services) {
  const { db } = services
  const routes = newRoutes()
  routes.openAPIRegistry.registerPath({
    'x-action': 'company_request.attach', method: 'post', path: '/{list}/company-requests/attachments', summary: 'Send a file that goes with a step of a request; the step names it',
    description: `Its bytes as they are; at most 20 MB; of these kinds: ${Object.keys(attachmentTypes).join(', ')}. What no step names within two days is let go.`,
    request: { params: ListPath, query: FileNamed, body: { content: { 'application/octet-stream': binary }, required: true } },
    responses: { ...refusedAlways, ...notWell, 403: problem('A page of another site asks.'), 201: { description: 'It is kept.', content: { 'application/json': { schema: Attachment } } }, 413: problem('It is too large.'), 415: problem('It is of no kind that is taken.') },
  })
  routes.openAPIRegistry.registerPath({
    'x-action': 'company_request.read', method: 'get', path: '/{list}/company-requests/{code}/attachments/{file}/file', summary: 'A file beside a step of a request', request: { params: RequestPath.extend({ file: z.string() }) },
    responses: { ...refusedAlways, ...notWell, 200: { description: 'Its bytes.', content: { 'application/octet-stream': binary } } },
  })
  return routes
    .openapi(operation('company_request.read', {
      method: 'get', path: '/{list}/company-requests', summary: 'Requests of companies, what is due first unless ordered otherwise', request: { params: ListPath, query: CompanyRequestsQuestion },
      responses: answers(CompanyRequestsAnswer, 'A company sees its own, a province those that its office has or had, the national regulator all.'),
    }), async (c) => {
      const { format, offset, limit, sort, ...filter } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'company_request.read', list.code)
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }
      const { rows, total } = await companyRequestsOf(db, list, purview, filter, page, sortOf(sort))
      const answer = { basis: { list: list.code, today: list.today, demonstration: list.demonstration }, rows, page: { ...page, total }, counts: await countCompanyRequests(db, list, purview, filter), rules: (await followingOf(db, list)).rules?.requests ?? null }
      return sendAnswer(c, format, answer, companyRequestsTable, list.demonstration)
    })
    .openapi(operation('company_request.open', {
      method: 'post', path: '/{list}/company-requests', summary: 'Ask an office about a drug of one\'s own', request: { params: ListPath, headers: OnceOnly, body: jsonBody(NewCompanyRequest) },
      description: 'Its answer is due after the edition\'s working days. With an `Idempotency-Key` it is opened once, however often it is sent.',
      responses: { ...answered(CompanyRequestMoved, 'It is open, and its office is told.'), ...refusedWith({ 409: 'Nothing is recorded that could be disputed; the key asked something else; or the edition does not say how requests are answered.' }) },
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'company_request.open', list.code)
      if (purview.of !== 'company') throw notFound('list', list.code)
      return c.json(await openRequest(services, doingHere(services, c), list, purview.company, c.req.valid('json'), keyOf(c.req.valid('header')['Idempotency-Key'], c.get('actor'))), 200)
    })
    .openapi(operation('company_request.read', {
      method: 'get', path: '/{list}/company-requests/{code}', summary: 'One request: what is asked, and its steps', request: { params: RequestPath, query: z.object({ format: Format.default('json') }) },
      responses: answers(CompanyRequestAnswer, 'Names of people are told within their own side.'),
    }), async (c) => {
      const here = await requestOf(services, c, c.req.valid('param'))
      return sendAnswer(c, c.req.valid('query').format, await answerPage(services, c, here), companyRequestTable, here.list.demonstration)
    })
    .openapi(operation('company_request.answer', { method: 'post', path: '/{list}/company-requests/{code}/acknowledgement', summary: 'Acknowledge a request', request: { params: RequestPath, headers: AtVersion }, responses: moved('Its company knows that it was received.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'acknowledge')
      return c.json(await acknowledgeRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }), 200)
    })
    .openapi(operation('company_request.answer', { method: 'post', path: '/{list}/company-requests/{code}/answer', summary: 'Answer a request', request: { params: RequestPath, headers: AtVersion, body: jsonBody(CompanyRequestAnswering) }, responses: moved('It is answered; its company closes it, or objects once.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'answer')
      return c.json(await answerRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('company_request.answer', { method: 'post', path: '/{list}/company-requests/{code}/forwarding', summary: 'Hand a request to the office that it is for', description: 'It is due when it was.', request: { params: RequestPath, headers: AtVersion, body: jsonBody(CompanyRequestForwarding) }, responses: moved('The other office has it, and its company is told.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'forward')
      return c.json(await forwardRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('company_request.answer', { method: 'post', path: '/{list}/company-requests/{code}/deferral', summary: 'Put the answer off, for a reason', request: { params: RequestPath, headers: AtVersion, body: jsonBody(CompanyRequestDeferring) }, responses: moved('It is due later, and its company reads why.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'defer')
      return c.json(await deferRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('company_request.open', { method: 'post', path: '/{list}/company-requests/{code}/withdrawal', summary: 'Withdraw a request, for a reason', request: { params: RequestPath, headers: AtVersion, body: jsonBody(ForReason) }, responses: moved('It asks for nothing any more.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'withdraw')
      return c.json(await withdrawRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }, c.req.valid('json').reason), 200)
    })
    .openapi(operation('company_request.open', { method: 'post', path: '/{list}/company-requests/{code}/closing', summary: 'Close a request that was answered', request: { params: RequestPath, headers: AtVersion }, responses: moved('It is over.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'close')
      return c.json(await closeRequest(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }), 200)
    })
    .openapi(operation('company_request.open', { method: 'post', path: '/{list}/company-requests/{code}/objection', summary: 'Object to an answer, once', description: 'The national regulator has it from then on, and answers within the edition\'s working days anew.', request: { params: RequestPath, headers: AtVersion, body: jsonBody(CompanyRequestObjecting) }, responses: moved('The national regulator has it.') }), async (c) => {
      const { list, found } = await movedRequestOf(services, c, c.req.valid('param'), 'object')
      return c.json(await objectToAnswer(services, doingHere(services, c), list, { found, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    // Its bytes are read here and not by the route: they go to the disk as they come.
    .post('/:list/company-requests/attachments', allowed('company_request.attach'), async (c) => {
      const list = await listOf(services, c.req.param('list'))
      if (purviewHere(c, 'company_request.attach', list.code).of === 'nothing') throw notFound('list', list.code)
      return c.json(await takeRequestFile(services, c, list, fileNameIn(c.req.query('name'))), 201)
    })
    .get('/:list/company-requests/:code/attachments/:file/file', allowed('company_request.read'), async (c) => {
      const { list, found } = await requestOf(services, c, { list: c.req.param('list'), code: c.req.param('code') })
      const file = await findCompanyRequestFile(db, purviewHere(c, 'company_request.read', list.code), found.id, c.req.param('file'))
      if (!file) throw notFound('attachment', c.req.param('file'))
      c.set('noted', true)
      await services.audit.note([eventOf(c, { action: 'company_request.file', outcome: 'done', list: list.code, object: `${c.req.param('code')} ${c.req.param('file')}`, after: { name: file.name, sha256: file.sha256 } })])
      const { stream, bytes } = await services.files.read(file.sha256)
      return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, 200, { 'Content-Length': String(bytes), 'Content-Type': file.type, 'Content-Disposition': asAttachment(file.name) })
    })
}
