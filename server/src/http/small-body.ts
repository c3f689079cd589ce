import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../lib/refusal.js'
import { within } from '../lib/within.js'

/** What is asked or changed by JSON takes some hundred bytes, and comes at once. */
const usual = 16_384
const longestMs = 30_000

/**
 * Takes the small body of a request whole, before anything looks at it. `largest`: how many bytes it has at most.
 * @throws Refusal 413 for one that is too large, 408 for one that does not come to its end, 400 for one that holds what is no text: no database keeps it
 */
export function smallBody(largest = usual): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: largest,
    onError: () => {
      throw new Refusal(413, 'request.too_large', 'The body of the request is larger than any that is taken here.')
    },
  })
  return (c, next) => limit(c, async () => {
    const body = await within(longestMs, c.req.text()).catch(() => {
      throw new Refusal(408, 'request.too_slow', 'The body of the request did not come to its end within half a minute.')
    })
    const field = fieldOfNoText(body)
    if (field !== null) throw new Refusal(400, 'question.invalid', `${field || 'request'}: a NUL, or half a letter, is no character of a text.`, field ? { field } : {})
    await next()
  })
}

/** Where in a JSON body a NUL or half a letter stands (`drugs.0.drug`); '' where that has no name, null where all is text. What is no JSON, who reads it finds. */
function fieldOfNoText(body: string): string | null {
  // In JSON, both are written as escapes.
  if (!/\\u(?:0000|d[89a-f])/i.test(body)) return null
  try {
    return placeOfNoText(JSON.parse(body), [])
  } catch {
    return null
  }
}

function placeOfNoText(value: unknown, path: readonly string[]): string | null {
  if (typeof value === 'string') return isNoText(value) ? path.join('.') : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, one] of Object.entries(value)) {
    const found = isNoText(name) ? path.join('.') : placeOfNoText(one, [...path, name])
    if (found !== null) return found
  }
  return null
}

function isNoText(text: string): boolean {
  return /[\0\p{Surrogate}]/u.test(text)
}
