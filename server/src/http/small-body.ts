import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../lib/refusal.js'
import { within } from '../lib/within.js'

/** What is asked or changed by JSON takes some hundred bytes, and comes at once. */
const largest = 16_384
const longestMs = 30_000

const limit = bodyLimit({
  maxSize: largest,
  onError: () => {
    throw new Refusal(413, 'request.too_large', 'The body of the request is larger than any that is taken here.')
  },
})

/**
 * Takes the small body of a request whole, before anything looks at it.
 * @throws Refusal 413 for one that is too large, 408 for one that does not come to its end, 400 for one that holds what is no text: no database keeps it
 */
export function smallBody(): MiddlewareHandler {
  return (c, next) => limit(c, async () => {
    const body = await within(longestMs, c.req.text()).catch(() => {
      throw new Refusal(408, 'request.too_slow', 'The body of the request did not come to its end within half a minute.')
    })
    const field = fieldOfNoText(body)
    if (field !== null) throw new Refusal(400, 'question.invalid', `${field || 'request'}: a NUL, or half a letter, is no character of a text.`, field ? { field } : {})
    await next()
  })
}

/** The first field of a JSON body in which there is a NUL or half a letter; '' where it has no name, null where all is text. What is no JSON, who reads it finds. */
function fieldOfNoText(body: string): string | null {
  // In JSON, both are written as escapes.
  if (!/\\u(?:0000|d[89a-f])/i.test(body)) return null
  let found: string | null = null
  try {
    JSON.parse(body, (name, value: unknown) => {
      if (isNoText(name)) found ??= ''
      if (typeof value === 'string' && isNoText(value)) found ??= name
      return value
    })
  } catch {
    return null
  }
  return found
}

function isNoText(text: string): boolean {
  return /[\0\p{Surrogate}]/u.test(text)
}
