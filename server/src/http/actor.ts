import type { Context, Handler, MiddlewareHandler } from 'hono'
import type { RouterRoute } from 'hono/types'
import { matchedRoutes } from 'hono/route'
import { thePublic, type Actor } from '@lastmile/shared/account'
import { can, openToEverybody, type Action } from '@lastmile/shared/permission'
import { purviewOf, type Purview } from '@lastmile/shared/purview'
import { Refusal } from '../lib/refusal.js'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who asks. Set before anything else looks at the request. */
    actor: Actor
    /** Whether who has not said who he is may look at what is public. */
    publicMayLook: boolean
  }
}

/** Which action each rule stands for: how a route's rule is found again. */
const ruled = new WeakMap<MiddlewareHandler | Handler, Action>()

/**
 * The rule of a route: who may not do this is told so. Who has not said who he is, is asked to (401); for whoever has,
 * what his role may not do does not exist (404).
 */
export function allowed(action: Action): MiddlewareHandler {
  const rule: MiddlewareHandler = async (c, next) => {
    const refusal = refusalFor(c.get('actor'), action, c.get('publicMayLook'))
    if (refusal) throw refusal
    await next()
  }
  ruled.set(rule, action)
  return rule
}

function refusalFor(actor: Actor, action: Action, publicMayLook: boolean): Refusal | null {
  // Who has still to prove that he is who he says sees what a stranger sees, and where strangers see nothing, nothing.
  const isStranger = actor.kind === 'public' || actor.role === 'unproven'
  const isShutOut = isStranger && !publicMayLook && can(thePublic, action) !== null && !openToEverybody.includes(action)
  if (!isShutOut && can(actor, action) !== null) return null
  return actor.kind === 'public' ? new Refusal(401, 'session.required', 'Sign in to see this.') : new Refusal(404, 'path.not_found', 'There is nothing here.')
}

/** The action of the route that a request goes to; null where none says one. */
export function actionOf(c: Context): Action | null {
  for (const { handler } of matchedRoutes(c)) {
    const action = ruled.get(handler as Handler)
    if (action) return action
  }
  return null
}

/** Whether the route that a request goes to is open to whoever asks. */
export function mayAsk(c: Context): boolean {
  const action = actionOf(c)
  return action !== null && refusalFor(c.get('actor'), action, c.get('publicMayLook')) === null
}

/** Sees to it that no route was made without a rule. @throws Error naming those that were: such a server does not start */
export function checkRules({ routes }: { routes: readonly RouterRoute[] }): void {
  const rules = routes.filter(({ handler }) => ruled.has(handler as Handler))
  // What stands before routes is registered for all that begins so; what answers, for a path.
  const without = routes.filter(({ method, path }) => !(method === 'ALL' && path.endsWith('*')) && !rules.some((rule) => covers(rule, { method, path })))
  if (without.length > 0) throw new Error(`These routes have no rule of who may ask: ${[...new Set(without.map(({ method, path }) => `${method} ${path}`))].join(', ')}`)
}

function covers(rule: { method: string; path: string }, { method, path }: { method: string; path: string }): boolean {
  if (rule.method !== 'ALL') return rule.method === method && rule.path === path
  return rule.path === path || (rule.path.endsWith('/*') && path.startsWith(rule.path.slice(0, -1)))
}

/** What whoever asks may see or do of an action in a list. */
export function purviewHere(c: Context, action: Action, list: string): Purview {
  return purviewOf(c.get('actor'), action, list)
}
