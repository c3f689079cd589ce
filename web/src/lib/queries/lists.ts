import type { CompaniesAnswer, CompanyAnswer, DrugAnswer, DrugsAnswer } from '@lastmile/shared/drug'
import type { ListsAnswer } from '@lastmile/shared/list'
import type { RegionAnswer, RegionsAnswer } from '@lastmile/shared/region'
import type { SourcesAnswer } from '@lastmile/shared/report'
import { queryOptions } from '@tanstack/react-query'
import { getAnswer } from './answer'

/** Every list edition on this server. */
export const listsQuery = () =>
  queryOptions({ queryKey: ['*', 'lists'] as const, queryFn: ({ signal }) => getAnswer<ListsAnswer>('/api/lists', {}, { signal }) })

/** The drugs of a list, in list order. */
export const drugsQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'drugs', {}] as const, queryFn: ({ signal }) => getAnswer<DrugsAnswer>(`/api/lists/${list}/drugs`, {}, { signal }) })

/** One drug: its standard, its milestones under each kind of evidence, its last statements. */
export const drugQuery = (list: string, drug: string, params: { asOf?: string | undefined; knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'drug', { drug, ...params }] as const, queryFn: ({ signal }) => getAnswer<DrugAnswer>(`/api/lists/${list}/drugs/${encodeURIComponent(drug)}`, params, { signal }) })

/** The companies that answer for the list's drugs. */
export const companiesQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'companies', {}] as const, queryFn: ({ signal }) => getAnswer<CompaniesAnswer>(`/api/lists/${list}/companies`, {}, { signal }) })

/** One company and its drugs, unstocked first. */
export const companyQuery = (list: string, company: string, params: { asOf?: string | undefined; knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'company', { company, ...params }] as const, queryFn: ({ signal }) => getAnswer<CompanyAnswer>(`/api/lists/${list}/companies/${encodeURIComponent(company)}`, params, { signal }) })

/** The units of the list's region set, and what lies outside its scope. */
export const regionsQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'regions', {}] as const, queryFn: ({ signal }) => getAnswer<RegionsAnswer>(`/api/lists/${list}/regions`, {}, { signal }) })

/** One unit or city with the cities below it. */
export const regionQuery = (list: string, region: string) =>
  queryOptions({ queryKey: [list, 'region', { region }] as const, queryFn: ({ signal }) => getAnswer<RegionAnswer>(`/api/lists/${list}/regions/${encodeURIComponent(region)}`, {}, { signal }) })

/** Who reports, what came last, what is late. */
export const sourcesQuery = (list: string, params: { asOf?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'sources', params] as const, queryFn: ({ signal }) => getAnswer<SourcesAnswer>(`/api/lists/${list}/sources`, params, { signal }) })
