import type { AuditAction } from '@lastmile/shared/audit'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, audit } from '../api'
import type { AuditSearch } from '../searches'
import { noted } from './noted'

/** Entries of the audit, the latest first, one page of them. Reading them is noted too. */
export const auditQuery = (params: AuditSearch & { limit: number }) =>
  queryOptions({
    ...noted, queryKey: ['*', 'audit', params] as const,
    // What an address asks that is no action, the server refuses.
    queryFn: ({ signal }) => answerTo(audit.$get({ query: asQuery({ ...params, action: params.action as AuditAction | undefined }) }, { init: { signal } })),
  })

/** The address of the same entries, all of them, as a file. */
export function auditDownload({ offset: _, ...params }: AuditSearch, format: 'csv' | 'xlsx'): string {
  return `/api/audit?${new URLSearchParams({ ...asQuery(params) as Record<string, string>, format }).toString()}`
}
