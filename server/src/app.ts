import { HTTPException } from 'hono/http-exception'
import { isQuestionTooLong } from '@lastmile/db/question-too-long'
import { Problem } from '@lastmile/shared/problem'
import { accountsRoutes } from './accounts/accounts-routes.js'
import { ssoCallback } from './accounts/auth.js'
import { keyRoutes } from './accounts/key-routes.js'
import { ownAccountRoutes } from './accounts/own-routes.js'
import { signOnBack } from './accounts/sign-on-back.js'
import { sessionRoutes } from './accounts/session-routes.js'
import { noteRequests } from './audit/note-requests.js'
import { auditRoutes } from './audit/routes.js'
import { noticeRoutes } from './cases/notice-routes.js'
import { evidencePackRoutes } from './evidence-pack/routes.js'
import { caseRoutes } from './cases/routes.js'
import { companyRequestRoutes } from './company-requests/routes.js'
import { bulletinLineRoutes } from './bulletins/line-routes.js'
import { bulletinRoutes } from './bulletins/routes.js'
import { candidacyRoutes } from './candidacies/routes.js'
import { commandRoutes } from './command/routes.js'
import { contradictionRoutes } from './contradictions/routes.js'
import { coverageRoutes } from './coverage/routes.js'
import { demandRoutes } from './demand/routes.js'
import { dutyRoutes } from './duties/routes.js'
import { noFeeds, type FeedBounds } from './feeds/feed-bounds.js'
import { feedRoutes } from './feeds/routes.js'
import { entryRoutes } from './entries/routes.js'
import { finderRoutes } from './finder/routes.js'
import { allowed, checkRules } from './http/actor.js'
import { docsPage, docsScript, docsStyle } from './http/docs-page.js'
import { knownByNow } from './http/known-by-now.js'
import { knownParametersOnly } from './http/known-parameters.js'
import { liveEvents } from './http/live-events.js'
import { observe } from './http/observe.js'
import { describeOthers, newRoutes } from './http/open-api.js'
import { answerMetrics, notReady, refuseWhileStopping } from './http/readiness.js'
import { newReadyAnswers, readyAnswers, type ReadyAnswers } from './http/ready-answers.js'
import { sameOriginOnly, securityHeaders } from './http/security.js'
import { textOnly } from './http/text-only.js'
import { webFiles } from './http/web-files.js'
import { whoAsks } from './http/who-asks.js'
import { inspectionRoutes } from './inspection/routes.js'
import { nearestRoutes } from './institutions/nearest.js'
import { institutionRoutes } from './institutions/routes.js'
import { newMetrics, type Metrics } from './lib/metrics.js'
import { Refusal } from './lib/refusal.js'
import type { Services } from './lib/services.js'
import { troubleOf } from './lib/trouble.js'
import { listRoutes } from './lists/routes.js'
import { messageRoutes } from './messages/routes.js'
import { ladderRoutes } from './ladder/routes.js'
import { plannerRoutes } from './planner/routes.js'
import { planRoutes } from './plans/routes.js'
import { priceRoutes } from './prices/routes.js'
import { progressRoutes } from './progress/routes.js'
import { reportingRoutes } from './reporting/routes.js'
import { approvalRoutes } from './reports/approval-routes.js'
import { errorsRoutes } from './reports/errors-routes.js'
import { receiptRoutes } from './reports/receipt-routes.js'
import { reviewRoutes } from './reports/review-routes.js'
import { reportRoutes } from './reports/routes.js'
import { scorecardRoutes } from './scorecard/routes.js'
import { standardRoutes } from './standards/routes.js'
import { subscriptionRoutes } from './subscriptions/routes.js'
import { templateRoutes } from './templates/routes.js'

/** How this server is put together. */
export interface AppOptions {
  /** Folder of the built front end; null serves the API alone. */
  webFolder: string | null
  /** Parts the answers of one release from those of the next. */
  build: string
  /** Finished answers, where a listener sends them too; else of its own. */
  ready?: ReadyAnswers
  /** Aborted when the server is told to stop. */
  stopping?: AbortSignal
  /** Where requests and reports are counted; else on a page of its own. */
  metrics?: Metrics
  /** Who sends it may read the metrics; without one, programs on this machine. */
  metricsToken?: string | undefined
  /** From where feeds may fetch; else from nowhere. */
  feeds?: FeedBounds
}

