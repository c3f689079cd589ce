import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Action } from '@lastmile/shared/permission'
import { Problem } from '@lastmile/shared/problem'
import { Refusal } from '../lib/refusal.js'
import { allowed } from './actor.js'
import { smallBody } from './small-body.js'
import { wrongField } from './wrong-field.js'

/** An empty chain of routes whose wrong parameters are answered as every other refusal is. */
export function newRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const { field, message } = wrongField(result.error)
      throw new Refusal(400, 'question.invalid', `${field || 'request'}: ${message}`, field ? { field } : {})
    },
  })
}

/** A route of the API: its action, by which it is decided who may ask, and what it takes and answers. The one way to make one. `largestBody`: in bytes, where its body may be larger than is usual. */
export function operation<Path extends string, Config extends Omit<RouteConfig, 'path'> & { path: Path }>(action: Action, config: Config, { largestBody }: { largestBody?: number } = {}): ReturnType<typeof createRoute<Path, Config>> {
  const own = (config.middleware ?? []) as MiddlewareHandler | MiddlewareHandler[]
  const hasBody = config.request?.body?.content['application/json'] !== undefined
  // Programs that ask with types are told of what an operation answers itself.
  const responses = { ...refusedAlways, ...notWell, ...(config.method === 'get' ? {} : refusedChanges), ...(hasBody ? refusedBodies : {}), ...config.responses } as Config['responses']
  return createRoute<Path, Config>({ ...config, responses, 'x-action': action, middleware: [allowed(action), ...(hasBody ? [smallBody(largestBody)] : [])].concat(own) })
}

/** What an operation takes as JSON. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** What an operation answers that is no question of a list: JSON alone. */
export function answered<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { 'application/json': { schema } } } }
}

/**
 * Refusals of an operation's own, beside those that any can be answered with. For programs that ask with types an
 * operation answers its good answers alone: what is refused they hear as a {@link Problem}.
 */
export function refusedWith(sentences: Partial<Record<404 | 409 | 412 | 422 | 429, string>>): object {
  return Object.fromEntries(Object.entries(sentences).map(([status, sentence]) => [status, problem(sentence)]))
}

/** A refusal, as the document of the API describes it. */
export const problem = (what: string) => ({ description: what, content: { 'application/json': { schema: Problem } } })

/** With what any request can be refused, whatever it asks. */
export const refusedAlways = {
  400: problem('A parameter is wrong, or not one of these: which, and why.'),
  401: problem('Sign in to see this; or the key does not hold.'),
  404: problem('There is no such thing; or nothing here, for who may not see it.'),
}
/** With what any change can be refused. */
const refusedChanges = { 403: problem('A page of another site asks.') }
/** With what anything sent as JSON can be refused. */
const refusedBodies = { 408: problem('The body did not come to its end.'), 413: problem('The body is too large.'), 415: problem('Not sent as JSON.') }

const binary = { schema: z.string().openapi({ format: 'binary' }) }

/** What any question can be answered when the server is not well. */
export const notWell = {
  500: problem('Something went wrong here.'),
  503: problem('The question took too long and was given up, the database does not answer, or the server is stopping.'),
  507: problem('The disk of the server is full.'),
}

/**
 * The responses of a question: its answer, and the refusals every question can get. `held`: the answer has an ETag, and
 * who sends it again is told that nothing has changed. For programs that ask with types the answer is the JSON alone.
 */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string, { held = true } = {}) {
  const files = { 'text/csv': binary, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary }
  const others = held ? { 304: { description: 'The answer is the one that `If-None-Match` names.' } } : {}
  return {
    200: { description: `${description} Also as CSV and XLSX by \`format\`.`, content: { 'application/json': { schema }, ...files } as { 'application/json': { schema: Schema } } },
    ...(others as object),
  }
}

/** The responses of an operation that answers a workbook (or a CSV) alone, and with what it is refused. */
export function files(description: string, refused: Partial<Record<403 | 404 | 409 | 413, string>>, { csv }: { csv: boolean }) {
  return {
    200: { description, content: { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary, ...(csv ? { 'text/csv': binary } : {}) } },
    ...(Object.fromEntries(Object.entries(refused).map(([status, sentence]) => [status, problem(sentence)])) as object),
  }
}

/** Names routes in the document that answer no JSON of a list: health, readiness, live events. */
export function describeOthers(routes: OpenAPIHono): void {
  const health = z.object({ status: z.literal('ok'), at: z.string(), build: z.string() })
  const rule = { 'x-action': 'system.read' satisfies Action }
  routes.openAPIRegistry.registerPath({ ...rule, method: 'get', path: '/api/health', summary: 'That the process lives; the database is not asked', responses: { ...refusedAlways, 200: { description: 'It is.', content: { 'application/json': { schema: health } } } } })
  const readiness = { 'application/json': { schema: z.object({ status: z.enum(['ready', 'not_ready']), problems: z.array(z.string()) }) } }
  routes.openAPIRegistry.registerPath({
    ...rule, method: 'get', path: '/api/ready', summary: 'That the server can do its work: the database answers, its schema is this program\'s, reports can be kept',
    responses: { ...refusedAlways, 200: { description: 'It can.', content: readiness }, 503: { description: 'It cannot now, and why; also while it stops.', content: readiness } },
  })
  routes.openAPIRegistry.registerPath({
    'x-action': 'list.read' satisfies Action, method: 'get', path: '/api/events', summary: 'What happens, as server-sent events',
    responses: { ...refusedAlways, 200: { description: '`report`: one was accepted, with its list. `progress`: how far the reading of an upload is, named by its X-Upload-Id. `planner`: how far a plan is, named by its `progress`. `message`: there are new messages for who listens. `session`: who one is may have changed; the line ends, to be opened anew.', content: { 'text/event-stream': { schema: z.string() } } } },
  })
}

/** Path parameters. */
export const ListPath = z.object({ list: z.string() })
