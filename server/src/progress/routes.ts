import { movedLettersOf, movedRequestsOf } from '@lastmile/db/query/company-news'
import { pairMovesOf } from '@lastmile/db/query/company-moves'
import { atOneVersion } from '@lastmile/db/query/at-one-version'
import { dropOffOf } from '@lastmile/db/query/drop-off'
import { listingCurvesOf } from '@lastmile/db/query/listing-curves'
import { nextStepsOf } from '@lastmile/db/query/next-steps'
import { basisOf } from '@lastmile/db/query/question'
import { settledTo, settleKnown } from '@lastmile/db/query/settled'
import { noteVisit, visitsOf } from '@lastmile/db/query/visits'
import { MovesAnswer, MovesQuestion } from '@lastmile/shared/company-moves'
import { DropOffAnswer, DropOffQuestion } from '@lastmile/shared/drop-off'
import { CurvesAnswer, CurvesQuestion } from '@lastmile/shared/listing-curve'
import { NextStepsAnswer, NextStepsQuestion } from '@lastmile/shared/next-step'
import { afterVisit, dayOfVisit, VisitAnswer, VisitNote } from '@lastmile/shared/visit'
import type { DrugRow } from '@lastmile/db/query/drugs'
import type { Instant } from '@lastmile/shared/day'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { companyOf } from './company-of.js'
import { newHeldLooks } from './held-looks.js'
import { curvesTable, dropOffTable, movesTable, nextStepsTable } from './tables.js'

/** An export holds all rows, not a page of them, up to this many. */
const exportAtMost = 100_000

