import { randomUUID } from 'node:crypto'
import { beginDueRun, endRun, letRunsGo, saySoOfRun, type BegunRun } from '@lastmile/db/query/feed-runs'
import type { Services } from '../lib/services.js'
import type { FeedBounds } from './feed-bounds.js'
import { runFeed, Stopped } from './run-feed.js'

/** How often it is looked whether a feed's time has come. */
const everyMs = 5_000
/** How often a run says that it goes on, and hears whether it may. */
const sayMs = 2_000
/** A server that has not said for so long that it is at a run is taken to be gone. */
const leaseMs = 120_000
/** Feeds fetched at once by a server: one whose line is slow keeps no other waiting. */
const atOnce = 3

const dayMs = 86_400_000

/** What fetches feeds in this process. */
export interface FeedWorker {
  /** Begins what is due and can be begun now. Answers the runs that were begun, as they end. */
  fetchDue(): Promise<Promise<void>[]>
  /** Stops what runs, and waits for it. */
  stop(): Promise<void>
}

/** Fetches feeds when their time comes: of several servers of a database one does each. */
export function newFeedWorker(services: Services, bounds: FeedBounds): FeedWorker {
  const server = randomUUID()
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  const untilOf = () => new Date(services.clock.ms() + leaseMs).toISOString()
  const attend = async (run: BegunRun) => {
    const own = new AbortController()
    const signal = AbortSignal.any([own.signal, stopping.signal])
    const progress = { bytes: 0, rows: 0 }
    let said = Promise.resolve()
    const timer = setInterval(() => {
      said = said.then(async () => {
        if (!signal.aborted && !(await saySoOfRun(services.db, run, server, untilOf(), progress))) own.abort(new Stopped('it was asked to stop'))
      }).catch((err: unknown) => services.log.warn({ err, feed: run.feed.code }, 'a run of a feed could not say that it goes on'))
    }, sayMs)
    const end = await runFeed(services, bounds, run, signal, progress)
    clearInterval(timer)
    await said
    // What the server's own stop cut off is taken up by whoever comes next.
    await endRun(services.db, run, server, end.outcome === 'stopped' && stopping.signal.aborted ? { ...end, nextAt: end.at } : end)
    const { reason, detail } = end
    if (end.outcome === 'failed') services.log.warn({ event: 'feed', feed: run.feed.code, reason, detail, failures: end.failures, nextAt: end.nextAt }, 'a feed could not be fetched')
  }
  return {
    async fetchDue() {
      const begun: Promise<void>[] = []
      while (!stopping.signal.aborted && running.size < atOnce) {
        const run = await beginDueRun(services.db, server, services.clock.now(), untilOf())
        if (run === null) break
        const ended: Promise<void> = attend(run).catch((err: unknown) => services.log.error({ err, feed: run.feed.code }, 'a run of a feed was not noted')).finally(() => running.delete(ended))
        running.add(ended)
        begun.push(ended)
      }
      return begun
    },
    async stop() {
      stopping.abort(new Stopped('the server stops'))
      await Promise.all(running)
    },
  }
}

/** Looks for feeds whose time has come until it is stopped, and lets runs go after their time. What a server that was down missed of a feed is made up for by one run. */
export function startFeeds(services: Services, bounds: FeedBounds): () => Promise<void> {
  const worker = newFeedWorker(services, bounds)
  let looking = Promise.resolve()
  let isLooking = false
  const look = () => {
    if (isLooking) return
    isLooking = true
    looking = worker.fetchDue().then(() => {}, (err: unknown) => services.log.error({ err }, 'it was not looked for feeds')).finally(() => (isLooking = false))
  }
  const letGo = () => letRunsGo(services.db, new Date(services.clock.ms() - bounds.runDays * dayMs).toISOString()).catch((err: unknown) => services.log.error({ err }, 'runs of feeds were not let go'))
  look()
  void letGo()
  const timers = [setInterval(look, everyMs), setInterval(() => void letGo(), dayMs)]
  for (const timer of timers) timer.unref()
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await looking
    await worker.stop()
  }
}
