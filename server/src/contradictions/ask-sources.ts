import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { insertRequests, lockRequests, requestsOf, type NewRequest } from '@lastmile/db/query/confirmation-requests'
import { askablePairs, type AskablePair } from '@lastmile/db/query/askable-pairs'
import type { ListRow } from '@lastmile/db/query/lists'
import { factsFor } from '@lastmile/db/query/question'
import { answerWithinDays, answerWithinDaysAtMost, type NewRequests, type RequestsAnswer } from '@lastmile/shared/contradiction'
import { addDays, type Day } from '@lastmile/shared/day'
import type { Purview } from '@lastmile/shared/purview'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { tellAsked } from './tell-asked.js'

/**
 * Asks the sources whose turn it is to confirm pairs of a set: those that are in it today and the asker's. What a source was
 * asked and has still time to answer is not asked again. Each source is told once, of all that it is asked together.
 * @throws Refusal 400 for a last day that is past, or too far off
 */
export async function askSources(services: Services, c: Context, list: ListRow, purview: Purview, { set, pairs, until: wanted }: NewRequests): Promise<RequestsAnswer> {
  const { db, clock, audit } = services
  const until = wanted ?? addDays(list.today, answerWithinDays)
  if (until < list.today || until > addDays(list.today, answerWithinDaysAtMost)) throw new Refusal(400, 'request.until', `until: a day from ${list.today} on, within ${answerWithinDaysAtMost} days.`, { field: 'until' })
  const { id: askedBy, role } = c.get('actor')
  const facts = await factsFor(db, list)
  const { answer, version } = await db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockRequests(tx)
    const found = await askablePairs(tx, list, facts, set, pairs, purview, await requestsOf(tx, list))
    const asked = [...new Map(found.filter(({ became }) => became === 'asked').map((one) => [`${one.drug} ${one.institution}`, one])).values()]
    const results = found.map(({ drug, institution, became }) => ({ drug, institution, became }))
    if (asked.length === 0) return { answer: { until, results }, version: null }
    const at = clock.now()
    await insertRequests(tx, asked.map(({ ids }): NewRequest => ({ set, ...ids! })), { askedBy, role, askedAt: at, until })
    await tellAsked(tx, list, asked, { set, until, by: askedBy, at })
    const version = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, at, [eventOf(c, { action: 'contradiction.ask', outcome: 'done', list: list.code, object: set, after: noted(asked, until) })])
    return { answer: { until, results }, version }
  })
  if (version !== null) {
    c.set('noted', true)
    audit.appended()
    listChanged(services, { list: list.code, version, report: null })
  }
  return answer
}

function noted(asked: readonly AskablePair[], until: Day): Record<string, unknown> {
  return { until, pairs: asked.map(({ drug, institution, source }) => `${drug} ${institution} → ${source}`) }
}
