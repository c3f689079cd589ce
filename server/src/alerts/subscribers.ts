import type { SubscriberRow } from '@lastmile/db/query/subscriptions'
import { nothing, purviewOf, type Purview } from '@lastmile/shared/purview'
import type { Address } from '@lastmile/shared/message'
import { canMend, isOwn, speaksOfIt, type Happened, type Pace } from '@lastmile/shared/subscription'

/** Who is told of something: where his messages go, and when mail tells of them. */
export interface Recipient {
  account: SubscriberRow['account']
  pace: Pace
}

/** What of a list is somebody's to hear of now. An institution hears of its unit. */
export function heardBy({ account, institutionUnit, list }: Pick<SubscriberRow, 'account' | 'institutionUnit' | 'list'>): Purview {
  if (account.isDisabled) return nothing
  const purview = purviewOf(account, 'subscription.own', list)
  if (purview.of !== 'institution') return purview
  return institutionUnit === null ? nothing : { of: 'unit', unit: institutionUnit }
}

/** Whose subscriptions speak of what happened, and whose it is to hear; each once, at once where any of his subscriptions says so. */
export function recipientsOf(subscribers: readonly SubscriberRow[], happened: Happened): Recipient[] {
  const found = new Map<string, Recipient>()
  for (const one of subscribers) {
    const subscribed = { evidence: one.evidence, events: one.events, drug: one.drug?.code ?? null, region: one.region?.code ?? null, company: one.company?.code ?? null }
    if (!speaksOfIt(subscribed, happened) || !isOwn(heardBy(one), happened) || !canMend(one.account.role, happened.acts)) continue
    const { account } = one
    const before = found.get(account.id)
    found.set(account.id, { account, pace: before?.pace === 'at_once' ? 'at_once' : one.pace })
  }
  return [...found.values()]
}

/** Where a message for somebody's subscription goes: to him as what he is now. Who becomes of another office finds it no more. */
export function addressOf({ id, ...as }: SubscriberRow['account']): Address {
  return { account: id, as }
}
