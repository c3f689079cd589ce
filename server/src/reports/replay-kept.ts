import { findList, listLists } from '@lastmile/db/query/lists'
import { reportsFound } from '@lastmile/db/query/reports'
import { everything } from '@lastmile/shared/purview'
import { waitingStates } from '@lastmile/shared/report'
import { byItself } from '../audit/event-of.js'
import type { JournalEntry } from '../lib/kept-files.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { decidedOf, heldOf } from './resubmission.js'
import type { Held } from './submission.js'
import { submitReport } from './submit-report.js'

/**
 * Brings the database and the kept files together at start. Every kept report that the database lacks (it was lost in a
 * power cut, or the database is new) is accepted again, in the order and at the instants at which they were accepted.
 * What the database has and the journal lacks (the process ended between the two) is written into the journal. What
 * cannot be accepted any more is logged and stays where it is. Answers how many were accepted again.
 */
export async function replayKept(services: Services): Promise<number> {
  const { stored, known, waiting } = await storedReports(services)
  const journalled = new Set<string>()
  let replayed = 0
  for await (const entry of services.files.journal()) {
    journalled.add(keyOf(entry))
    // Of any state: one that was taken back, or became a draft when its time came, stays what it is. One that still waits
    // though the journal says that it had gone on lost that with the database's last pages.
    const held = waiting.get(entry.report)
    if (known.has(entry.report) && !(held && stages.indexOf(stageOf(entry)) > stages.indexOf(held.state))) continue
    if (await acceptAgain(services, entry, waiting)) replayed += 1
  }
  for (const entry of stored.values()) if (!journalled.has(keyOf(entry))) await services.files.record(entry)
  return replayed
}

/** `waiting`: reports that were kept again as waiting; an entry that comes after says what became of them. */
async function acceptAgain(services: Services, entry: JournalEntry, waiting: Map<string, Held>): Promise<boolean> {
  const list = await findList(services.db, entry.list, services.clock.now())
  if (!list || list.demonstration !== entry.demonstration) {
    services.log.warn({ report: entry.report, list: entry.list }, 'a kept report waits: its list is not loaded')
    return false
  }
  const { source, filename, period, asOf, mode, scope, channel, corrects, acceptedAt, publishAt, sentBy, number, nil } = entry
  const held = waiting.get(entry.report) ?? null
  try {
    const file = await services.files.kept(entry.sha256)
    const { status, receipt } = await submitReport(services, {
      list: entry.list, source, filename, file, period, asOf: period === null ? asOf : null, mode, scope, channel, corrects,
      idempotencyKey: null, dryRun: false, acceptedAt, sentBy, by: byItself, purview: everything, publishAt, keptAsOf: asOf, nil,
      held, decisions: { release: entry.release, approval: entry.approval }, code: entry.report, number, waits: entry.waits, upload: null, keepsDraft: false,
    })
    if (status === 202) waiting.set(entry.report, { code: entry.report, state: entry.waits?.state ?? 'embargoed', receivedAt: held?.receivedAt ?? acceptedAt, suspicions: entry.waits?.suspicions ?? held?.suspicions ?? [], release: entry.release, approval: entry.approval })
    if (status === 201 || status === 202) return status === 201
    services.log.error({ report: entry.report, receipt: { ...receipt, errors: receipt.errors.slice(0, 5) } }, 'a kept report is not accepted any more')
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!(error instanceof Refusal) && !isFile) throw error
    services.log.error({ report: entry.report, err: error }, 'a kept report is not accepted any more')
  }
  return false
}

/** What a report comes to be, in this order: those as which it waits, and that it counts. */
const stages = [...waitingStates, 'counts'] as const

/** What an entry says that a report came to be. */
function stageOf({ waits, publishAt, acceptedAt }: JournalEntry): (typeof stages)[number] {
  return waits?.state ?? (publishAt === null || acceptedAt >= publishAt ? 'counts' : 'embargoed')
}

function keyOf(entry: JournalEntry): string {
  return `${entry.report} ${stageOf(entry)}`
}

/** The codes of all reports that the database has; those that wait; and those that are accepted or wait, of all lists, as the journal would have them. */
async function storedReports(services: Services): Promise<{ stored: Map<string, JournalEntry>; known: Set<string>; waiting: Map<string, Held> }> {
  const stored = new Map<string, JournalEntry>()
  const known = new Set<string>()
  const waiting = new Map<string, Held>()
  for (const list of await listLists(services.db, services.clock.now())) {
    const rows = await reportsFound(services.db, { listId: list.id, purview: everything })
    const versions = new Map(rows.map((row) => [row.id, row.version]))
    for (const row of rows) {
      const { id, number_: number, source, filename, sha256, period, asOf, mode, scope, channel, corrects, state, publishAt, sentBy, suspicions, nil } = row
      known.add(id)
      const held = heldOf(row)
      if (held) waiting.set(id, held)
      const acceptedAt = row.acceptedAt ?? held?.receivedAt ?? null
      if (acceptedAt === null) continue
      stored.set(id, {
        report: id, number, list: list.code, source, filename, sha256, period, asOf, mode, scope, channel,
        corrects: corrects === null ? null : versions.get(corrects) ?? null, acceptedAt, publishAt, sentBy, nil, waits: state === 'quarantined' || state === 'submitted' ? { state, suspicions: [...suspicions] } : null, ...decidedOf(row), demonstration: list.demonstration,
      })
    }
  }
  return { stored, known, waiting }
}
