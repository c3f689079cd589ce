import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { ReportReceipt } from '@lastmile/shared/report'
import type { AnsweredRequest, Metrics } from '../lib/metrics.js'
import type { Services } from '../lib/services.js'
import { routeOf } from './route-of.js'

declare module 'hono' {
  interface ContextVariableMap {
    /** Names one request in the log and to its sender. */
    requestId: string
    /** What became of the report that the request sent. */
    receipt: ReportReceipt
    /** The dotted code with which the request was refused. */
    refusal: string
  }
}

export const requestIdHeader = 'X-Request-Id'

/** The sender's own name for a request if it is a well-formed one, else a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID()
}

/** Routes that are asked so often, by machines or for parts of a page, that they are told of at level "debug" alone. */
const quiet = new Set(['/api/health', '/api/ready', '/metrics', '/*'])

/** Counts a request that was answered and writes its one line. No values of the request: a question can hold a person's position. */
export function tellAnswered(services: Pick<Services, 'log'>, metrics: Metrics, request: AnsweredRequest & { requestId: string; list?: string | undefined; refusal?: string | undefined }): void {
  metrics.answered(request)
  const { seconds, ...line } = request
  services.log[quiet.has(request.route) && request.status < 400 ? 'debug' : 'info']({ event: 'request', ...line, ms: Math.round(seconds * 1_000) }, 'a request was answered')
}

/** Names, counts and logs every request that the routes answer, and every report that is sent. */
export function observe(services: Pick<Services, 'log'>, metrics: Metrics): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now()
    const requestId = requestIdOf(c.req.header(requestIdHeader))
    c.set('requestId', requestId)
    await next()
    c.res.headers.set(requestIdHeader, requestId)
    const seconds = (performance.now() - began) / 1_000
    const route = routeOf(c)
    const list = c.req.path.startsWith('/api/lists/') ? c.req.param('list') : undefined
    const receipt = c.get('receipt')
    if (receipt) {
      metrics.reported(receipt, seconds)
      const { id: report, outcome, dryRun, version, reason, rowsTotal, storedCount, errorsTotal } = receipt
      services.log.info({ event: 'report', requestId, list, report, outcome, dryRun, version, reason, rowsTotal, storedCount, errorsTotal, ms: Math.round(seconds * 1_000) }, `a report was ${outcome === 'accepted' ? 'accepted' : 'refused'}`)
    }
    tellAnswered(services, metrics, { requestId, method: c.req.method, route, status: c.res.status, seconds, list: c.res.status === 404 ? undefined : list, refusal: c.get('refusal') })
  }
}
