import type { Instant } from '@lastmile/shared/day'

/**
 * A load would put into the past what is known later already: history is told forward, or an answer "known on" a day
 * between the two would have two truths.
 */
export class LoadedLater extends Error {
  override readonly name = 'LoadedLater'
  constructor(what: string, at: Instant) {
    super(`What is loaded as known at ${at} would change ${what} that became known later. Load editions and masters in the order in which they became known, each with its own instant, into a database that does not have them yet.`)
  }
}
