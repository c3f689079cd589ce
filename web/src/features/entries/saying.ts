import { Entry, expectable, reasoned, type LastSaid } from '@lastmile/shared/entry'
import type { Reason, Status } from '@lastmile/shared/status'
import type { z } from 'zod'

/** What somebody is about to say of a pair. */
export interface Saying {
  status: Status
  reason: Reason | null
  expectedOn: string | null
}

/** A pair of drug and institution. */
export interface Pair {
  institution: string
  drug: string
}

/** A status that was chosen, with what of the last word still fits it: the reason, and a day that has not passed. */
export function sayingOf(status: Status, last: LastSaid | null, today: string): Saying {
  const same = last !== null && last.status === status
  return {
    status, reason: same && reasoned.includes(status) ? last.reason : null,
    expectedOn: same && expectable.includes(status) && last.expectedOn !== null && last.expectedOn >= today ? last.expectedOn : null,
  }
}

/** Whether it is asked why: of what is on order, it is asked by when. */
export function asksWhy(status: Status): boolean {
  return reasoned.includes(status) && status !== 'on_order'
}

/** A line of what is sent. */
export function entryOf({ institution, drug }: Pair, { status, reason, expectedOn }: Saying): z.input<typeof Entry> {
  return { institution, drug, status, ...(reason !== null && reasoned.includes(status) ? { reason } : {}), ...(expectedOn !== null && expectable.includes(status) ? { expectedOn } : {}) }
}

/** Names a pair among others. */
export function pairKey({ institution, drug }: Pair): string {
  return `${institution} ${drug}`
}
