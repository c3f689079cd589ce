import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'

/**
 * The route of a request once it is answered, as it is declared (`/api/lists/:list/drugs`); `none` where there is none.
 * Several match (the pages match everything): it is the one that answered, and where something on the way to it
 * answered in its place, the one that would have.
 */
export function routeOf(c: Context): string {
  return matchedRoutes(c).slice(c.req.routeIndex).find(({ method }) => method !== 'ALL')?.path ?? 'none'
}
