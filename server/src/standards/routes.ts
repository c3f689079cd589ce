import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import type { ListRow } from '@lastmile/db/query/lists'
import { previewStandard } from '@lastmile/db/query/standard-preview'
import { standardOf, standardsOf } from '@lastmile/db/query/standards'
import { StandardAnswer, StandardChange, StandardDraft, StandardQuestion, StandardRelease, StandardsAnswer, StandardsQuestion } from '@lastmile/shared/standard'
import { StandardPreview } from '@lastmile/shared/standard-preview'
import { purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changedStandard, checkRules, releasedStandard } from './keep-standards.js'
import { standardsTable, standardTable } from './tables.js'

const OfDrug = ListPath.extend({ drug: z.string() })
/** Some hundred rules, each with its units, in bytes. */
const largestStandard = 512 * 1024
const decided = {
  ...answered(StandardAnswer, 'The standard as it is known now.'),
  412: problem('It was decided since: at which version it is.'), 422: problem('There is no such unit or institution, or it cannot serve: which. Or a rule asks for more than there can be: in which units (`cannotBeMet`).'),
}

/** What counts as covered: everybody reads it, with who decided it, when and why; an operator decides. */
export function standardRoutes(services: Services) {
  const { db } = services
  /** Whether the asker may know an officer by name: the regulator does. Of others, his role is told. */
  const namesOfficers = (c: Context, list: ListRow) => purviewHere(c, 'report.read', list.code).of === 'all'
  const named = async (params: z.infer<typeof OfDrug>) => {
    const list = await listOf(services, params.list)
    return { list, drug: (await drugOf(services, list, params.drug))! }
  }
  /** The same for who decides. @throws Refusal 404 where he is of another list */
  const decidedHere = async (c: Context, params: z.infer<typeof OfDrug>) => {
    const found = await listOf(services, params.list)
    if (purviewHere(c, 'standard.keep', found.code).of !== 'all') throw notFound('drug', params.drug)
    return named(params)
  }
  return newRoutes()
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/standards', summary: 'What counts as covered, for each drug', request: { params: ListPath, query: StandardsQuestion },
      responses: answers(StandardsAnswer, 'All rules of each, those too that begin later. The name of the officer who decided is the regulator\'s alone.'),
    }), async (c) => {
      const { format, ...asked } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, format, await standardsOf(db, list, whenOf(list, null, asked), namesOfficers(c, list)), standardsTable)
    })
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/standards/{drug}', summary: 'The standard of a drug, and what it was before', request: { params: OfDrug, query: StandardQuestion },
      responses: answers(StandardAnswer, 'With who decided, when and why; and what the files of the edition say, where an officer decided otherwise.'),
    }), async (c) => {
      const { format, knownOn } = c.req.valid('query')
      const { list, drug } = await named(c.req.valid('param'))
      return sendAnswer(c, format, await standardOf(db, list, drug, knownOn ?? null, namesOfficers(c, list)), standardTable)
    })
    .openapi(operation('standard.keep', {
      method: 'post', path: '/{list}/standards/{drug}/preview', summary: 'What the gaps of a drug would become under other rules', request: { params: OfDrug, body: jsonBody(StandardDraft) },
      description: 'On the list\'s today, under each kind of evidence. Rules that begin later are tried as if they held already. Nothing is changed.',
      responses: { ...answered(StandardPreview, 'How many there are and would be, and which open and close.'), 422: decided[422] },
    }, { largestBody: largestStandard }), async (c) => {
      const { list, drug } = await decidedHere(c, c.req.valid('param'))
      const { rules } = c.req.valid('json')
      await checkRules(services, list, rules)
      return c.json(await inTurnAlways(c, () => previewStandard(db, list, drug, rules)), 200)
    })
    .openapi(operation('standard.keep', {
      method: 'put', path: '/{list}/standards/{drug}', summary: 'Decide the standard of a drug: all its rules', request: { params: OfDrug, headers: AtVersion, body: jsonBody(StandardChange) },
      description: 'What was known before stays as what was known until now, and no later load of the edition overwrites it. What says the same changes nothing. Version 0 stands for none.', responses: decided,
    }, { largestBody: largestStandard }), async (c) => c.json(await changedStandard(services, c, { ...await decidedHere(c, c.req.valid('param')), version: versionIn(c.req.valid('header')) }, c.req.valid('json')), 200))
    .openapi(operation('standard.keep', {
      method: 'delete', path: '/{list}/standards/{drug}', summary: 'Give an officer\'s decision up', request: { params: OfDrug, headers: AtVersion, body: jsonBody(StandardRelease) },
      description: 'What the files of the edition say last is the standard again, and follows them from now on. Where no officer has decided, nothing changes.', responses: { 200: decided[200], 412: decided[412] },
    }), async (c) => c.json(await releasedStandard(services, c, { ...await decidedHere(c, c.req.valid('param')), version: versionIn(c.req.valid('header')) }, c.req.valid('json').why), 200))
}
