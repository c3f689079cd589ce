import type { OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { Refusal } from '../lib/refusal.js'

/**
 * Refuses a parameter that a question does not know: were `states=` let through where `state=` was meant, the answer
 * would be to another question than the asker thinks. Which there are says what the document of the API is made from;
 * paths that are not in it are left alone.
 */
export function knownParametersOnly(routes: OpenAPIHono): MiddlewareHandler {
  let known: Map<string, readonly string[]> | null = null
  return async (c, next) => {
    const asked = new Set(new URLSearchParams(new URL(c.req.url).search).keys())
    if (asked.size === 0) return next()
    const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')
    const names = route && (known ??= parametersOf(routes)).get(`${route.method} ${route.path}`)
    const unknown = names && [...asked].find((name) => !names.includes(name))
    if (names !== undefined && unknown !== undefined) {
      const field = unknown.slice(0, 80)
      throw new Refusal(400, 'question.unknown_parameter', `"${field}" is no parameter of this question; ${names.length === 0 ? 'it takes none' : `there are ${names.join(', ')}`}.`, { field })
    }
    return next()
  }
}

/** The parameters of every described route, by method and path as the router names them. */
function parametersOf(routes: OpenAPIHono): Map<string, readonly string[]> {
  return new Map(routes.openAPIRegistry.definitions.flatMap((one) => {
    if (one.type !== 'route') return []
    const { method, path, request } = one.route
    const query = request?.query as z.ZodObject | undefined
    return [[`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, Object.keys(query?.shape ?? {})] as const]
  }))
}
