import { parentPort } from 'node:worker_threads'
import { planReach, type ReachPlan, type ReachProblem } from '@lastmile/shared/reach-plan'

/** What the thread tells: how far it has come, and at last the plan. */
export type PlanMessage = { share: number } | { plan: ReachPlan }

const port = parentPort
if (port) {
  port.on('message', (problem: ReachProblem) => {
    const plan = planReach(problem, {}, (share) => port.postMessage({ share } satisfies PlanMessage))
    port.postMessage({ plan } satisfies PlanMessage)
  })
}
