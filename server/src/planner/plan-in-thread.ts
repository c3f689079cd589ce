import { Worker } from 'node:worker_threads'
import { newQueue } from '@lastmile/db/queue'
import { exchange } from '../lib/exchange.js'
import { Refusal } from '../lib/refusal.js'
import type { PlanDone, PlanMessage, PlanTask, PlanWork } from './plan-thread.js'

/** Plans made at once: each takes a processor for seconds. So many more may wait; whoever comes then is asked to come later. */
const atOnce = 2
const waitingAtMost = 4
const making = newQueue(atOnce)
let asked = 0
/** How many of these one account may have. */
const ownAtMost = 2
const askedBy = new Map<string, number>()

/** How long one takes at most, in milliseconds, and how many megabytes of heap beside its arrays. */
const atMost = { ms: 90_000, mb: 768 }

/** Takes a place among those for whom a plan is made, or who wait for it. `who`: the account that asks. @throws Refusal 503 where as many as may already do, or as many of this account */
export async function inPlanningTurn<Answer>(who: string, signal: AbortSignal, make: () => Promise<Answer>): Promise<Answer> {
  if (asked >= atOnce + waitingAtMost) throw new Refusal(503, 'planner.busy', `${asked} plans are being made or waited for, as many as this server takes. Ask again in a little while.`)
  const own = askedBy.get(who) ?? 0
  if (own >= ownAtMost) throw new Refusal(503, 'planner.own_busy', `${own} plans of yours are being made or waited for, as many as one account may have. Wait for one of them, or stop it.`)
  asked += 1
  askedBy.set(who, own + 1)
  try {
    return await making.run(make, signal)
  } catch (error) {
    if (signal.aborted) throw new Refusal(503, 'question.left', 'Whoever asked went away before it was answered.')
    throw error
  } finally {
    asked -= 1
    const left = askedBy.get(who)! - 1
    if (left === 0) askedBy.delete(who)
    else askedBy.set(who, left)
  }
}

/** Work of the planner in a thread of its own, which ends when whoever asked goes away. @throws Refusal 503 where it takes too long or too much */
export async function planInThread<Kind extends keyof PlanWork>(task: PlanTask<Kind>, signal: AbortSignal, onProgress: (share: number) => void = () => {}): Promise<PlanDone[Kind]> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./plan-thread.js', import.meta.url), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: atMost.mb, maxYoungGenerationSizeMb: 64 } })
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const tooLarge = () => new Refusal(503, 'planner.too_large', 'This plan takes longer than it may. Ask for one unit, a shorter distance, or fewer institutions.')
  const givenUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLarge()), atMost.ms)
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([givenUp, exchange<PlanMessage<Kind>, PlanDone[Kind]>(worker, {
      tell: () => worker.postMessage(task, []),
      hear: (message, answer) => ('done' in message ? answer(message.done) : onProgress(message.share)),
      failed: (cause?: Error & { code?: string }) => (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : new Error('the thread that makes a plan ended before it had', { cause })),
    })])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}
