import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { findList } from '@lastmile/db/query/lists'
import type { Services } from '../lib/services.js'

const compress = promisify(brotliCompress)

interface Ready {
  type: string
  disposition: string | null
  body: Uint8Array<ArrayBuffer>
  brotli: Uint8Array<ArrayBuffer> | null
}

/** Answers held at most, and their bytes; the least recently asked go first. */
const heldAtMost = 2_000
const heldBytesAtMost = 64_000_000
const largestHeld = 4_000_000

/**
 * Keeps finished answers of a list for as long as its data stays the same, ready to send. The ETag is the data's
 * version and the list's today (time passes without a report); an unchanged answer costs a 304. `build` parts the
 * answers of one release from those of the next.
 */
export function readyAnswers(services: Services, build: string): MiddlewareHandler {
  const held = new Map<string, Ready>()
  let heldBytes = 0
  return async (c, next) => {
    if (c.req.method !== 'GET' || c.req.path.endsWith('/file')) return next()
    const code = c.req.path.split('/')[3]
    const list = code === undefined ? null : await findList(services.db, decodeURIComponent(code), services.clock.now())
    if (!list) return next()
    const etag = `"${build}-${list.id}-${list.version}-${list.today}"`
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Accept-Encoding' }
    if (c.req.header('if-none-match')?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)) return c.body(null, 304, headers)
    const key = `${etag} ${new URL(c.req.url).pathname}?${new URLSearchParams([...new URL(c.req.url).searchParams].sort()).toString()}`
    let ready = held.get(key)
    if (!ready) {
      await next()
      if (c.res.status !== 200) return
      const body = new Uint8Array(await c.res.arrayBuffer())
      const type = c.res.headers.get('Content-Type') ?? 'application/json'
      const packable = body.byteLength > 1_024 && !type.includes('spreadsheet')
      ready = {
        type, disposition: c.res.headers.get('Content-Disposition'), body,
        brotli: packable ? new Uint8Array(await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })) : null,
      }
      if (body.byteLength <= largestHeld) {
        // Another question for the same may have been answered meanwhile.
        heldBytes += sizeOf(ready) - sizeOf(held.get(key))
        held.set(key, ready)
      }
      for (const [oldest, one] of held) {
        if (held.size <= heldAtMost && heldBytes <= heldBytesAtMost) break
        held.delete(oldest)
        heldBytes -= sizeOf(one)
      }
    } else {
      held.delete(key)
      held.set(key, ready)
    }
    const wantsBrotli = ready.brotli !== null && /\bbr\b/.test(c.req.header('accept-encoding') ?? '')
    c.res = new Response(wantsBrotli ? ready.brotli : ready.body, {
      status: 200,
      headers: { ...headers, 'Content-Type': ready.type, ...(ready.disposition ? { 'Content-Disposition': ready.disposition } : {}), ...(wantsBrotli ? { 'Content-Encoding': 'br' } : {}) },
    })
  }
}

function sizeOf(ready: Ready | undefined): number {
  return ready ? ready.body.byteLength + (ready.brotli?.byteLength ?? 0) : 0
}
