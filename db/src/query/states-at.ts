import { noState, type State } from '@lastmile/shared/state'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Database } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { factsFor, lookupFor, type When } from './question.js'

/** The states of some institutions on a day, of a drug or (null) over all drugs. Those of which nobody ever said anything are left out. */
export async function statesAt(db: Database, list: ListRow, when: When & { evidence: Evidence }, institutions: readonly number[], drug: number | null): Promise<Map<number, State>> {
  const found = await lookupFor(db, list, await factsFor(db, list), when).on(evidenceCodes.code(when.evidence), institutions, drug)
  return new Map([...found].flatMap(([institution, { state }]) => (state === noState ? [] : [[institution, stateCodes.word(state)] as const])))
}
