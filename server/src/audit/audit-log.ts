import type { Logger } from 'pino'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Link } from '@lastmile/db/audit/chain'
import { verifyAudit, type AuditVerdict } from '@lastmile/db/audit/verify'
import type { Database } from '@lastmile/db/database'
import { holdsEntry, lastOfAudit } from '@lastmile/db/query/audit'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Clock } from '../lib/clock.js'
import { readHeadFile, writeHeadFile } from './head-file.js'
import { NoteLimit } from './note-limit.js'

/** Notes what was done and refused. What changes the database is noted in the transaction that changes it ({@link appendAudit}), and told here afterwards. */
export interface AuditLog {
  /** Notes what does not change the database: sign-ins, looks, exports. It is committed when this resolves; what comes while others are written goes with the next. @throws if it cannot be noted: then the thing is not done */
  note(events: readonly AuditEvent[]): Promise<void>
  /** Notes a refusal, or what anybody may do, without letting anybody wait for it: of one actor, so many a minute ({@link NoteLimit}). */
  noteSome(event: AuditEvent): void
  /** A transaction that noted something was committed: the data folder remembers the last entry within a second. */
  appended(): void
  /** Holds the whole chain against itself and against what the data folder remembers. */
  verify(): Promise<AuditVerdict>
  /** Resolves when what was noted until now is committed and remembered, those of this minute that are counted among it. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** What the audit needs. `headFile`: where the data folder remembers the last entry; null remembers nothing. */
export interface AuditParts {
  db: Database
  clock: Clock
  log: Logger
  headFile: string | null
}

const rememberMs = 1_000

export function newAuditLog(parts: AuditParts): AuditLog {
  return new GroupedAuditLog(parts)
}

interface Waiting {
  events: readonly AuditEvent[]
  resolve(): void
  reject(error: unknown): void
}

class GroupedAuditLog implements AuditLog {
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null
  #rememberTimer: NodeJS.Timeout | null = null
  #remembering: Promise<void> = Promise.resolve()
  #limitTimer: NodeJS.Timeout | null = null
  readonly #limit = new NoteLimit()

  constructor(readonly parts: AuditParts) {}

  note(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject })
      this.#writing ??= this.#write()
    })
  }

  noteSome(event: AuditEvent): void {
    this.#noteUnheard(this.#limit.take(event))
    this.#tellWhenDue()
  }

  appended(): void {
    if (this.parts.headFile === null) return
    this.#rememberTimer ??= setTimeout(() => {
      this.#rememberTimer = null
      void this.#rememberInTurn()
    }, rememberMs).unref()
  }

  async verify(): Promise<AuditVerdict> {
    let claim: Link | null = null
    try {
      // Before the moment that is looked at: what is remembered was committed then.
      if (this.parts.headFile !== null) claim = await readHeadFile(this.parts.headFile)
    } catch (error) {
      const last = await lastOfAudit(this.parts.db)
      return { entries: last?.seq ?? 0, broken: { seq: last?.seq ?? 1, what: 'head_changed', detail: (error as Error).message } }
    }
    return this.parts.db.transaction((tx) => verifyAudit(tx as Database, claim), { isolationLevel: 'repeatable read', accessMode: 'read only' })
  }

  async settle(): Promise<void> {
    if (this.#limitTimer) clearTimeout(this.#limitTimer)
    this.#limitTimer = null
    this.#noteUnheard(this.#limit.due(true))
    while (this.#writing) await this.#writing
    const wasDue = this.#rememberTimer !== null
    if (this.#rememberTimer) clearTimeout(this.#rememberTimer)
    this.#rememberTimer = null
    await (wasDue ? this.#rememberInTurn() : this.#remembering)
  }

  close(): Promise<void> {
    return this.settle()
  }

  /** Notes how many more were refused once somebody's minute is over, and then the next one's. */
  #tellWhenDue(): void {
    const due = this.#limit.dueInMs
    if (due === null || this.#limitTimer) return
    this.#limitTimer = setTimeout(() => {
      this.#limitTimer = null
      this.#noteUnheard(this.#limit.due())
      this.#tellWhenDue()
    }, due).unref()
  }

  #noteUnheard(events: readonly AuditEvent[]): void {
    this.note(events).catch((err: unknown) => this.parts.log.error({ event: 'audit.lost', err, entries: events.length }, 'what is noted of itself was not'))
  }

  /** Writes what waits, a group in a transaction, until nothing does. */
  async #write(): Promise<void> {
    const { db, clock } = this.parts
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      try {
        await db.transaction((tx) => appendAudit(tx as Database, clock.now(), group.flatMap(({ events }) => events)))
        for (const { resolve } of group) resolve()
        this.appended()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#writing = null
  }

  #rememberInTurn(): Promise<void> {
    this.#remembering = this.#remembering.then(() => this.#remember()).catch((err: unknown) => this.parts.log.warn({ err }, 'the last entry of the audit was not remembered in the data folder'))
    return this.#remembering
  }

  /** Remembers the last entry, unless what is remembered is gone: then somebody wrote the chain anew, and the file that shows it stays as it is. */
  async #remember(): Promise<void> {
    const { db, clock, log, headFile } = this.parts
    if (headFile === null) return
    const claim = await readHeadFile(headFile)
    if (claim !== null && !(await holdsEntry(db, claim))) {
      log.error({ event: 'audit.broken', seq: claim.seq }, 'the audit does not hold an entry that it held: run pnpm audit:verify')
      return
    }
    const last = await lastOfAudit(db)
    if (last && last.seq !== claim?.seq) await writeHeadFile(headFile, last, clock.now())
  }
}
