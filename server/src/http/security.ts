import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../lib/refusal.js'

/** Headers of every answer. The page loads nothing from elsewhere; Mantine sets style attributes. */
export const headersOfAll = {
  'Content-Security-Policy': "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(self)',
}

export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    // What it says stands: the headers of the answer that the asker holds, these among them. Carrying them costs as much as the rest of it.
    if (c.res.status === 304) return
    for (const [name, value] of Object.entries(headersOfAll)) c.res.headers.set(name, value)
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  }
}

/** Refuses changes that a page of another origin asks for. Programs without an origin (commands, feeds) are no page. */
export function sameOriginOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const foreign = (origin !== undefined && !sameHost(origin, c.req.header('host'))) || (site !== undefined && site !== 'same-origin' && site !== 'none')
      if (foreign) throw new Refusal(403, 'request.cross_site', 'This request comes from another site.')
    }
    return next()
  }
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
