import type { Database } from '@lastmile/db/database'
import { linkAlerts } from '@lastmile/db/query/alerts'
import type { ListFacts } from '@lastmile/db/coverage/list-facts'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import type { ListRow } from '@lastmile/db/query/lists'
import type { SubscriberRow } from '@lastmile/db/query/subscriptions'
import { dayOfNumber, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { MessageKind } from '@lastmile/shared/message'
import type { AlertEvent } from '@lastmile/shared/subscription'
import type { Occurrence } from './occurrences.js'
import { addressOf, recipientsOf, type Recipient } from './subscribers.js'

/** Something that has begun, or ended, and is to be told. `day`: that from which it may be. */
export interface News {
  alert: number
  one: Occurrence
  event: AlertEvent
  day: number
}

const openedKinds = { supply: 'supply_gap_opened', reporting: 'reporting_gap_opened', evidence: 'evidence_gap_opened' } as const

function kindOf({ event, one }: News): MessageKind {
  return event === 'gap_opened' ? openedKinds[one.class] : event === 'gap_closed' ? 'gap_closed' : 'coverage_fell'
}

/** News that one message tells to one account. */
interface Group {
  recipient: Recipient
  kind: MessageKind
  news: News[]
}

/**
 * Tells of news, in the transaction that keeps it: each account once of what belongs together. What is missing in reports of
 * a unit is one message however many drugs it is of, for it is one report that mends it; what lacks of a drug is one however
 * many units.
 */
export async function tellAlerts(tx: Database, list: ListRow, facts: ListFacts, evidence: Evidence, subscribers: readonly SubscriberRow[], all: readonly News[], at: Instant): Promise<number> {
  const units = new Map(facts.units.map(({ id, code }) => [id, code]))
  const groups = new Map<string, Group>()
  for (const news of all) {
    const { event, one } = news
    const drug = facts.drugs.get(one.drug)!
    const unit = one.unit === null ? null : units.get(one.unit)!
    const kind = kindOf(news)
    const together = one.kind === 'gap' && event === 'gap_opened' && one.class !== 'supply' ? `unit ${unit}` : `drug ${drug.code}`
    for (const recipient of recipientsOf(subscribers, { event, evidence, drugs: [drug.code], company: drug.company, unit, acts: one.acts })) {
      const key = [recipient.account.id, kind, together, list.clock === 'demonstration' ? news.day : ''].join('|')
      const group = groups.get(key)
      if (group) group.news.push(news)
      else groups.set(key, { recipient, kind, news: [news] })
    }
  }
  const messages = [...groups.values()].map((group) => ({ message: messageOf(list, facts, evidence, group, at), alerts: group.news.map(({ alert }) => alert) }))
  const made = await notify(tx, messages.map(({ message }) => message))
  for (const { message: { kind, key }, alerts } of messages) await linkAlerts(tx, list.id, { kind, key, alerts })
  return made
}

function messageOf(list: ListRow, facts: ListFacts, evidence: Evidence, { recipient: { account, pace }, kind, news }: Group, at: Instant): NewMessage {
  const drugs = new Set(news.map(({ one }) => one.drug))
  const units = new Set(news.map(({ one }) => one.unit))
  const day = dayOfNumber(Math.min(...news.map((one) => one.day)))
  const began = dayOfNumber(Math.min(...news.map(({ event, one }) => (event === 'gap_closed' ? one.to : one.from))))
  return {
    kind, listId: list.id, sourceId: null, by: null, pace, to: [addressOf(account)], key: `${account.id} ${Math.min(...news.map(({ alert }) => alert))}`,
    subject: { evidence, asOf: began, drugs: [...facts.drugs].filter(([id]) => drugs.has(id)).map(([, { code }]) => code), regions: facts.units.filter(({ id }) => units.has(id)).map(({ code }) => code) },
    // The demonstration has a past of its own, and its messages stand in it.
    at: list.clock === 'demonstration' ? `${day}T00:00:00.000Z` : at,
  }
}
