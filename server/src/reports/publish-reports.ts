import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { findReport, reportsToPublish, type ReportRow } from '@lastmile/db/query/reports'
import { everything } from '@lastmile/shared/purview'
import { Refusal } from '../lib/refusal.js'
import { storedReportTold, toSender } from '../messages/report-messages.js'
import type { Services } from '../lib/services.js'
import { resubmission } from './resubmission.js'
import { submitReport } from './submit-report.js'

/** How often it is looked whether an embargo has ended. */
const everyMs = 10_000
/** One whose time came when no server ran, or when it was refused, is accepted as of when it is looked at, and not of its time. */
const lateAfterMs = 6 * everyMs
/** One that was refused is read again after so long: it may be large. */
const againAfterMs = 10 * 60_000

/** Accepts waiting reports when their time comes, until it is stopped. What a server that was down missed is made up for at once. */
export function startPublishing(services: Services): () => Promise<void> {
  let running = Promise.resolve()
  let isRunning = false
  const refused = new Map<string, number>()
  const publish = () => {
    if (isRunning) return
    isRunning = true
    running = publishReports(services, refused).then(() => {}, (err: unknown) => services.log.error({ err }, 'waiting reports were not published')).finally(() => (isRunning = false))
  }
  publish()
  const timer = setInterval(publish, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/**
 * Accepts every report whose embargo has ended, as of the instant at which it ended (or of now, where that is a while ago), on the one path of every report: it
 * is read again, since masters may have changed; one that has errors now becomes a draft. One that is refused waits on
 * (its former version was approved meanwhile, its file is gone), which the log is told, and is tried again after a while.
 * Answers how many moved numbers.
 * @param refused when those that were refused are tried again, in milliseconds of a clock that does not stand still
 */
export async function publishReports(services: Services, refused = new Map<string, number>()): Promise<number> {
  let published = 0
  for (const { listId, list, code } of await reportsToPublish(services.db, services.clock.now())) {
    if (performance.now() < (refused.get(code) ?? 0)) continue
    const report = await findReport(services.db, waiting(listId, code))
    if (report && (await publish(services, listId, list, report, refused))) published += 1
  }
  return published
}

const waiting = (listId: number, code: string) => ({ listId, purview: everything, code, state: 'embargoed' as const })

async function publish(services: Services, listId: number, list: string, report: ReportRow, refused: Map<string, number>): Promise<boolean> {
  const { id, publishAt } = report
  // What was asked meanwhile was answered without it, and is not made untrue afterwards.
  const isLate = Date.parse(services.clock.now()) - Date.parse(publishAt!) > lateAfterMs
  try {
    const { status } = await submitReport(services, await resubmission(services, list, report, isLate ? null : publishAt))
    if (status !== 201) services.log.warn({ report: id, status }, 'a report whose embargo ended is not accepted any more')
    return status === 201
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!(error instanceof Refusal) && !isFile) throw error
    // Another server was quicker, or it was taken back.
    if (!(await findReport(services.db, waiting(listId, id)))) return false
    services.log.error({ report: id, err: error }, 'a report whose embargo ended waits on: it is not accepted')
    refused.set(id, performance.now() + againAfterMs)
    await tellRefused(services, listId, report)
    return false
  }
}

/** Tells who sent it, once, that it waits on. */
async function tellRefused({ db, clock }: Services, listId: number, report: ReportRow): Promise<void> {
  await db.transaction(async (tx) => notify(tx as Database, [toSender(await storedReportTold(tx as Database, listId, report), { kind: 'report_not_published', by: null, at: clock.now() })]))
}
