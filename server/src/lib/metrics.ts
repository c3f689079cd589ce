import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { listLists } from '@lastmile/db/query/lists'
import type { ReportReceipt } from '@lastmile/shared/report'
import { within } from './within.js'
import type { Services } from './services.js'

/** One request that was answered. */
export interface AnsweredRequest {
  method: string
  /** The route's template, with no value of the request in it; "none" where there is no route. */
  route: string
  status: number
  seconds: number
}

/** What a monitoring system reads at `/metrics`. Totals and durations alone: nothing of what any report says. */
export interface Metrics {
  answered(request: AnsweredRequest): void
  reported(receipt: ReportReceipt, seconds: number): void
  /** All of it in Prometheus's text format. */
  text(): Promise<string>
  contentType: string
}

/** Starts to count. `process` adds memory, processor and event loop, once a process. */
export function newMetrics(services: Pick<Services, 'db' | 'clock' | 'events' | 'log'>, options: { process: boolean }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (options.process) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'lastmile_request_seconds', help: 'Time until a request was answered, by route.', labelNames: ['method', 'route', 'status'], registers,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
  })
  const reports = new Counter({ name: 'lastmile_reports_total', help: 'Reports sent, by what became of them.', labelNames: ['outcome'], registers })
  const rows = new Counter({ name: 'lastmile_report_rows_total', help: 'Rows of accepted reports that were stored.', registers })
  const acceptances = new Histogram({ name: 'lastmile_acceptance_seconds', help: 'Time from the arrival of an accepted report to its answer.', registers, buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300] })
  registry.registerMetric(new Gauge({
    name: 'lastmile_list_version', help: 'Version of a list: it moves with every change of its data.', labelNames: ['list'], registers: [],
    async collect() {
      this.reset()
      // A database that does not answer keeps nobody from the other figures.
      const lists = await within(1_000, listLists(services.db, services.clock.now())).catch(() => [])
      for (const { code, version } of lists) this.set({ list: code }, version)
    },
  }))
  registry.registerMetric(new Gauge({
    name: 'lastmile_event_subscribers', help: 'Open windows that are told of changes.', registers: [],
    collect() {
      this.set(services.events.listening())
    },
  }))
  return {
    answered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    reported: (receipt, seconds) => {
      const isAccepted = receipt.outcome === 'accepted' && !receipt.dryRun
      reports.inc({ outcome: receipt.outcome === 'accepted' && receipt.dryRun ? 'dry_run' : receipt.outcome })
      if (!isAccepted) return
      rows.inc(receipt.storedCount)
      acceptances.observe(seconds)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