/** How a company's drugs stand: curves against their class, where pairs drop off, what moved since it was last looked at, and what it does best next. */
export function progressRoutes(services: Services) {
  const { db, clock } = services
  const lookAt = newHeldLooks(services)
  /** The account by which whoever asks is remembered; null: a command, or who looks as another, of which nothing is. */
  const accountHere = (c: Parameters<typeof companyOf>[1]) => (c.get('actor').kind === 'account' && !c.get('actor').preview ? c.get('actor').id : null)
  /** Whether letters and requests are told of: who looks as another is shown none anywhere. */
  const tellsOf = (c: Parameters<typeof companyOf>[1], list: string) => ({ letters: purviewHere(c, 'case.read', list).of !== 'nothing', requests: purviewHere(c, 'company_request.read', list).of !== 'nothing' })
  return newRoutes()
    .openapi(operation('progress.read', {
      method: 'get', path: '/{list}/progress/curves', summary: 'How many days after its listing each drug of a company reached its n-th unit or institution', request: { params: ListPath, query: CurvesQuestion },
      description: 'Beside the band of the drugs of other companies of its class: never of fewer than five companies, else of a wider class, or of none; and no two bands of one answer differ by fewer. Who is in a band depends on the as-of day and the kind of evidence: of two days or kinds bands can differ by one company. A drug in a band counts as having reached nothing before it was first reported. No rival is told of by name or by row.',
      responses: answers(CurvesAnswer, 'A curve never falls: what was reached once stays reached.'),
    }), async (c) => {
      const { format, company, evidence, of, asOf } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const own = await companyOf(services, c, list, 'progress.read', company)
      const when = whenOf(list, evidence, { asOf })
      const answer = await atOneVersion(db, list, () => listingCurvesOf(db, list, own, { evidence, of, asOf: when.asOf }))
      return sendAnswer(c, format, answer, curvesTable)
    })
    .openapi(operation('progress.read', {
      method: 'get', path: '/{list}/progress/drop-off', summary: 'Of a company\'s declared pairs those that are confirmed, and of these those that were supplied', request: { params: ListPath, query: DropOffQuestion },
      responses: answers(DropOffAnswer, 'How many pairs and distinct institutions are in each set on one day, and the rows of one set. Each set is found pair by pair.'),
    }), async (c) => {
      const { format, company, set, drug, region, offset, limit, ...asked } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const own = await companyOf(services, c, list, 'progress.read', company)
      const one = ownDrug(await drugOf(services, list, drug), own)
      const when = whenOf(list, 'supplied', asked)
      if (when.since !== null && when.since < list.inForce) throw new Refusal(400, 'question.since', `Supplies are held against declarations from the day on which the list came into force: ${list.inForce}.`, { field: 'since' })
      const area = await areaOf(services, list, region)
      const sees = { details: purviewHere(c, 'statement.detail', list.code), reports: purviewHere(c, 'report.read', list.code) }
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }
      const answer = await inTurnAlways(c, () => atOneVersion(db, list, () => dropOffOf(db, list, when, { company: own, drug: one?.id ?? null, area, set, page }, sees)))
      return sendAnswer(c, format, answer, (told) => dropOffTable(told, { drug, region }))
    })
    .openapi(operation('progress.read', {
      method: 'get', path: '/{list}/progress/moves', summary: 'What moved of a company\'s drugs since it was last looked at', request: { params: ListPath, query: MovesQuestion },
      description: 'What was known then, of the list\'s day of then, against what is known now, of today. Without `since`: since the last visit that is remembered of whoever asks (see the visits), or else over the last 30 days.',
      responses: answers(MovesAnswer, 'Pairs gained and lost by kind of evidence, contradictions, gaps, steps of the ladder, letters and answers; and the rows of one set of pairs.'),
    }), async (c) => {
      const { format, company, evidence, set, since: asked, drug, offset, limit } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const own = await companyOf(services, c, list, 'progress.read', company)
      const one = ownDrug(await drugOf(services, list, drug), own)
      const now = clock.now()
      // What was settled may be a little later: whoever names the `at` of an answer asks of nothing to come.
      if (asked !== undefined && asked > now && asked > (await settledTo(db, list.id) ?? now)) throw new Refusal(400, 'question.future', `"since" is ${asked}, and now is ${now}.`, { field: 'since' })
      const account = accountHere(c)
      const visits = account === null ? null : await visitsOf(db, list, { account, company: own })
      const { since } = asked === undefined ? visits ?? afterVisit(null, now, list.timeZone, null, list.today) : { since: asked }
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }
      const tells = tellsOf(c, list.code)
      const told = async (from: Instant) => {
        const settled = await lookAt(list, { company: own, since, told: from }, (make) => inTurnAlways(c, make))
        return { ...settled, letters: tells.letters ? await movedLettersOf(db, list, own, since) : null, requests: tells.requests ? await movedRequestsOf(db, list, own, since) : null }
      }
      const first = await told(since)
      // Letters and requests move by themselves: what is told of them was known by `at` too, or it would be told again to who has seen it.
      const last = [first.letters?.last, first.requests?.last].reduce<Instant>((latest, one) => (one && one > latest ? one : latest), since)
      const { look, at, letters, requests } = last > first.at ? await told(last) : first
      const answer: MovesAnswer = {
        basis: basisOf(list, { evidence, asOf: list.today, knownOn: null, since: null }), company: own, since, sinceDay: dayOfVisit(since, list.timeZone, list.today), at, isFirst: asked === undefined && visits === null, set,
        gaps: { opened: [...look.gaps[evidence].opened], closed: [...look.gaps[evidence].closed] }, rungs: [...look.rungs],
        letters: letters?.rows ?? null, requests: requests?.rows ?? null,
        ...await pairMovesOf(db, list, look, { evidence, set, drug: one?.id ?? null, page }),
      }
      return sendAnswer(c, format, answer, movesTable)
    })
    .openapi(operation('progress.visit', {
      method: 'post', path: '/{list}/progress/visits', summary: 'Have it remembered that one looks, or (`seen`) that one has seen what an answer told', request: { params: ListPath, body: jsonBody(VisitNote) },
      description: 'What moved is told since the end of the last look of an earlier day, all day long; or since the answer that one said one has seen: `seen` is its `at`.',
      responses: answered(VisitAnswer, 'Since when it is told now.'),
    }), async (c) => {
      const { company, seen } = c.req.valid('json')
      const list = await listOf(services, c.req.valid('param').list)
      const own = await companyOf(services, c, list, 'progress.visit', company)
      const account = accountHere(c)
      if (account === null) throw notFound('list', list.code)
      // He looks until an instant that is settled: what is on its way is told to him after it.
      const { before, after } = await noteVisit(db, list, { account, company: own }, await settleKnown(db, list.id, clock.now(), null), seen)
      return c.json({ company: own, since: after.since, isFirst: before === null && seen === null }, 200)
    })
    .openapi(operation('progress.read', {
      method: 'get', path: '/{list}/progress/next-steps', summary: 'What a company does best next, with the number that makes it matter', request: { params: ListPath, query: NextStepsQuestion },
      responses: answers(NextStepsAnswer, 'Of today, the best first.'),
    }), async (c) => {
      const { format, company, evidence } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const own = await companyOf(services, c, list, 'progress.read', company)
      const tells = tellsOf(c, list.code)
      const steps = (await inTurnAlways(c, () => atOneVersion(db, list, () => nextStepsOf(db, list, own, evidence)))).filter((one) => (one.case === null || tells.letters) && (one.request === null || tells.requests))
      return sendAnswer(c, format, { basis: basisOf(list, { evidence, asOf: list.today, knownOn: null, since: null }), company: own, tells, steps }, nextStepsTable)
    })
}

/** A drug that is asked for; of another company there is none here. @throws Refusal 404 */
function ownDrug(drug: DrugRow | null, company: string): DrugRow | null {
  if (drug !== null && drug.data.company !== company) throw notFound('drug', drug.data.code)
  return drug
}
