import { unitAreas } from '@lastmile/db/query/area'
import { scorecardOf, scorecardsOf } from '@lastmile/db/query/scorecard'
import { z } from 'zod'
import { ScorecardAnswer, ScorecardQuestion, ScorecardsAnswer } from '@lastmile/shared/scorecard'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurn } from '../http/in-turn.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { listOf, whenOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { scorecardsTable, scorecardTable } from './tables.js'

/** Scorecards of provinces: a province sees its own and the bands of others, the regulator all. */
export function scorecardRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('scorecard.read', {
      method: 'get', path: '/{list}/scorecard', summary: 'What units have done of what is asked of them, compared without a rank', request: { params: ListPath, query: ScorecardQuestion },
      description: 'Shares with what chance and the usual differences between units would give for so many cases, around the mean of all units. In the order of codes.',
      responses: answers(ScorecardsAnswer, 'Each unit that the asker may see.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const when = whenOf(list, question.evidence, question)
      const purview = purviewHere(c, 'scorecard.read', list.code)
      const only = purview.of === 'all' ? null : purview.of === 'unit' ? purview.unit : ''
      return sendAnswer(c, question.format, await inTurn(c, list, when, () => scorecardsOf(db, list, when, only)), scorecardsTable)
    })
    .openapi(operation('scorecard.read', {
      method: 'get', path: '/{list}/scorecard/{unit}', summary: 'The scorecard of a unit', request: { params: ListPath.extend({ unit: z.string() }), query: ScorecardQuestion },
      description: 'Its duties, reporting, standards, cases and ladder, compared with units of similar size (five or more): by a band, and by funnel limits.',
      responses: answers(ScorecardAnswer, 'The shares of others one by one are told to the regulator alone.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const { list: code, unit: asked } = c.req.valid('param')
      const list = await listOf(services, code)
      const when = whenOf(list, question.evidence, question)
      const purview = purviewHere(c, 'scorecard.read', list.code)
      const unit = (await unitAreas(db, list.regionSetId)).find((one) => one.code === asked)
      if (!unit || (purview.of !== 'all' && !(purview.of === 'unit' && purview.unit === asked))) throw notFound('unit', asked)
      const made = services.clock.now()
      const answer = await inTurn(c, list, when, async () => ({ made, ...await scorecardOf(db, list, when, unit, { all: purview.of === 'all', cases: purviewHere(c, 'case.read', list.code) }) }))
      return sendAnswer(c, question.format, answer, scorecardTable)
    })
}
