import { findDrug } from '@lastmile/db/query/drugs'
import { changeStandard, type Deciding } from '@lastmile/db/query/keep-standard'
import { standardNow } from '@lastmile/db/query/standard-versions'
import { StandardRule } from '@lastmile/shared/standard'
import { instantOf, type World } from './given.js'

/** A rule as a test states it: one institution of any kind in each unit from 2026-01-01 unless it says otherwise. */
export type RuleFacts = Partial<StandardRule>

export function ruleSaid(facts: RuleFacts = {}): StandardRule {
  return StandardRule.parse({ from: '2026-01-01', units: null, kinds: ['hospital', 'pharmacy', 'other'], eligibleOnly: false, minInstitutions: 1, minCities: 0, reason: { zh: 'a test', en: 'a test' }, ...facts })
}

/** An officer decides the standard of a drug, past all permissions. */
export async function decided(world: World, drug: string, rules: readonly RuleFacts[], { at = '2026-06-30', ...own }: Partial<Deciding> = {}): Promise<void> {
  const list = await world.list()
  const row = (await findDrug(world.services.db, list.id, drug))!
  const version = (await standardNow(world.services.db, row.id))?.version ?? 0
  await changeStandard(world.services.db, list, row, { version, rules: rules.map(ruleSaid) }, { account: 'someone', author: 'An officer', role: 'operator', why: 'a test', ...own, at: instantOf(at) })
  world.services.lists.forget()
}
