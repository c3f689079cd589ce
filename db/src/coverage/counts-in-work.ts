import type { Database } from '../database.js'
import { Difference } from './difference.js'
import type { ListFacts } from './list-facts.js'
import { writeCoverage } from './write-coverage.js'

/** Changes that are held before they are written, and beside them what one batch adds: some 30 MB. */
const changesAtMost = 1_000_000

/** What long work changes in the counts of a list: it is noted, and written whenever there is much of it, so that memory stays flat. */
export class CountsInWork {
  readonly difference = new Difference()
  #latest: number

  /** @param latest the day of the latest event known so far */
  constructor(readonly db: Database, readonly list: ListFacts, latest: number) {
    this.#latest = latest
  }

  /** Notes the day of an event behind the changes. */
  see(day: number): void {
    if (day > this.#latest) this.#latest = day
  }

  /** Whether so much is noted that it should be written: asked between pieces of the work. */
  get isMuch(): boolean {
    return this.difference.changes.size >= changesAtMost
  }

  /** Writes what is noted. */
  async write(): Promise<void> {
    const { changes, places } = this.difference
    await writeCoverage(this.db, this.list, changes, places, this.#latest)
    changes.clear()
  }
}
