import { companiesOf, drugsOf } from '@lastmile/db/query/drugs'
import { inspectionOf } from '@lastmile/db/query/inspection'
import type { ListRow } from '@lastmile/db/query/lists'
import { regionsOf } from '@lastmile/db/query/regions'
import { InspectionAnswer, InspectionQuestion } from '@lastmile/shared/inspection'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurn, inTurnAlways } from '../http/in-turn.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { listOf, noRegion, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { inspectionTable } from './tables.js'

/** A file holds all sheets, not a page of them, up to this many. */
const exportAtMost = 1_000

/** The inspection pack: a sheet of one drug, company or province, or of all. */
export function inspectionRoutes(services: Services) {
  const { db } = services
  return newRoutes().openapi(operation('coverage.read', {
    method: 'get', path: '/{list}/inspection', summary: 'The inspection pack: on one sheet what is known of a drug, a company or a province, its gaps, its course, its peers', request: { params: ListPath, query: InspectionQuestion },
    description: 'One sheet, or all of a kind, a page of them. What is public, everybody sees; whether reports come in time, what speaks against each other and supervision cases stand on a sheet for those alone who may see it of the whole of its subject.',
    responses: answers(InspectionAnswer, 'Sheets put together of the answers of other questions. Peers are told by a band of five or more, never by a rival\'s figure.'),
  }), async (c) => {
    const question = c.req.valid('query')
    const list = await listOf(services, c.req.valid('param').list)
    const when = whenOf(list, question.evidence, question)
    const { of, company = null, format, offset, limit } = question
    const inspected = { of, company, codes: await codesOf(services, list, question) }
    const own = (action: 'case.read' | 'contradiction.read' | 'statement.detail' | 'report.read' | 'source.read') => purviewHere(c, action, list.code)
    const sees = { cases: own('case.read'), pairs: own('contradiction.read'), details: own('statement.detail'), reports: own('report.read'), sources: own('source.read') }
    const ask = async () => ({ made: services.clock.now(), ...await inspectionOf(db, list, when, inspected, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }, sees) })
    // What speaks against each other is found by looking at every pair.
    const answer = await (sees.pairs.of === 'nothing' ? inTurn(c, list, when, ask) : inTurnAlways(c, ask))
    return sendAnswer(c, format, answer, inspectionTable)
  })
}

/** Of whom sheets are asked for, in the order of the list or of the units. @throws Refusal 400, 404 */
async function codesOf(services: Services, list: ListRow, { of, code, company }: InspectionQuestion): Promise<string[]> {
  const { db } = services
  if (company !== undefined && of !== 'drug') throw new Refusal(400, 'question.company', '"company" narrows the drugs of which sheets are asked for: ask of=drug, or of=company with code.', { field: 'company' })
  if (of === 'province') {
    const units = (await regionsOf(db, list)).units.map((unit) => unit.code)
    if (code === undefined) return units
    if (!units.includes(code)) throw await noRegion(services, list, code)
    return [code]
  }
  if (of === 'company' || company !== undefined) {
    const companies = await companiesOf(db, list.id)
    const wanted = of === 'company' ? code : company
    if (wanted !== undefined && !companies.some((one) => one.code === wanted)) throw notFound('company', wanted)
    if (of === 'company') return wanted === undefined ? companies.map((one) => one.code) : [wanted]
  }
  const drugs = (await drugsOf(db, list.id)).filter((one) => company === undefined || one.company.code === company).map((one) => one.data.code)
  if (code === undefined) return drugs
  if (!drugs.includes(code)) throw notFound('drug', code)
  return [code]
}
