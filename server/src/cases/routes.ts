import { casesOf, countCases } from '@lastmile/db/query/cases'
import { followingOf } from '@lastmile/db/query/supervision'
import { Escalating, NewCases, NewCasesAnswer, NewComment } from '@lastmile/shared/case'
import { CaseAnswer, CaseMoved, CasesAnswer, CasesQuestion } from '@lastmile/shared/case-answer'
import { ForReason } from '@lastmile/shared/notice'
import { sortOf } from '@lastmile/shared/sort'
import { Format } from '@lastmile/shared/basis'
import { z } from '@hono/zod-openapi'
import { purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { answerCase } from './answer-case.js'
import { caseOf, keptCaseOf, mayAnswer, mayKeep, noticeIn } from './case-of.js'
import { checkNow } from './check-cases.js'
import { doingHere } from './doing.js'
import { closeCase, commentOnCase, escalateCase, reopenCase } from './keep-case.js'
import { openCases } from './open-cases.js'
import { casesTable, caseTable } from './tables.js'

export const CasePath = ListPath.extend({ code: z.string() })
/** The answers of a verb. */
export const moved = (description: string) => ({ ...answered(CaseMoved, description), ...refusedWith({ 409: 'It cannot be done as it stands now, or somebody was quicker.', 412: 'The case was changed since: at which version it is.' }) })

/** An export holds all cases, not a page of them, up to this many. */
const exportAtMost = 10_000

/** Supervision cases: the list of them, one whole, and what the office that keeps it does with it. */
export function caseRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('case.read', {
      method: 'get', path: '/{list}/cases', summary: 'Supervision cases, what is due first unless ordered otherwise', request: { params: ListPath, query: CasesQuestion },
      responses: answers(CasesAnswer, 'An office sees its own, the national regulator all; a company or province those in which a letter is for it.'),
    }), async (c) => {
      const { format, offset, limit, sort, ...filter } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'case.read', list.code)
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }
      const { rows, total } = await casesOf(db, list, purview, filter, page, sortOf(sort))
      const { rules } = await followingOf(db, list)
      const told = rules && (({ author, reason, answerWithin, dueSoon, reopenWithin, ladder, removal, removalNote }) => ({ author, reason, answerWithin, dueSoon, reopenWithin, ladder, removal, removalNote }))(rules)
      const { state: _, due: __, ...rest } = filter
      const answer = { basis: { list: list.code, today: list.today, demonstration: list.demonstration }, rows, page: { ...page, total }, counts: await countCases(db, list, purview, rest), rules: told }
      return sendAnswer(c, format, answer, casesTable, list.demonstration)
    })
    .openapi(operation('case.keep', {
      method: 'post', path: '/{list}/cases', summary: 'Open cases of gaps', request: { params: ListPath, body: jsonBody(NewCases) },
      description: 'One case for each drug, company or province among the gaps, as they are today. A gap that the office follows already stays where it is.',
      responses: { ...answered(NewCasesAnswer, 'What became of each gap, in the order in which they were named; and the cases that were opened.'), ...refusedWith({ 409: 'The edition does not say how gaps are followed up.' }) },
    }, { largestBody: 128 * 1024 }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return c.json(await inTurnAlways(c, () => openCases(services, doingHere(services, c), list, purviewHere(c, 'case.keep', list.code), c.req.valid('json'))), 200)
    })
    .openapi(operation('case.read', {
      method: 'get', path: '/{list}/cases/{code}', summary: 'One case: its gaps as they are today, letters, steps and comments', request: { params: CasePath, query: z.object({ format: Format.default('json') }) },
      responses: answers(CaseAnswer, 'Whoever a letter is for sees that, and what belongs to it.'),
    }), async (c) => {
      const here = await caseOf(services, c, c.req.valid('param'))
      return sendAnswer(c, c.req.valid('query').format, await answerCase(db, c, here.list, here), caseTable, here.list.demonstration)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/check', summary: 'Hold a case against what is so today', description: 'It is done of itself after each report, and each day. Where everything is met, the case closes.', request: { params: CasePath }, responses: moved('Where it stands now.') }), async (c) => {
      const { list, found } = await keptCaseOf(services, c, c.req.valid('param'))
      await inTurnAlways(c, () => checkNow(services, doingHere(services, c), list, found))
      const { found: now } = await caseOf(services, c, c.req.valid('param'))
      return c.json({ case: c.req.valid('param').code, state: now.state, version: now.version, notice: null }, 200)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/closing', summary: 'Close a case, for a reason', request: { params: CasePath, headers: AtVersion, body: jsonBody(ForReason) }, responses: moved('It is closed.') }), async (c) => {
      const { list, ...here } = await keptCaseOf(services, c, c.req.valid('param'))
      return c.json(await closeCase(services, doingHere(services, c), list, { ...here, version: versionIn(c.req.valid('header')) }, c.req.valid('json').reason), 200)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/reopening', summary: 'Open a closed case again, for a reason', request: { params: CasePath, headers: AtVersion, body: jsonBody(ForReason) }, responses: moved('It is open; what was asked before asks for nothing now.') }), async (c) => {
      const { list, ...here } = await keptCaseOf(services, c, c.req.valid('param'))
      return c.json(await reopenCase(services, doingHere(services, c), list, { ...here, version: versionIn(c.req.valid('header')) }, c.req.valid('json').reason), 200)
    })
    .openapi(operation('case.keep', { method: 'post', path: '/{list}/cases/{code}/escalation', summary: 'Take the next step of the ladder, whose time has come', request: { params: CasePath, headers: AtVersion, body: jsonBody(Escalating) }, responses: moved('It is taken.') }), async (c) => {
      const { list, ...here } = await keptCaseOf(services, c, c.req.valid('param'))
      return c.json(await escalateCase(services, doingHere(services, c), list, { ...here, version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200)
    })
    .openapi(operation('notice.answer', {
      method: 'post', path: '/{list}/cases/{code}/comments', summary: 'Say something of a case', description: 'With `notice`, its addressee sees it too; without one it stays within the offices. Whoever a letter is for comments on that.',
      request: { params: CasePath, body: jsonBody(NewComment) }, responses: moved('It stands with the case.'),
    }), async (c) => {
      const { list, ...here } = await caseOf(services, c, c.req.valid('param'))
      const said = c.req.valid('json')
      const keeps = mayKeep(c, list, here.found)
      if (!keeps && said.notice === null) throw notFound('case', c.req.valid('param').code)
      const notice = said.notice === null ? null : noticeIn({ list, ...here }, said.notice)
      if (notice !== null && (notice.numbered === null || (!keeps && !(notice.isAddressee && mayAnswer(c))))) throw notFound('notice', notice.code)
      return c.json(await commentOnCase(services, doingHere(services, c), list, here, keeps ? 'office' : 'addressee', said), 200)
    })
}
