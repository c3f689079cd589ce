import { z } from '@hono/zod-openapi'
import { findArea, type Area } from '@lastmile/db/query/area'
import { entryFormOf } from '@lastmile/db/query/entry-forms'
import { hasInstitution } from '@lastmile/db/query/institutions'
import type { ListRow } from '@lastmile/db/query/lists'
import { unconfirmedOf } from '@lastmile/db/query/unconfirmed'
import { Entries, EntryFormAnswer, EntryFormQuestion, EntrySourcesAnswer, UnconfirmedAnswer, UnconfirmedQuestion } from '@lastmile/shared/entry'
import { Problem } from '@lastmile/shared/problem'
import type { Purview } from '@lastmile/shared/purview'
import { ReportReceipt } from '@lastmile/shared/report'
import { sortOf } from '@lastmile/shared/sort'
import { byOf } from '../audit/event-of.js'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { areaOf, drugOf, listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { keyOf, UploadHeaders, versionOf } from '../reports/read-form.js'
import { areasNamed } from '../reports/scope.js'
import { entrySource, spokenThrough, spokenThroughOf } from './entry-source.js'
import { submitEntries } from './submit-entries.js'
import { unconfirmedTable } from './tables.js'

/** Two thousand lines are some hundred kilobytes. */
const largestBody = 1024 * 1024

const EntryHeaders = UploadHeaders.omit({ 'X-Upload-Id': true })
const receipt = (description: string) => ({ description, content: { 'application/json': { schema: ReportReceipt } } })

/** Stating on screen: which declared pairs wait for a word, through which source one speaks, its form, and sending it. */
export function entryRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('report.send', {
      method: 'post', path: '/{list}/reports/entries', summary: 'State on screen: statements, "unchanged", or a nil report',
      description: 'It becomes a report like any other: a file in the columns of its source, with a receipt. Line n of the request (from 0) is row n + 2 of the file and of the errors. As changes each has a place of its own; of two that speak of a pair on one day the later holds.',
      request: { params: ListPath, headers: EntryHeaders, body: jsonBody(Entries) },
      responses: {
        200: receipt('A dry run: what would become of it.'), 201: receipt('Accepted.'), 202: receipt('Taken; it moves numbers later.'), 422: { description: 'Lines with errors: nothing stored, kept as a draft. Or a key that was used, or a reason for which such reports have no word.', content: { 'application/json': { schema: z.union([ReportReceipt, Problem]) } } },
        403: problem('Not of this source, or not this way; or a page of another site asks.'), 409: problem('Sent before; something changed meanwhile; or there was something to report.'), 412: problem('The version to correct is not the last.'),
      },
    }, { largestBody }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const headers = c.req.valid('header')
      const { status, receipt: answer } = await submitEntries(services, list, c.req.valid('json'), {
        actor: c.get('actor'), by: byOf(c), purview: purviewHere(c, 'report.send', list.code), idempotencyKey: keyOf(headers['Idempotency-Key'], c.get('actor')), corrects: versionOf(headers['If-Match']),
      })
      c.set('receipt', answer)
      return c.json(answer, status as 200 | 201 | 202 | 422)
    })
    .openapi(operation('report.send', { method: 'get', path: '/{list}/entry-sources', summary: 'Through which sources one can state on screen what one sees', request: { params: ListPath }, responses: answered(EntrySourcesAnswer, 'An institution speaks of itself, a city of itself, a province and a company through their own.') }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return c.json({ today: list.today, sources: (await spokenThrough(services, list, purviewHere(c, 'report.send', list.code))).map(entrySource) }, 200)
    })
    .openapi(operation('report.send', { method: 'get', path: '/{list}/entry-form', summary: 'The form of a source: the pairs that it spoke of last, and the eligible ones', request: { params: ListPath, query: EntryFormQuestion }, responses: answered(EntryFormAnswer, 'A line that is left blank says nothing.') }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const area = await areaOf(services, list, question.region)
      const spoken = await spokenThroughOf(services, list, purviewHere(c, 'report.send', list.code), question.source)
      const filter = { scope: spoken.scope, areas: area ? [area] : await areasNamed(services, list, spoken.scope), drug: drug?.id ?? null, kind: question.kind ?? null, day: list.today }
      const form = await inTurnAlways(c, () => entryFormOf(db, list, spoken.source, filter, { offset: question.offset, limit: question.limit }))
      return c.json({ today: list.today, source: entrySource(spoken), ...form }, 200)
    })
    .openapi(operation('statement.detail', { method: 'get', path: '/{list}/unconfirmed', summary: 'Declared pairs that wait to be confirmed or refuted, those that wait longest first', request: { params: ListPath, query: UnconfirmedQuestion }, responses: answers(UnconfirmedAnswer, 'Pairs that are one\'s own.') }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'statement.detail', list.code)
      const drug = await drugOf(services, list, question.drug)
      const area = await areaOf(services, list, question.region)
      if (question.institution !== undefined && !(await hasInstitution(db, list, question.institution))) throw notFound('institution', question.institution)
      const own = await ownArea(services, list, purview)
      if (purview.of === 'all' && !area && !drug && question.institution === undefined) throw new Refusal(400, 'question.too_wide', 'Of a whole nation, name a region, a drug or an institution.', { field: 'region' })
      const filter = { purview, area: area ?? own, drug: drug?.id ?? null, institution: purview.of === 'institution' ? purview.institution : question.institution ?? null, kind: question.kind ?? null, standing: question.standing, minDays: question.minDays }
      const isElsewhere = purview.of === 'institution' && question.institution !== undefined && question.institution !== purview.institution
      const page = question.format === 'json' ? { offset: question.offset, limit: question.limit } : { offset: 0, limit: 100_000 }
      const answer = await inTurnAlways(c, () => unconfirmedOf(db, list, isElsewhere ? { ...filter, purview: { of: 'nothing' } } : filter, { sort: sortOf(question.sort), ...page }))
      return sendAnswer(c, question.format, answer, unconfirmedTable, list.demonstration)
    })
}

/** Where the pairs of a purview lie, as far as it says. */
async function ownArea({ db }: Services, list: ListRow, purview: Purview): Promise<Area | null> {
  const code = purview.of === 'unit' ? purview.unit : purview.of === 'city' ? purview.city : null
  return code === null ? null : findArea(db, list.regionSetId, code)
}

