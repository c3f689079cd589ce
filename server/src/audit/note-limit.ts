import type { AuditEvent } from '@lastmile/shared/audit'

/** Events of one kind and actor that are noted one by one in a minute. The public is one actor. */
export const notedAMinute = 60
const minuteMs = 60_000

interface Minute {
  since: number
  noted: number
  /** What was not noted one by one: how many, and the first of it. */
  more: number
  first: AuditEvent | null
}

/**
 * Lets through so many events of one kind and actor a minute, and of the rest says how many there were: nobody can fill the
 * audit, or keep the database busy, by asking for what he may not see, or for what anybody may as often as he likes.
 */
export class NoteLimit {
  readonly #minutes = new Map<string, Minute>()

  /** @param now milliseconds, of a clock that does not stand still */
  constructor(readonly now: () => number = () => performance.now()) {}

  /** What is to be noted now that this happened: that, what went before, or nothing. */
  take(event: AuditEvent): AuditEvent[] {
    const before = this.due()
    const key = `${event.action} ${event.actor}`
    const minute = this.#minutes.get(key) ?? { since: this.now(), noted: 0, more: 0, first: null }
    this.#minutes.set(key, minute)
    if (minute.noted < notedAMinute) {
      minute.noted += 1
      return [...before, event]
    }
    minute.more += 1
    minute.first ??= event
    return before
  }

  /** How many more there were of each, once their minute is over, or at the end. */
  due(isEnd = false): AuditEvent[] {
    const events: AuditEvent[] = []
    for (const [key, { since, more, first }] of this.#minutes) {
      if (!isEnd && this.now() - since < minuteMs) continue
      this.#minutes.delete(key)
      if (first) events.push({ ...first, requestId: null, list: null, object: null, before: null, after: { more, withinSeconds: minuteMs / 1_000 } })
    }
    return events
  }

  /** Milliseconds until the rest of somebody is due; null where there is none. */
  get dueInMs(): number | null {
    const ends = [...this.#minutes.values()].filter(({ more }) => more > 0).map(({ since }) => since + minuteMs - this.now())
    return ends.length === 0 ? null : Math.max(0, Math.min(...ends))
  }
}
