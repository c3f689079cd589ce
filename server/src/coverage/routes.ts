import { changesOf } from '@lastmile/db/query/changes'
import { coverageOf, standingsOf } from '@lastmile/db/query/coverage'
import { companiesOf } from '@lastmile/db/query/drugs'
import type { GapPage } from '@lastmile/db/query/gap-page'
import { gapHistoryOf } from '@lastmile/db/query/gap-history'
import { gapsOf } from '@lastmile/db/query/gaps'
import { headlineOf } from '@lastmile/db/query/headline'
import { trendOf } from '@lastmile/db/query/trend'
import { ChangesQuestion, CoverageQuestion, GapHistoryQuestion, GapsQuestion, HeadlineQuestion, StandingsQuestion, TrendQuestion } from '@lastmile/shared/basis'
import { ChangesAnswer } from '@lastmile/shared/changes'
import { CoverageAnswer, HeadlineAnswer, StandingsAnswer, TrendAnswer } from '@lastmile/shared/coverage'
import { earlierDay } from '@lastmile/shared/day'
import { gapReasons, GapsAnswer } from '@lastmile/shared/gap'
import { GapHistoryAnswer } from '@lastmile/shared/gap-episode'
import { sortOf } from '@lastmile/shared/sort'
import { sendAnswer } from '../http/export.js'
import { inTurn, inTurnAlways } from '../http/in-turn.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changesTable, coverageTable, gapHistoryTable, gapsTable, headlineTable, standingsTable, trendTable } from './tables.js'

