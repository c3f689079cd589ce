import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenDatabase } from '@lastmile/db/open'
import { headlineOf } from '@lastmile/db/query/headline'
import { mustAgree } from './agreement.js'
import { duckEngine } from './duck.js'
import { explained, type Plan } from './explain.js'
import type { Flags } from './flags.js'
import type { Loaded } from './maintained-load.js'
import { maintainedQuestions } from './maintained.js'
import { naiveEngine, type Engine, type NaiveLoaded } from './naive.js'
import type { Nation } from './nation.js'
import { overHttp } from './over-http.js'
import { pastDay, questionsOf } from './questions.js'
import { timed, type Timing } from './timing.js'

/** Times of one question by engine, and how many figures were found alike. */
export interface ReadResult {
  question: string
  differs: string
  naive: Timing | null
  duck: Timing | null
  maintained: Timing | null
  computed: Timing | null
  ready: Timing | null
  figuresAlike: number
}

export interface Reads {
  results: ReadResult[]
  plans: Plan[]
  naiveLoaded: NaiveLoaded | null
  duckVersion: string | null
  duckSeconds: number | null
  /** Milliseconds of the headline as it was known on a past day; null where it was not asked. */
  knownOnMs: number | null
}

/** What it took to load the others, where an earlier run did. */
export type OthersKept = Pick<Reads, 'naiveLoaded' | 'duckSeconds'>

/** Runs of the product for one of the others: it is asked all day, and the others once. */
export const productRuns = 40

/** Asks every question naively, in DuckDB and of the product, and holds the answers against each other. */
export async function readsOf(flags: Flags, nation: Nation, naiveUrl: string | null, product: { opened: OpenDatabase; loaded: Loaded }, folder: string, kept: OthersKept | null, say: (text: string) => void): Promise<Reads> {
  const naive = naiveUrl === null ? null : await naiveEngine(naiveUrl, nation, flags.limitSeconds, kept?.naiveLoaded ?? null, say)
  const duck = naiveUrl === null ? null : await duckEngine(naiveUrl, folder, nation, flags.limitSeconds, kept?.duckSeconds ?? null, say)
  const { opened, loaded } = product
  const own = await maintainedQuestions(opened.db, loaded.list, nation)
  await mkdir(join(folder, 'kept'), { recursive: true })
  const http = await overHttp(opened, join(folder, 'kept'))
  const results: ReadResult[] = []
  const plans: Plan[] = []
  let knownOnMs: number | null = null
  try {
    for (const question of questionsOf(nation)) {
      say(`asking: ${question.name} …`)
      const product = own.get(question.code) ?? null
      const naively = await timedOf(naive)
      const columnar = await timedOf(duck)
      const maintained = product ? await timed(product.ask, productRuns * flags.runs, flags.limitSeconds) : null
      const computed = product ? await timed(http.computed(product), productRuns * flags.runs, flags.limitSeconds) : null
      const askReady = product && http.ready(product)
      const ready = askReady ? await timed(askReady, productRuns * flags.runs, flags.limitSeconds) : null
      const answers = [
        { engine: 'naive SQL', figures: naively?.figures }, { engine: 'DuckDB', figures: columnar?.figures }, { engine: 'the product', figures: maintained?.figures },
        { engine: 'the product over HTTP', figures: computed?.figures }, { engine: 'the product over HTTP, ready', figures: ready?.figures },
      ].flatMap(({ engine, figures }) => (figures ? [{ engine, figures }] : []))
      let figuresAlike = 0
      for (const other of answers.slice(1)) figuresAlike = mustAgree(question, answers[0]!, other)
      results.push({
        question: question.name, differs: question.differs, naive: naively?.timing ?? null, duck: columnar?.timing ?? null,
        maintained: maintained?.timing ?? null, computed: computed?.timing ?? null, ready: ready?.timing ?? null, figuresAlike,
      })
      if (product && opened.home === 'server') plans.push(...await explained(opened.db, question.name, product.ask))

      async function timedOf(engine: Engine | null) {
        return engine && timed(engine.asks.get(question.code)!, flags.runs, flags.limitSeconds)
      }
    }
    if (flags.knownOn) {
      say('asking: the headline as it was known on a past day …')
      const start = performance.now()
      await headlineOf(opened.db, loaded.list, { evidence: 'confirmed', asOf: pastDay, knownOn: `${pastDay}T12:00:00.000Z`, since: null }, null)
      knownOnMs = performance.now() - start
    }
  } finally {
    await naive?.close()
    await duck?.close()
  }
  return { results, plans: distinctPlans(plans), naiveLoaded: naive?.loaded ?? null, duckVersion: duck?.version ?? null, duckSeconds: duck?.loadSeconds ?? null, knownOnMs }
}

/** Each statement once, under the question that was first to send it. */
function distinctPlans(plans: readonly Plan[]): Plan[] {
  const seen = new Set<string>()
  return plans.filter(({ statement, plan }) => !seen.has(statement + plan) && seen.add(statement + plan))
}
