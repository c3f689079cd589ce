import type { Context, MiddlewareHandler } from 'hono'
import { thePublic } from '@lastmile/shared/account'
import { can } from '@lastmile/shared/permission'
import { Format } from '@lastmile/shared/basis'
import { actionOf } from '../http/actor.js'
import { routeOf } from '../http/route-of.js'
import type { Services } from '../lib/services.js'
import { eventOf } from './event-of.js'

declare module 'hono' {
  interface ContextVariableMap {
    /** The route has noted itself what was asked of it: a look at prices, a file, a sign-in that was refused. */
    noted: true
  }
}

/**
 * Notes what routes do not note themselves: every refusal, and every answer that goes out as a file. An export of who is
 * signed in goes out when it is noted, and not at all where it cannot be; nobody waits for a refusal to be noted, nor for what the public takes along.
 */
export function noteRequests({ audit }: Pick<Services, 'audit'>): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (isRefusal(c)) {
      audit.noteSome(eventOf(c, { action: 'request.refused', outcome: 'refused', list: listIn(c), object: `${c.req.method} ${routeOf(c)}`, after: { status: c.res.status, code: c.get('refusal') } }))
      return
    }
    const format = formatOf(c)
    if (format === null) return
    const made = eventOf(c, { action: 'export', outcome: 'done', list: listIn(c), object: shortened(c.req.path), after: { ...questionOf(c), format, status: c.res.status } })
    // What everybody may see is taken along by whoever likes, as often as he likes.
    if (c.get('actor').kind === 'public') return audit.noteSome(made)
    try {
      await audit.note([made])
    } catch (error) {
      // In two steps, and with a blank one: nothing of the file is left in the answer that says so, its headers neither.
      c.res = undefined
      c.res = new Response(null)
      throw error
    }
  }
}

/**
 * Whether a request was refused: who asks must say who he is (401), may not (403, or a rule of who does what), asks too
 * often (429), or (404) must not know of the route, or of what he named where it is not everybody's. That looks like what is
 * not there, and may be it.
 */
function isRefusal(c: Context): boolean {
  const code = c.get('refusal') as string | undefined
  if (code === undefined || c.get('noted')) return false
  const { status } = c.res
  return status === 401 || status === 403 || status === 429 || rules.has(code) || (status === 404 && (code === 'path.not_found' || isOwned(c)))
}

/** Refusals of what somebody may do in general, and not to this: his own report or account, the last administrator, another's turn. */
const rules = new Set(['report.own', 'report.office_approves', 'account.own', 'account.last', 'account.demonstration'])

/** Whether what was asked for belongs to somebody. */
function isOwned(c: Context): boolean {
  const action = actionOf(c)
  return c.get('actor').kind !== 'public' && action !== null && can(thePublic, action) === null
}

/** The format of an answer that goes out as a file, whichever way it was asked for; null for every other. One that is unchanged is one that the asker has. */
function formatOf(c: Context): string | null {
  if (c.req.method === 'HEAD' || c.get('noted') || !c.req.path.startsWith('/api/')) return null
  const { status, headers } = c.res
  if (status === 200 && headers.has('Content-Disposition')) return /filename="[^"]*\.([a-z]+)"/.exec(headers.get('Content-Disposition')!)?.[1] ?? 'xlsx'
  const asked = Format.exclude(['json']).safeParse(c.req.query('format'))
  return status === 304 && asked.success ? asked.data : null
}

/** What was asked in the address. A person's position is never there, and what a question does not know was refused; of a body nothing is noted. */
function questionOf(c: Context): Record<string, string> {
  return Object.fromEntries(Object.entries(c.req.query()).map(([name, value]) => [name, shortened(value)]))
}

function listIn(c: Context): string | null {
  const [, api, lists, list] = c.req.path.split('/')
  return api === 'api' && lists === 'lists' && list ? shortened(decoded(list)) : null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const shortened = (text: string) => text.slice(0, 300)
