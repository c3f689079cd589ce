import { beginPlan, planContentOf, type Keeping } from '@lastmile/db/query/keep-plan'
import { PlanChange, type Plan } from '@lastmile/shared/plan'
import type { World } from './given.js'

/** A plan as a test states it: what it leaves out is usual. `drugs`: a code, or a code with what is paid for it, `alpha: half of it`. */
export interface PlanFacts {
  insurer?: string
  name?: string
  unit?: string | null
  city?: string | null
  validFrom?: string
  validTo?: string | null
  drugs?: readonly string[]
}

const inBoth = (text: string) => ({ zh: `${text}（中）`, en: text })

/** What an insurer says of a plan, as it is sent. */
export function planSaid({ insurer: _, name = 'A plan', drugs = ['alpha'], ...own }: PlanFacts = {}): PlanChange {
  return PlanChange.parse({
    name: inBoth(name), validFrom: '2026-01-01', source: inBoth('Guide of a plan'), ...own,
    drugs: drugs.map((one) => {
      const [drug, pays] = one.split(': ')
      return { drug: drug!, pays: pays === undefined ? null : inBoth(pays) }
    }),
  })
}

/** What is said of a plan, with its places and drugs found. @throws Error for one that names what there is not */
export async function planFound(world: World, facts: PlanFacts = {}) {
  const content = await planContentOf(world.services.db, await world.list(), planSaid(facts))
  if ('field' in content) throw new Error(`the plan's ${content.field} is not in the list`)
  return content
}

/** Begins a plan past all permissions, known from an instant on. */
export async function givenPlan(world: World, code: string, facts: PlanFacts = {}, keeping: Partial<Keeping> = {}): Promise<Plan> {
  const { plan } = await beginPlan(world.services.db, await world.list(), { ...(await planFound(world, facts)), code, insurer: facts.insurer ?? 'north-life' }, { at: '2026-01-05T04:00:00.000Z', by: 'someone', ...keeping })
  world.services.lists.forget()
  return plan
}
