import type { Context } from 'hono'
import { beginPlan, changePlan, CodeTaken, endPlan, OtherVersion, planContentOf, type Keeping, type Kept, type PlanContent } from '@lastmile/db/query/keep-plan'
import type { ListRow } from '@lastmile/db/query/lists'
import { findPlan } from '@lastmile/db/query/plans'
import type { NewPlan, Plan, PlanChange } from '@lastmile/shared/plan'
import type { Purview } from '@lastmile/shared/purview'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** A plan as it is named by who changes it. */
interface Named {
  code: string
  /** The version that he saw. */
  version: number
  /** Whose plans are his. */
  purview: Purview
}

/** Begins a plan of the insurer who asks. @throws Refusal 409 if there is one with its code, 422 for a place or drug that is not the list's */
export async function newPlan(services: Services, c: Context, list: ListRow, insurer: string, { code, ...change }: NewPlan): Promise<Plan> {
  const content = await contentOf(services, list, change)
  const event: Keeping['event'] = (_, after) => eventOf(c, { action: 'plan.create', outcome: 'done', list: list.code, object: code, after: noted(after!) })
  return told(services, list, await beginPlan(services.db, list, { ...content, code, insurer }, keepingNow(services, c, event)).catch(refused))
}

/** Replaces what is said of a plan of the asker's. @throws Refusal 404 if it is none of his, 412 if it was changed since, 422 for a place or drug that is not the list's */
export async function changedPlan(services: Services, c: Context, list: ListRow, named: Named, change: PlanChange): Promise<Plan> {
  // Before anything else is looked at: another's is answered as what there is not, whatever is said of it.
  if (!(await findPlan(services.db, list, named.purview, named.code))) throw notFound('plan', named.code)
  const content = await contentOf(services, list, change)
  const event: Keeping['event'] = (before, after) => eventOf(c, { action: 'plan.change', outcome: 'done', list: list.code, object: named.code, ...difference(before!, after!) })
  const kept = await changePlan(services.db, list, named, content, keepingNow(services, c, event)).catch(refused)
  if (!kept) throw notFound('plan', named.code)
  return told(services, list, kept)
}

/** Ends a plan of the asker's: what was known of it stays. @throws Refusal 404 if it is none of his, 412 if it was changed since */
export async function endedPlan(services: Services, c: Context, list: ListRow, named: Named): Promise<Plan> {
  const event: Keeping['event'] = (before) => eventOf(c, { action: 'plan.end', outcome: 'done', list: list.code, object: named.code, before: noted(before!) })
  const kept = await endPlan(services.db, list, named, keepingNow(services, c, event)).catch(refused)
  if (!kept) throw notFound('plan', named.code)
  return told(services, list, kept)
}

async function contentOf({ db }: Services, list: ListRow, change: PlanChange): Promise<PlanContent> {
  const content = await planContentOf(db, list, change)
  if (!('field' in content)) return content
  const { field, what, code } = content
  const where = what === 'city' ? 'in the unit' : 'in the list'
  throw new Refusal(422, `${what}.not_found`, `${field}: there is no ${what} "${code.slice(0, 80)}" ${where}.`, { field })
}

function keepingNow({ clock }: Services, c: Context, event: Keeping['event']): Keeping {
  return { at: clock.now(), by: c.get('actor').id, ...(event ? { event } : {}) }
}

/** After the commit: the audit remembers it, and who looks at the list hears of it. */
function told(services: Services, list: ListRow, { plan, listVersion }: Kept): Plan {
  if (listVersion !== null) {
    services.audit.appended()
    listChanged(services, { list: list.code, version: listVersion, report: '' })
  }
  return plan
}

function refused(error: unknown): never {
  if (error instanceof OtherVersion) {
    throw new Refusal(412, 'plan.version', `The plan was changed since: it is at version ${error.version}. Look at it, and say again what is to be changed.`, { version: error.version })
  }
  if (error instanceof CodeTaken) throw new Refusal(409, 'plan.exists', 'code: there is a plan with this code, or was one of another insurer. Choose another.', { field: 'code' })
  throw error
}

/** What is noted of a plan: all that is said of it. */
function noted({ cityName: _, knownFrom: __, knownTo: ___, ...said }: Plan): Record<string, unknown> {
  return said
}

/** What a change changed: the version, and of the rest what is not the same. */
function difference(before: Plan, after: Plan): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const [was, is] = [noted(before), noted(after)]
  const changed = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
  const only = (said: Record<string, unknown>) => Object.fromEntries(changed.map((field) => [field, said[field]]))
  return { before: only(was), after: only(is) }
}
