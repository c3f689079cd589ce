import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'

const api = lists[':list']

/** A day, and for some an instant of knowledge, to look at a thing on. */
interface OnDay {
  asOf?: string | undefined
}

/** Every list edition on this server. */
export const listsQuery = () => queryOptions({ queryKey: ['*', 'lists'] as const, queryFn: ({ signal }) => answerTo(lists.$get({ query: {} }, { init: { signal } })) })

/** The drugs of a list, in list order. */
export const drugsQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'drugs', {}] as const, queryFn: ({ signal }) => answerTo(api.drugs.$get({ param: { list }, query: {} }, { init: { signal } })) })

/** One drug: its standard, its milestones under each kind of evidence, its last statements. */
export const drugQuery = (list: string, drug: string, { asOf }: OnDay = {}) =>
  queryOptions({ queryKey: [list, 'drug', { drug, asOf }] as const, queryFn: ({ signal }) => answerTo(api.drugs[':drug'].$get({ param: { list, drug }, query: asQuery({ asOf }) }, { init: { signal } })) })

/** The companies that answer for the list's drugs. */
export const companiesQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'companies', {}] as const, queryFn: ({ signal }) => answerTo(api.companies.$get({ param: { list }, query: {} }, { init: { signal } })) })

/** One company and its drugs, unstocked first. */
export const companyQuery = (list: string, company: string, { asOf }: OnDay = {}) =>
  queryOptions({ queryKey: [list, 'company', { company, asOf }] as const, queryFn: ({ signal }) => answerTo(api.companies[':company'].$get({ param: { list, company }, query: asQuery({ asOf }) }, { init: { signal } })) })

/** The units of the list's region set, and what lies outside its scope. */
export const regionsQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'regions', {}] as const, queryFn: ({ signal }) => answerTo(api.regions.$get({ param: { list }, query: {} }, { init: { signal } })) })

/** One unit or city with the cities below it. */
export const regionQuery = (list: string, region: string) =>
  queryOptions({ queryKey: [list, 'region', { region }] as const, queryFn: ({ signal }) => answerTo(api.regions[':code'].$get({ param: { list, code: region }, query: {} }, { init: { signal } })) })

/** Who reports, what came last, what is late. */
export const sourcesQuery = (list: string, { asOf }: OnDay = {}) =>
  queryOptions({ queryKey: [list, 'sources', { asOf }] as const, queryFn: ({ signal }) => answerTo(api.sources.$get({ param: { list }, query: asQuery({ asOf }) }, { init: { signal } })) })
