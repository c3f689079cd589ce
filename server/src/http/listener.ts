import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { isOf, keyOf } from './held-answers.js'
import { formFor, isUnchanged, type ReadyAnswers } from './ready-answers.js'

/**
 * Hears of every answer that is sent without the routes seeing the request: the method, the route that had made it, the
 * status, and `performance.now()` when the request came.
 */
export type OnServed = (method: string, route: string, status: number, startedAt: number) => void

export interface ListenerOptions {
  /** The host that a request without one means. */
  hostname: string
  onServed?: OnServed
}

/**
 * What the server does with a request: an answer that is ready goes out at once, head and body in one write; everything
 * else goes on to the routes. Ready answers are the routes' own, byte for byte and header for header but for
 * `X-Request-Id`: nobody makes a name or writes a line for what takes as long as either; they are counted. The checks of
 * the routes hold for them: they were passed when the answer was made, and what they check besides the address (a change
 * that a page of another origin asks for) does not arise where nothing is changed. What goes out as a file is noted, so
 * that goes on to the routes too.
 */
export function newListener(fetch: (request: Request) => Response | Promise<Response>, ready: ReadyAnswers, options: ListenerOptions): RequestListener {
  const routes = getRequestListener(fetch, { hostname: options.hostname })
  return (request, response) => {
    if (!sendReady(ready, request, response, options.onServed)) void routes(request, response)
  }
}

function sendReady({ held, lists, publicMayLook }: ReadyAnswers, request: IncomingMessage, response: ServerResponse, onServed: OnServed | undefined): boolean {
  const { method, url } = request
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return false
  // Who has said who he is, is looked up by the routes.
  const answer = publicMayLook ? held.find(keyOf('', url)) : undefined
  if (answer === undefined || answer.isFile) return false
  const list = lists.atHand(answer.list.code)
  if (list === undefined || !isOf(answer, list)) return false
  const asked = askedBy(request.rawHeaders)
  if (asked === null) return false
  const startedAt = onServed ? performance.now() : 0
  if (isUnchanged(asked.ifNoneMatch, answer.etag)) {
    response.writeHead(304, answer.unchangedHead)
    response.end()
    onServed?.(method, answer.route, 304, startedAt)
    return true
  }
  const { head, body } = formFor(answer, asked.acceptEncoding)
  response.writeHead(200, head)
  if (method === 'HEAD') response.end()
  else response.end(body)
  onServed?.(method, answer.route, 200, startedAt)
  return true
}

interface Asked {
  ifNoneMatch: string | undefined
  acceptEncoding: string | undefined
}

/**
 * The two headers that an answer depends on. Read from the raw ones, by their length first: Node makes an object of all
 * of them only when it is asked for, and here nobody asks. Null for what the routes understand: who says who he is, a
 * body, or one of the two said twice.
 */
function askedBy(raw: readonly string[]): Asked | null {
  let ifNoneMatch: string | undefined
  let acceptEncoding: string | undefined
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!
    if (name.length < 6 || name.length > 18) continue
    switch (name.toLowerCase()) {
      case 'if-none-match':
        if (ifNoneMatch !== undefined) return null
        ifNoneMatch = raw[i + 1]
        break
      case 'accept-encoding':
        if (acceptEncoding !== undefined) return null
        acceptEncoding = raw[i + 1]
        break
      case 'cookie':
      case 'authorization':
      case 'x-lastmile-command':
      case 'content-length':
      case 'transfer-encoding':
        return null
    }
  }
  return { ifNoneMatch, acceptEncoding }
}
