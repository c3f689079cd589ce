import type { Context } from 'hono'
import type { DrugRow } from '@lastmile/db/query/drugs'
import { changeStandard, notOfList, OtherStandard, releaseStandard, type Deciding } from '@lastmile/db/query/keep-standard'
import type { ListRow } from '@lastmile/db/query/lists'
import type { StandardNow } from '@lastmile/db/query/standard-versions'
import { regionsOf } from '@lastmile/db/query/regions'
import { cannotBeMet } from '@lastmile/db/query/standard-limits'
import { standardOf } from '@lastmile/db/query/standards'
import type { StandardAnswer, StandardChange, StandardRule } from '@lastmile/shared/standard'
import { unitsNamedAtMost } from '@lastmile/shared/standard-limits'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** The standard of a drug as it is named by who decides it: at the version that he saw. */
interface Named {
  list: ListRow
  drug: DrugRow
  version: number
}

/** Decides the standard of a drug: all its rules. @throws Refusal 412 if it was decided since, 422 for a unit or institution that is not the list's, or cannot serve, and for a rule that cannot be met */
export async function changedStandard(services: Services, c: Context, { list, drug, version }: Named, { rules, why }: StandardChange): Promise<StandardAnswer> {
  await checkRules(services, list, rules)
  await checkMeetable(services, list, drug, rules)
  return told(services, list, drug, await changeStandard(services.db, list, drug, { version, rules }, deciding(services, c, list, drug, 'standard.change', why)).catch(refused))
}

/** Gives an officer's decision up, so that what the edition says is the standard again. @throws Refusal 412 if it was decided since */
export async function releasedStandard(services: Services, c: Context, { list, drug, version }: Named, why: string): Promise<StandardAnswer> {
  return told(services, list, drug, await releaseStandard(services.db, list, drug, version, deciding(services, c, list, drug, 'standard.release', why)).catch(refused))
}

/** @throws Refusal 422 for a unit or institution that is not the list's, or cannot serve, and for a day before the list came into force */
export async function checkRules({ db }: Services, list: ListRow, rules: readonly StandardRule[]): Promise<void> {
  const early = rules.findIndex(({ from }) => from < list.inForce)
  if (early >= 0) {
    const field = `rules.${early}.from`
    throw new Refusal(422, 'standard.before_list', `${field}: the rule begins on ${rules[early]!.from}, before the list came into force. Let it begin on ${list.inForce} or later.`, { field })
  }
  const wrong = await notOfList(db, list, rules)
  if (wrong === null) return
  const { field, what, code } = wrong
  if (what === 'within') throw new Refusal(422, 'standard.serves_itself', `${field}: "${code.slice(0, 40)}" lies in the unit that it should serve from elsewhere. Name one that lies in another unit.`, { field })
  throw new Refusal(422, `${what}.not_found`, `${field}: there is no ${what} "${code.slice(0, 40)}" in the list.`, { field })
}

/** @throws Refusal 422 where rules that are new ask for more than there can be: it would accuse whoever answers for the drug there of what nobody can do */
async function checkMeetable({ db }: Services, list: ListRow, drug: DrugRow, rules: readonly StandardRule[]): Promise<void> {
  const found = await cannotBeMet(db, list, drug, rules)
  if (found.length === 0) return
  const names = new Map((await regionsOf(db, list)).units.map(({ code, name }) => [code, name]))
  const first = found.slice(0, unitsNamedAtMost).map((one) => ({ ...one, name: names.get(one.unit)! }))
  const said = first.map(({ name, what, asked, most }) => `${name.en} (asks ${asked} ${what}, of ${most}${what === 'institutions' ? ' eligible' : ''})`).join(', ')
  const [field, total] = [`rules.${found[0]!.rule}.${found[0]!.what === 'cities' ? 'minCities' : 'minInstitutions'}`, found.length]
  throw new Refusal(422, 'standard.cannot_be_met', `${field}: nobody could meet it in ${total === 1 ? '1 unit' : `${total} units`}: ${said}${total > first.length ? ', and others' : ''}. Write another rule for ${total === 1 ? 'it' : 'them'}.`, { field, cannotBeMet: { total, first } })
}

function deciding({ clock }: Services, c: Context, list: ListRow, drug: DrugRow, action: 'standard.change' | 'standard.release', why: string): Deciding {
  const { id: account, name: author, role } = c.get('actor')
  return { at: clock.now(), account, author, role, why, event: (before, after) => eventOf(c, { action, outcome: 'done', list: list.code, object: drug.data.code, before: before && noted(before), after: { ...noted(after), why } }) }
}

/** After the commit: the audit remembers it, and who looks at the list hears of it. */
async function told(services: Services, list: ListRow, drug: DrugRow, version: number | null): Promise<StandardAnswer> {
  if (version !== null) {
    services.audit.appended()
    listChanged(services, { list: list.code, version, report: '' })
  }
  return standardOf(services.db, list, drug, null, true)
}

function noted({ version, origin, rules }: StandardNow): Record<string, unknown> {
  return { version, origin, rules }
}

function refused(error: unknown): never {
  if (error instanceof OtherStandard) throw new Refusal(412, 'standard.version', `The standard was decided since: it is at version ${error.version}. Look at it, and decide again.`, { version: error.version })
  throw error
}
