import { LadderImportAnswer, type LadderFactsQuestion, type LaddersQuestion } from '@lastmile/shared/ladder-answer'
import type { LadderFactSaid } from '@lastmile/shared/ladder-fact'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { answerOf, answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'

const [api, facts] = [lists[':list'].ladders, lists[':list']['ladder-facts']]
const atVersion = (version: number) => ({ 'If-Match': `"${version}"` })

/** Ladders of the last mile: of a drug in all units, or of all drugs in a unit. */
export const laddersQuery = (list: string, params: Asked<LaddersQuestion>) =>
  queryOptions({ queryKey: [list, 'ladders', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One ladder, with all that it is made of. */
export const ladderQuery = (list: string, drug: string, unit: string, params: { asOf?: string | undefined; knownOn?: string | undefined }) =>
  queryOptions({ queryKey: [list, 'ladders', { drug, unit, ...params }] as const, queryFn: ({ signal }) => answerTo(api[':drug'][':unit'].$get({ param: { list, drug, unit }, query: asQuery(params) }, { init: { signal } })) })

/** Facts that are the asker's, a page of them. */
export const ladderFactsQuery = (list: string, params: Asked<LadderFactsQuestion>) =>
  queryOptions({ queryKey: [list, 'ladders', { facts: params }] as const, queryFn: ({ signal }) => answerTo(facts.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One fact, with what was known of it before. */
export const ladderFactQuery = (list: string, code: string) =>
  queryOptions({ queryKey: [list, 'ladders', { fact: code }] as const, queryFn: ({ signal }) => answerTo(facts[':code'].$get({ param: { list, code } }, { init: { signal } })) })

export const enterFact = (list: string, json: LadderFactSaid) => answerTo(facts.$post({ param: { list }, json }))
/** `version`: the one that was seen; if another is known by now, it is refused. */
export const changeFact = (list: string, code: string, version: number, json: LadderFactSaid) => answerTo(facts[':code'].$put({ param: { list, code }, header: atVersion(version), json }))
export const withdrawFact = (list: string, code: string, version: number) => answerTo(facts[':code'].$delete({ param: { list, code }, header: atVersion(version) }))
export const confirmFact = (list: string, code: string, version: number) => answerTo(facts[':code'].confirmation.$post({ param: { list, code }, header: atVersion(version) }))
export const refuseFact = (list: string, code: string, version: number, reason: string) => answerTo(facts[':code'].refusal.$post({ param: { list, code }, header: atVersion(version), json: { reason } }))

/** Enters facts from a file: all of them, or, with what is wrong by row, none; of a dry run none. @throws ProblemError for a file that cannot be read */
export async function importFacts(list: string, file: File, dryRun: boolean): Promise<LadderImportAnswer> {
  const form = new FormData()
  form.set('file', file, file.name)
  const response = await reach(`/api/lists/${encodeURIComponent(list)}/ladder-facts/file?dryRun=${dryRun}`, { method: 'POST', body: form })
  const read = LadderImportAnswer.safeParse(await response.clone().json().catch(() => null))
  return read.success ? read.data : answerOf(LadderImportAnswer, response)
}

/** After a fact was entered or decided: what is on screen of ladders is asked again. */
export function askLaddersAgain(client: QueryClient, list: string): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list && queryKey[1] === 'ladders' })
}
