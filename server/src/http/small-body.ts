import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../lib/refusal.js'
import { within } from '../lib/within.js'

/** What is asked or changed by JSON takes some hundred bytes, and comes at once. */
const usual = 16_384
const longestMs = 30_000

/** Takes the small body of a request whole, before anything looks at it. `largest`: how many bytes it has at most. @throws Refusal 413 for one that is too large, 408 for one that does not come to its end */
export function smallBody(largest = usual): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: largest,
    onError: () => {
      throw new Refusal(413, 'request.too_large', 'The body of the request is larger than any that is taken here.')
    },
  })
  return (c, next) => limit(c, async () => {
    await within(longestMs, c.req.text()).catch(() => {
      throw new Refusal(408, 'request.too_slow', 'The body of the request did not come to its end within half a minute.')
    })
    await next()
  })
}
