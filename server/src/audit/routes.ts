import type { TypedResponse } from 'hono'
import type { JSONParsed } from 'hono/utils/types'
import { auditOf } from '@lastmile/db/query/audit'
import { AuditAnswer, AuditQuestion } from '@lastmile/shared/audit'
import { sendAnswer } from '../http/export.js'
import { answers, newRoutes, operation } from '../http/open-api.js'
import type { Services } from '../lib/services.js'
import { eventOf } from './event-of.js'
import { auditTable } from './tables.js'

/** Within this time, paging through the answer to one question is one look at the audit. */
const oneLookMs = 600_000

/** The audit, for who watches over it. Looking at it is noted in it. */
export function auditRoutes({ db, audit }: Services) {
  /** Of each who looks, what he looked at last. */
  const looked = new Map<string, { question: string; atMs: number }>()
  /** Whether this is another page of what somebody is looking at already. */
  const isSameLook = (actor: string, question: string): boolean => {
    const before = looked.get(actor)
    return before?.question === question && performance.now() - before.atMs < oneLookMs
  }
  return newRoutes().openapi(operation('audit.read', {
    method: 'get', path: '/audit', summary: 'What was done and refused, by whom, the latest first', request: { query: AuditQuestion }, responses: answers(AuditAnswer, 'With the number and hash of every entry.', { held: false }),
  }), async (c) => {
    const { format, offset, limit, ...filter } = c.req.valid('query')
    const actor = c.get('actor')
    const page = format === 'json' ? { offset, limit } : { offset: 0, limit: 100_000 }
    // Whose duty is one list sees what was done to that.
    const isOfOther = actor.list !== null && filter.list !== undefined && filter.list !== actor.list
    const found = isOfOther ? { entries: [], total: 0, firstSeq: 1 } : await auditOf(db, actor.list === null ? filter : { ...filter, list: actor.list }, page)
    c.set('noted', true)
    const question = JSON.stringify(filter)
    if (format !== 'json' || !isSameLook(actor.id, question)) {
      await audit.note([eventOf(c, { action: 'audit.read', outcome: 'done', list: filter.list ?? null, after: { ...filter, format } })])
      // Once it is noted: a look that could not be is none, and neither is the next page of it.
      if (format === 'json') looked.set(actor.id, { question, atMs: performance.now() })
    }
    c.header('Cache-Control', 'no-store')
    // What was before and after may be anything; as it comes out of JSON, it is that.
    return await sendAnswer(c, format, { entries: found.entries, page: { ...page, total: found.total }, firstSeq: found.firstSeq }, auditTable) as unknown as Response & TypedResponse<JSONParsed<AuditAnswer>, 200, 'json'>
  })
}
