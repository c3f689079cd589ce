import type { IncomingMessage } from 'node:http'
import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { isAtWork } from '@lastmile/db/embedded/at-work'
import { isUpToDate } from '@lastmile/db/migrate'
import type { Problem } from '@lastmile/shared/problem'
import { notFound } from '../lib/refusal.js'
import type { Metrics } from '../lib/metrics.js'
import type { Services } from '../lib/services.js'
import { within } from '../lib/within.js'

/** A second: longer, and a person would wait too. */
const patienceMs = 1_000

/** What keeps the server from doing its work now, in sentences; none if it is ready. */
export async function notReady(services: Services, stopping: AbortSignal): Promise<string[]> {
  if (stopping.aborted) return ['The server is stopping.']
  const database = within(patienceMs, isUpToDate(services.db)).then(
    (isCurrent) => (isCurrent ? null : 'The database has another schema than this program. Start the release that upgraded it.'),
    // An embedded database that carries a report answers when that is done: its questions wait, and it is well.
    () => (isAtWork(services.db) ? null : 'The database does not answer within a second.'))
  const files = within(patienceMs, services.files.check()).then(() => null, () => 'Reports cannot be kept: the folder reports in DATA_DIR cannot be written to. Look at its owner and at the room on its disk.')
  return (await Promise.all([database, files])).filter((problem) => problem !== null)
}

/** Once the server stops, requests that come in on open connections are told to come back. Whether it lives can still be asked. */
export function refuseWhileStopping(stopping: AbortSignal): MiddlewareHandler {
  return async (c, next) => {
    if (!stopping.aborted || c.req.path === '/api/health' || c.req.path === '/api/ready') return next()
    return c.json({ error: { code: 'server.stopping', message: 'The server is stopping. Please try again in a moment.' } } satisfies Problem, 503, { Connection: 'close', 'Retry-After': '5' })
  }
}

/**
 * `/metrics`: with a token for whoever has it, without one for programs on this machine. What a proxy passes on comes
 * from this machine too, so the request must also have been meant for it by name.
 */
export async function answerMetrics(c: Context, metrics: Metrics, token: string | undefined): Promise<Response> {
  if (!(token === undefined ? isOwn(c) : knows(c, token))) throw notFound('page', '/metrics')
  return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' })
}

function isOwn(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  const isHere = /^(?:::ffff:)?127\.|^::1$/.test(incoming?.socket.remoteAddress ?? '')
  const isMeant = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(c.req.header('host') ?? '')
  return isHere && isMeant && ['forwarded', 'x-forwarded-for', 'x-real-ip'].every((name) => c.req.header(name) === undefined)
}

function knows(c: Context, token: string): boolean {
  const [given, secret] = [Buffer.from(c.req.header('authorization') ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === secret.length && timingSafeEqual(given, secret)
}