/** The whole of HTTP: every route of the API, its documents, live events and the front end. */
export function newApp(services: Services, options: AppOptions) {
  const lists = newRoutes()
    .route('/', listRoutes(services))
    .route('/', coverageRoutes(services))
    .route('/', institutionRoutes(services))
    .route('/', nearestRoutes(services))
    .route('/', finderRoutes(services))
    .route('/', inspectionRoutes(services))
    .route('/', reportRoutes(services))
    .route('/', approvalRoutes(services))
    .route('/', contradictionRoutes(services))
    .route('/', caseRoutes(services))
    .route('/', noticeRoutes(services))
    .route('/', evidencePackRoutes(services))
    .route('/', companyRequestRoutes(services))
    .route('/', demandRoutes(services))
    .route('/', entryRoutes(services))
    .route('/', reportingRoutes(services))
    .route('/', progressRoutes(services))
    .route('/', reviewRoutes(services))
    .route('/', receiptRoutes(services))
    .route('/', errorsRoutes(services))
    .route('/', templateRoutes(services))
    .route('/', priceRoutes(services))
    .route('/', planRoutes(services))
    .route('/', ladderRoutes(services))
    .route('/', candidacyRoutes(services))
    .route('/', plannerRoutes(services))
    .route('/', scorecardRoutes(services))
    .route('/', standardRoutes(services))
    .route('/', dutyRoutes(services))
    .route('/', bulletinRoutes(services))
    .route('/', bulletinLineRoutes(services))

  const app = newRoutes()
  const stopping = options.stopping ?? new AbortController().signal
  const metrics = options.metrics ?? newMetrics(services, { process: false })
  app.onError((failed, c) => {
    const error = troubleOf(failed, services, c.get('requestId')) ?? failed
    if (error instanceof Refusal) {
      c.set('refusal', error.code)
      return c.json(error.problem(), error.status, error.status === 503 ? { 'Retry-After': '5' } : {})
    }
    // What the reader of a JSON body throws at what is none.
    if (error instanceof HTTPException && error.status < 500) {
      return c.json({ error: { code: 'request.not_json', message: 'The body of the request is not JSON: send it with Content-Type application/json.' } } satisfies Problem, error.status === 415 ? 415 : 400)
    }
    if (isQuestionTooLong(error)) return c.json({ error: { code: 'question.too_long', message: 'This question took too long and was given up. Ask for less: one drug, one region, or what is known now.' } } satisfies Problem, 503)
    services.log.error({ err: error, requestId: c.get('requestId') }, 'a request failed')
    return c.json({ error: { code: 'server.failed', message: 'Something went wrong here. Nothing was changed; please try again.' } } satisfies Problem, 500)
  })
  app.notFound((c) => c.json({ error: { code: 'path.not_found', message: `There is nothing at ${c.req.path.slice(0, 200)}.` } } satisfies Problem, 404))
  app.use(observe(services, metrics), refuseWhileStopping(stopping), securityHeaders(), textOnly(), noteRequests(services), sameOriginOnly(), whoAsks(services))
  app.use('/api/*', knownParametersOnly(app))
  app.use('/api/lists/*', knownByNow(services))
  app.use('/api/lists/:list/*', readyAnswers(services, options.ready ?? newReadyAnswers(services, options.build)))
  app.get('/api/events', allowed('list.read'), liveEvents(services, stopping))
  describeOthers(app)
  // Made at the first question and kept: it takes a tenth of a second, and anybody may ask.
  let document: object | null = null
  app.get('/api/openapi.json', allowed('system.read'), (c) => c.json(document ??= app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Lastmile', version: options.build, description: 'Which listed drugs are stocked where, on whose word, as of when. Without `asOf`, the list\'s today; without `knownOn`, what is known now.' },
  }), 200))
  if (services.accounts.singleSignOn !== null) app.get(ssoCallback, allowed('session.use'), signOnBack(services))
  app.get('/api/docs', allowed('system.read'), docsPage())
  app.get('/api/docs/script.js', allowed('system.read'), (c) => c.body(docsScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  app.get('/api/docs/style.css', allowed('system.read'), (c) => c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.route('/api/commands', commandRoutes(services))
  const chained = app
    .get('/api/health', allowed('system.read'), (c) => c.json({ status: 'ok' as const, at: services.clock.now(), build: options.build }, 200))
    .get('/api/ready', allowed('system.read'), async (c) => {
      const problems = await notReady(services, stopping)
      return problems.length === 0 ? c.json({ status: 'ready' as const, problems }, 200) : c.json({ status: 'not_ready' as const, problems }, 503)
    })
    .route('/api/session', sessionRoutes(services))
    .route('/api/account', ownAccountRoutes(services))
    .route('/api/accounts', accountsRoutes(services))
    .route('/api/keys', keyRoutes(services))
    .route('/api/feeds', feedRoutes(services, options.feeds ?? noFeeds))
    .route('/api/messages', messageRoutes(services))
    .route('/api/subscriptions', subscriptionRoutes(services))
    .route('/api/lists', lists)
    .route('/api', auditRoutes(services))
  app.get('/metrics', allowed('system.read'), (c) => answerMetrics(c, metrics, options.metricsToken))
  if (options.webFolder !== null) app.get('*', allowed('system.read'), webFiles(options.webFolder))
  checkRules(app)
  return chained
}

/** What the front end knows of the server. */
export type App = ReturnType<typeof newApp>
