import { parentPort } from 'node:worker_threads'
import { alikeTo, planReach, type ReachPlan, type ReachProblem } from '@lastmile/shared/reach-plan'

/** What the thread is asked: a plan, or which candidates reach the same as one of them. */
export interface PlanWork { plan: ReachProblem; alike: { problem: Parameters<typeof alikeTo>[0]; candidate: number } }
/** What it answers to each. */
export interface PlanDone { plan: ReachPlan; alike: number[] }

/** One kind of work. */
export type PlanTask<Kind extends keyof PlanWork = keyof PlanWork> = { [K in Kind]: { kind: K; work: PlanWork[K] } }[Kind]
/** What the thread tells: how far it has come, and at last what it was asked for. */
export type PlanMessage<Kind extends keyof PlanWork = keyof PlanWork> = { share: number } | { done: PlanDone[Kind] }

const port = parentPort
if (port) {
  const tell = (message: PlanMessage) => port.postMessage(message)
  port.on('message', (task: PlanTask) => tell({ done: task.kind === 'plan' ? planReach(task.work, {}, (share) => tell({ share })) : alikeTo(task.work.problem, task.work.candidate) }))
}
