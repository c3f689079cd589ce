import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { Problem } from '@lastmile/shared/problem'
import { commandRoutes } from './command/routes.js'
import { isCommand } from './command/token.js'
import { coverageRoutes } from './coverage/routes.js'
import { docsPage, docsScript, docsStyle } from './http/docs-page.js'
import { liveEvents } from './http/live-events.js'
import { describeOthers, newRoutes } from './http/open-api.js'
import { readyAnswers } from './http/ready-answers.js'
import { sameOriginOnly, securityHeaders } from './http/security.js'
import { textOnly } from './http/text-only.js'
import { webFiles } from './http/web-files.js'
import { nearestRoutes } from './institutions/nearest.js'
import { institutionRoutes } from './institutions/routes.js'
import { Refusal } from './lib/refusal.js'
import type { Services } from './lib/services.js'
import { listRoutes } from './lists/routes.js'
import { reportRoutes } from './reports/routes.js'

/** Largest requests that are read at all, from anybody and from commands on this machine; each source's own limit is checked after. */
const largestUpload = { anybody: 65 * 1024 * 1024, command: 512 * 1024 * 1024 }

/** How this server is put together. */
export interface AppOptions {
  /** Folder of the built front end; null serves the API alone. */
  webFolder: string | null
  /** Parts the answers of one release from those of the next. */
  build: string
}

/** The whole of HTTP: every route of the API, its documents, live events and the front end. */
export function newApp(services: Services, options: AppOptions) {
  const lists = newRoutes()
    .route('/', listRoutes(services))
    .route('/', coverageRoutes(services))
    .route('/', institutionRoutes(services))
    .route('/', nearestRoutes(services))
    .route('/', reportRoutes(services))

  const app = newRoutes()
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.problem(), error.status)
    // What the reader of a JSON body throws at what is none.
    if (error instanceof HTTPException && error.status < 500) {
      return c.json({ error: { code: 'request.not_json', message: 'The body of the request is not JSON: send it with Content-Type application/json.' } } satisfies Problem, error.status === 415 ? 415 : 400)
    }
    services.log.error({ err: error, path: c.req.path }, 'a request failed')
    return c.json({ error: { code: 'server.failed', message: 'Something went wrong here. Nothing was changed; please try again.' } } satisfies Problem, 500)
  })
  app.notFound((c) => c.json({ error: { code: 'path.not_found', message: `There is nothing at ${c.req.path.slice(0, 200)}.` } } satisfies Problem, 404))
  app.use(securityHeaders(), textOnly(), sameOriginOnly())
  const tooLarge = (c: Context) => c.json({ error: { code: 'request.too_large', message: 'The request is larger than any report may be.' } } satisfies Problem, 413)
  const limits = { anybody: bodyLimit({ maxSize: largestUpload.anybody, onError: tooLarge }), command: bodyLimit({ maxSize: largestUpload.command, onError: tooLarge }) }
  app.use('/api/lists/*', (c, next) => (isCommand(c, services.commandToken) ? limits.command : limits.anybody)(c, next))
  app.use('/api/lists/:list/*', readyAnswers(services, options.build))
  app.get('/api/events', liveEvents(services))
  describeOthers(app)
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Lastmile', version: options.build, description: 'Which listed drugs are stocked where, on whose word, as of when. Without `asOf`, the list\'s today; without `knownOn`, what is known now.' },
  })
  app.get('/api/docs', docsPage())
  app.get('/api/docs/script.js', (c) => c.body(docsScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  app.get('/api/docs/style.css', (c) => c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.route('/api/commands', commandRoutes(services))
  const chained = app
    .get('/api/health', (c) => c.json({ status: 'ok' as const, at: services.clock.now(), build: options.build }, 200))
    .route('/api/lists', lists)
  if (options.webFolder !== null) app.get('*', webFiles(options.webFolder))
  return chained
}

/** What the front end knows of the server. */
export type App = ReturnType<typeof newApp>
