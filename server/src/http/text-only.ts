import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../lib/refusal.js'

/**
 * Refuses what is no text before anybody looks at it: a path whose percent signs say nothing, and a NUL anywhere, which
 * no database keeps in a text.
 */
export function textOnly(): MiddlewareHandler {
  return async (c, next) => {
    const { pathname, searchParams } = new URL(c.req.url)
    if (!isText(pathname)) throw new Refusal(404, 'path.not_found', 'There is nothing at this path.')
    for (const [name, value] of searchParams) {
      if (`${name}${value}`.includes('\0')) throw new Refusal(400, 'question.invalid', `${name.replaceAll('\0', '')}: a NUL is no character of a text.`, { field: name.replaceAll('\0', '') })
    }
    return next()
  }
}

function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}
