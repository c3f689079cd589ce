import { answerDuty } from '@lastmile/db/query/answer-duty'
import { dutiesOf, dutyRow } from '@lastmile/db/query/duties'
import { DutySaid } from '@lastmile/shared/duty'
import type { Role } from '@lastmile/shared/permission'
import { everything } from '@lastmile/shared/purview'
import { instantOf, type World } from './given.js'

/** What is said of a duty as a test states it: convened on 2026-02-20 unless it says otherwise. `outcomes`: a drug, what was decided, and why it was refused. */
export interface SaidFacts {
  convened?: boolean
  on?: string
  outcomes?: readonly string[]
  note?: string
}

export function dutySaid({ convened = true, on = '2026-02-20', outcomes = [], note }: SaidFacts = {}): DutySaid {
  return DutySaid.parse({
    convened, on: convened ? on : null, note: note ?? null,
    outcomes: outcomes.map((one) => {
      const [drug, outcome, reason = null] = one.split(' ')
      return { drug, outcome, reason }
    }),
  })
}

/** The first duty of the list is answered for an institution, past all permissions. */
export async function answered(world: World, institution: string, facts: SaidFacts = {}, { at = '2026-03-15', role = 'institution' as Role } = {}): Promise<void> {
  const list = await world.list()
  const [duty] = await dutiesOf(world.services.db, list)
  const version = (await dutyRow(world.services.db, list, duty!, everything, institution))?.row.entry?.version ?? 0
  if (!(await answerDuty(world.services.db, list, { duty: duty!, institution, purview: everything, version }, dutySaid(facts), { at: instantOf(at), by: 'someone', role }))) throw new Error(`${institution} has no such duty`)
  world.services.lists.forget()
}