/** Headline, coverage, standings, trend, changes, gaps: what is counted. */
export function coverageRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/headline', summary: 'The headline: drugs stocked, institutions, units', request: { params: ListPath, query: HeadlineQuestion },
      responses: answers(HeadlineAnswer, 'One kind of evidence on one day.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const when = whenOf(list, question.evidence, question)
      const area = await areaOf(services, list, question.region)
      const answer = await inTurn(c, list, when, () => headlineOf(db, list, when, area))
      return sendAnswer(c, question.format, answer, headlineTable)
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/coverage', summary: 'A cell per drug and region', request: { params: ListPath, query: CoverageQuestion },
      responses: answers(CoverageAnswer, 'Stocked hospitals, pharmacies and cities, the eligible, and the count of each state.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const area = await areaOf(services, list, question.region)
      const drug = await drugOf(services, list, question.drug)
      if (question.by === 'city' && !area && !drug) throw new Refusal(400, 'question.too_wide', 'By city, name a drug or a region.', { field: 'drug' })
      if (question.by === 'province' && area?.level === 'city') throw new Refusal(400, 'question.by', 'A city is not cut by province: ask by=city.', { field: 'by' })
      const when = whenOf(list, question.evidence, question)
      const answer = await inTurn(c, list, when, () => coverageOf(db, list, when, { by: question.by, area, drug: drug?.id ?? null }))
      return sendAnswer(c, question.format, answer, (one) => coverageTable(one, question))
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/standings', summary: 'What all kinds of evidence together say', request: { params: ListPath, query: StandingsQuestion },
      responses: answers(StandingsAnswer, 'Pairs by standing, per drug and region.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const area = await areaOf(services, list, question.region)
      const drug = await drugOf(services, list, question.drug)
      if (question.by === 'city' && !area && !drug) throw new Refusal(400, 'question.too_wide', 'By city, name a drug or a region.', { field: 'drug' })
      if (question.by === 'province' && area?.level === 'city') throw new Refusal(400, 'question.by', 'A city is not cut by province: ask by=city.', { field: 'by' })
      const when = whenOf(list, null, question)
      const answer = await inTurn(c, list, when, () => standingsOf(db, list, when, { by: question.by, area, drug: drug?.id ?? null }))
      return sendAnswer(c, question.format, answer, (one) => standingsTable(one, question))
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/trend', summary: 'One drug, or any, over time', request: { params: ListPath, query: TrendQuestion },
      responses: answers(TrendAnswer, 'A step series: one point on each day on which something changed.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const to = whenOf(list, question.evidence, { asOf: question.to }, 'to').asOf
      const from = question.from ?? earlierDay(list.inForce, to)
      if (from > to) throw new Refusal(400, 'question.order', `"from" (${from}) is later than "to" (${to}).`, { field: 'from' })
      const answer = await trendOf(db, list, question.evidence, { drug: drug && { id: drug.id, code: drug.data.code }, area: await areaOf(services, list, question.region), from, to })
      return sendAnswer(c, question.format, answer, trendTable)
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/changes', summary: 'What entered and left, and why', request: { params: ListPath, query: ChangesQuestion },
      responses: answers(ChangesAnswer, 'before + entered − left = after.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const to = whenOf(list, question.evidence, { asOf: question.to }, 'to').asOf
      if (question.from > to) throw new Refusal(400, 'question.order', `"from" (${question.from}) is later than "to" (${to}).`, { field: 'from' })
      const drug = await drugOf(services, list, question.drug)
      const area = await areaOf(services, list, question.region)
      const answer = await inTurnAlways(c, () => changesOf(db, list, question.evidence, {
        from: question.from, to, knownFrom: question.knownFrom ?? null, knownTo: question.knownTo ?? null, drug: drug?.id ?? null, area,
      }))
      return sendAnswer(c, question.format, answer, (one) => changesTable(one, question))
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/gaps', summary: 'Drugs in units below their standard', request: { params: ListPath, query: GapsQuestion },
      responses: answers(GapsAnswer, 'A page of them, and how many have which reason. Unless ordered otherwise nowhere-stocked drugs first, then by residents.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const { company } = question
      if (company !== undefined && !(await companiesOf(db, list.id)).some((one) => one.code === company)) throw notFound('company', company)
      const area = await areaOf(services, list, question.region)
      if (area?.level === 'city') throw new Refusal(400, 'question.region', '"region" names a city: a standard speaks of units.', { field: 'region' })
      const when = whenOf(list, question.evidence, question)
      const page = gapPageOf(question)
      const answer = await inTurn(c, list, when, () => gapsOf(db, list, when, { drug: drug?.id ?? null, company: company ?? null, area }, page))
      return sendAnswer(c, question.format, answer, (one) => gapsTable(one, question))
    })
    .openapi(operation('coverage.read', {
      method: 'get', path: '/{list}/gaps/history', summary: 'The gaps of a drug over time', request: { params: ListPath, query: GapHistoryQuestion },
      description: 'Each from its first day to its last, with the stretches in which its reason was another: of one unit, or of all in which the drug ever was below its standard by the as-of day. Judged by the standards as they are known; `knownOn` asks for what was known then.',
      responses: answers(GapHistoryAnswer, 'Episodes in the order of days, by unit; units without any are left out unless asked for.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = (await drugOf(services, list, question.drug))!
      const area = await areaOf(services, list, question.region)
      if (area?.level === 'city') throw new Refusal(400, 'question.region', '"region" names a city: a standard speaks of units.', { field: 'region' })
      const when = whenOf(list, question.evidence, question)
      const answer = await inTurn(c, list, when, () => gapHistoryOf(db, list, when, { id: drug.id, code: drug.data.code, company: drug.data.company }, area))
      return sendAnswer(c, question.format, answer, gapHistoryTable)
    })
}

/** Which gaps of all are asked for. An export holds them all. @throws Refusal 400 for a reason that there is not */
function gapPageOf({ reason, class: is, actor, sort, offset, limit, format }: GapsQuestion): GapPage {
  const wanted = gapReasons.find((one) => one === reason)
  if (reason !== undefined && !wanted) throw new Refusal(400, 'question.reason', `"reason" is none of ${gapReasons.join(', ')}.`, { field: 'reason' })
  const page = format === 'json' ? { offset, limit } : { offset: 0, limit: 1_000_000 }
  return { reason: wanted ?? null, class: is ?? null, actor: actor ?? null, sort: sortOf(sort), ...page }
}
