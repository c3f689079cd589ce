import { auditBy } from '@lastmile/server/audit/event-of'
import { registerDemand } from '@lastmile/server/demand/register-demand'
import type { Services } from '@lastmile/server/lib/services'
import { theCommand, thePublic } from '@lastmile/shared/account'
import { listCode } from '../../../support/edition.js'

/** The demands of the table: of doctors in the North (alpha) and the Corps' city (gamma), and of the hospital (beta). Made by the verb itself. */
export async function givenDemands(services: Services): Promise<void> {
  const list = (await services.lists.find(listCode))!
  const register = (institution: string | null, drug: string, unit: string | null, city: string | null) =>
    registerDemand(services, { by: auditBy(institution === null ? thePublic : theCommand, null), at: services.clock.now() }, list, institution, { drug, unit, city, patients: 'one_or_two', urgency: 'weeks' }, null)
  await register(null, 'alpha', '100000', '100100')
  await register(null, 'gamma', '660000', '650200')
  await register('H1', 'beta', null, null)
}
