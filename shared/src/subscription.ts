import { z } from 'zod'
import { Instant } from './day.js'
import { Evidence } from './evidence.js'
import { actorsOf, type GapAct } from './gap-act.js'
import { onlyFields } from './only-fields.js'
import { AccountRole, type Role } from './permission.js'
import type { Purview } from './purview.js'
import { Text } from './text.js'

/*
 * Subscriptions: of which changes somebody wants to hear, without looking. They add nothing to what he may see: each is told of
 * what is within his purview at the moment when it happens.
 */

/**
 * What can be told. `gap_opened`, `gap_closed`: a drug fell below its standard in a unit, or meets it again; `coverage_fell`: much
 * fewer institutions stock a drug than some weeks before; `report_overdue`: a source has not reported in time;
 * `report_quarantined`: a report does not look right, and waits; `case_overdue`: a letter of a supervision case was not answered in time.
 */
export const alertEvents = ['gap_opened', 'gap_closed', 'coverage_fell', 'report_overdue', 'report_quarantined', 'case_overdue'] as const
export const AlertEvent = z.enum(alertEvents)
export type AlertEvent = z.infer<typeof AlertEvent>

/** What has a beginning and an end. */
export const alertKinds = ['gap', 'fall'] as const
export type AlertKind = (typeof alertKinds)[number]

/** When mail tells of it: as it comes, or once a day with all else. Who has switched mail off gets none. */
export const paces = ['at_once', 'daily'] as const
export const Pace = z.enum(paces)
export type Pace = z.infer<typeof Pace>

const code = z.string().max(80).nullable().default(null)

/** What somebody subscribes to. Of drug, region (a unit) and company those that are given must all be so; none: all that is his own. */
export const NewSubscription = onlyFields({
  list: z.string().max(200), drug: code, region: code, company: code, evidence: Evidence,
  events: z.array(AlertEvent).min(1, 'at least one event').max(alertEvents.length).transform((events) => alertEvents.filter((one) => events.includes(one))), pace: Pace.default('daily'),
})
export type NewSubscription = z.infer<typeof NewSubscription>

/** What of a subscription its owner changes. */
export const SubscriptionChange = onlyFields({ events: NewSubscription.shape.events, pace: Pace })
export type SubscriptionChange = z.infer<typeof SubscriptionChange>

const named = z.strictObject({ code: z.string(), name: Text }).nullable()

export const Subscription = z.strictObject({
  id: z.string(), list: z.string(), drug: named, region: named, company: named, evidence: Evidence, events: z.array(AlertEvent), pace: Pace, createdAt: Instant,
})
export type Subscription = z.infer<typeof Subscription>

export const SubscriptionsAnswer = z.strictObject({ subscriptions: z.array(Subscription) })
export type SubscriptionsAnswer = z.infer<typeof SubscriptionsAnswer>

/** Who subscribes to what. `isHeard`: false where its account is disabled, or of nothing that it speaks of any more. */
export const Subscriber = z.strictObject({ ...Subscription.shape, account: z.string(), name: z.string(), role: AccountRole, isHeard: z.boolean() })
export type Subscriber = z.infer<typeof Subscriber>
export const SubscribersAnswer = z.strictObject({ subscriptions: z.array(Subscriber) })
export type SubscribersAnswer = z.infer<typeof SubscribersAnswer>

/** What happened, as far as it says who hears of it. `unit` null: in the whole region set. `drugs`, `company` null: no drug, and no company, in particular. */
export interface Happened {
  event: AlertEvent
  evidence: Evidence
  drugs: readonly string[] | null
  company: string | null
  unit: string | null
  /** What can be done about it; null: that depends on no one. */
  acts: readonly GapAct[] | null
}

/** A subscription, as far as it says of what it is. */
export interface Subscribed {
  evidence: Evidence
  events: readonly AlertEvent[]
  drug: string | null
  region: string | null
  company: string | null
}

/** Whether a subscription speaks of what happened. */
export function speaksOfIt({ evidence, events, drug, region, company }: Subscribed, happened: Happened): boolean {
  return evidence === happened.evidence && events.includes(happened.event) && (drug === null || happened.drugs === null || happened.drugs.includes(drug))
    && (region === null || region === happened.unit) && (company === null || company === happened.company)
}

/** Whether what happened is somebody's: of his unit (that of his city, or institution), or of his company. What is of the whole nation is the regulator's and the company's. */
export function isOwn(purview: Purview, { company, unit }: Pick<Happened, 'company' | 'unit'>): boolean {
  switch (purview.of) {
    case 'all': return true
    case 'unit': case 'city': return unit === purview.unit
    case 'company': return company === purview.company
    default: return false
  }
}

/** Whether somebody is told: a company and an institution hear of what they can mend, an office of all that is its own. */
export function canMend(role: Role, acts: readonly GapAct[] | null): boolean {
  if (acts === null || (role !== 'company' && role !== 'institution')) return true
  return actorsOf(acts).includes(role === 'company' ? 'company' : 'hospital')
}
