import type { NewMessage } from '@lastmile/db/load/notify'
import type { SubscriberRow } from '@lastmile/db/query/subscriptions'
import { nothing, purviewOf, type Purview } from '@lastmile/shared/purview'
import { thePublic } from '@lastmile/shared/account'
import { addressesOf, addressKey, type Address } from '@lastmile/shared/message'
import { canMend, isOwn, paces, speaksOfIt, type Happened, type Pace } from '@lastmile/shared/subscription'

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

/** Whose subscriptions speak of anything that happened, and whose it is to hear; each once, at once where any of his subscriptions says so. */
export function recipientsOf(subscribers: readonly SubscriberRow[], ...all: readonly Happened[]): Recipient[] {
  const found = new Map<string, Recipient>()
  for (const one of subscribers) {
    const subscribed = { evidence: one.evidence, events: one.events, drug: one.drug?.code ?? null, region: one.region?.code ?? null, company: one.company?.code ?? null }
    const purview = heardBy(one)
    if (!all.some((happened) => speaksOfIt(subscribed, happened) && isOwn(purview, happened) && canMend(one.account.role, happened.acts))) continue
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

/** A message that is told to subscribers too, but for what it says to whom. */
export type ToldToSubscribers = Omit<NewMessage, 'to' | 'pace'>

/** Tells those of some who are not told of it anyway, at some addresses: a message for each pace. */
export function tellOthers(recipients: readonly Recipient[], anyway: readonly Address[], message: ToldToSubscribers): NewMessage[] {
  const told = new Set(anyway.map(addressKey))
  const others = recipients.filter(({ account }) => !addressesOf({ ...thePublic, ...account, kind: 'account' }).some((one) => told.has(one)))
  return paces.flatMap((pace) => {
    const own = others.filter((one) => one.pace === pace)
    return own.length === 0 ? [] : [{ ...message, to: own.map(({ account }) => addressOf(account)), pace, key: `${message.key} ${pace}` }]
  })
}
