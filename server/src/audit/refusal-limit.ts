import { thePublic } from '@lastmile/shared/account'
import type { AuditEvent } from '@lastmile/shared/audit'
import { auditBy, eventBy } from './event-of.js'

/** Refusals of the public that are noted one by one in a minute. */
export const notedAMinute = 60
const minuteMs = 60_000

/**
 * Lets through so many refusals of the public a minute, and of the rest says how many there were: nobody can fill the
 * audit, or keep the database busy, by asking for what he may not see.
 */
export class RefusalLimit {
  #since = -Infinity
  #noted = 0
  #more = 0

  /** @param now milliseconds, of a clock that does not stand still */
  constructor(readonly now: () => number = () => performance.now()) {}

  /** What is to be noted now that the public was refused something: that, what went before, or nothing. */
  take(event: AuditEvent): AuditEvent[] {
    const before = this.due()
    if (this.#noted === 0) this.#since = this.now()
    if (this.#noted === notedAMinute) {
      this.#more += 1
      return before
    }
    this.#noted += 1
    return [...before, event]
  }

  /** How many more there were, once their minute is over, or at the end. */
  due(isEnd = false): AuditEvent[] {
    if (!isEnd && this.now() - this.#since < minuteMs) return []
    const more = this.#more
    this.#noted = this.#more = 0
    return more === 0 ? [] : [eventBy(auditBy(thePublic, null), { action: 'request.refused', outcome: 'refused', after: { more, withinSeconds: minuteMs / 1_000 } })]
  }

  /** Milliseconds until the rest is due; null where there is none. */
  get dueInMs(): number | null {
    return this.#more === 0 ? null : Math.max(0, this.#since + minuteMs - this.now())
  }
}
