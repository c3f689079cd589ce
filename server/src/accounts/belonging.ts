import { findArea, isCityOf } from '@lastmile/db/query/area'
import { companiesOf } from '@lastmile/db/query/drugs'
import { hasInstitution } from '@lastmile/db/query/institutions'
import { belongingOf, type SeenAs } from '@lastmile/shared/account'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

const all = ['unit', 'city', 'company', 'insurer', 'institution'] as const

/**
 * Checks that what an account is to be of fits its role, and is there. `within`: the list of who asks; null is any.
 * @throws Refusal 422 for what a role lacks or cannot have, 404 for what is not there
 */
export async function checkBelonging(services: Services, own: SeenAs, within: string | null): Promise<void> {
  const needed = belongingOf(own.role)
  for (const one of all) {
    if (needed.includes(one) && own[one] === null) throw new Refusal(422, 'account.lacks', `${one}: this role is of one; say which.`, { field: one })
    if (!needed.includes(one) && own[one] !== null) throw new Refusal(422, 'account.cannot', `${one}: this role is of none.`, { field: one })
  }
  if (own.agent !== null && own.role !== 'company') throw new Refusal(422, 'account.cannot', 'agent: only a company has an agent.', { field: 'agent' })
  if (within !== null && own.list !== null && own.list !== within) throw notFound('list', own.list)
  const lists = (await services.lists.all()).filter(({ code }) => (own.list ?? within ?? code) === code)
  if (own.list !== null && lists.length === 0) throw notFound('list', own.list)
  const isAnywhere = async (what: (typeof all)[number], look: (list: (typeof lists)[number]) => Promise<boolean>) => {
    if (own[what] === null) return
    for (const list of lists) if (await look(list)) return
    throw new Refusal(404, `${what}.not_found`, `There is no ${what} "${own[what].slice(0, 80)}" in ${lists.length === 1 ? 'the list' : 'any list'}.`, { field: what })
  }
  await isAnywhere('unit', async (list) => (await findArea(services.db, list.regionSetId, own.unit!))?.level === 'unit')
  await isAnywhere('city', async (list) => isCityOf(await findArea(services.db, list.regionSetId, own.city!), await findArea(services.db, list.regionSetId, own.unit!)))
  await isAnywhere('company', async (list) => (await companiesOf(services.db, list.id)).some(({ code }) => code === own.company))
  await isAnywhere('institution', (list) => hasInstitution(services.db, list, own.institution!))
}
