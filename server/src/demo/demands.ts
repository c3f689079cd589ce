import type { ListRow } from '@lastmile/db/query/lists'
import { thePublic } from '@lastmile/shared/account'
import { demandPatients, demandUrgencies, type NewDemand } from '@lastmile/shared/demand'
import { addDays, type Day } from '@lastmile/shared/day'
import { auditBy } from '../audit/event-of.js'
import { registerDemand } from '../demand/register-demand.js'
import type { Services } from '../lib/services.js'
import { instantAt } from './calendar.js'
import { randomOf } from './random.js'
import { accountsCity, accountsProvince } from './schedule.js'

/** What doctors registered: so many demands for a drug in a city, one a day up to a day. */
interface Wanted { drug: string; unit: string; city: string; demands: number; until: Day }

/*
 * Cities above the threshold and below it, so that the page shows both; where the drug is in stock, and where nobody has it. The
 * drug of the accounts' company and others.
 */
const wanted: readonly Wanted[] = [
  { drug: 'CID2025019', unit: accountsProvince, city: '371600', demands: 7, until: '2026-06-29' },
  { drug: 'CID2025019', unit: accountsProvince, city: '371700', demands: 6, until: '2026-06-29' },
  { drug: 'CID2025019', unit: accountsProvince, city: '370400', demands: 3, until: '2026-06-26' },
  { drug: 'CID2025019', unit: accountsProvince, city: '371100', demands: 2, until: '2026-06-25' },
  { drug: 'CID2025001', unit: accountsProvince, city: '370600', demands: 3, until: '2026-06-28' },
  { drug: 'CID2025018', unit: accountsProvince, city: accountsCity, demands: 5, until: '2026-06-20' },
  { drug: 'CID2025019', unit: '540000', city: '540300', demands: 6, until: '2026-06-28' },
  { drug: 'CID2025010', unit: '440000', city: '441200', demands: 4, until: '2026-06-24' },
  { drug: 'CID2025006', unit: '650000', city: '653100', demands: 5, until: '2026-06-27' },
]

/** Registers the demonstration's demands by the product's own verb, each on its day, and those of its institution (the first) and of others in its city. Under keys of their own: what an interrupted start has registered already is found again. */
export async function registerDemonstrationDemand(services: Services, list: ListRow, institutions: readonly string[]): Promise<void> {
  const random = randomOf('demands')
  const register = (day: Day, of: string | null, own: Pick<NewDemand, 'drug' | 'unit' | 'city'>, key: string) => {
    const by = auditBy(of === null ? thePublic : { ...thePublic, kind: 'account', id: 'demonstration-institution', name: 'institution', role: 'institution', institution: of }, null)
    return registerDemand(services, { by, at: instantAt(day, 10, 15) }, { ...list, today: day }, of, { ...own, patients: random.pick(demandPatients), urgency: random.pick(demandUrgencies) }, key)
  }
  for (const { drug, unit, city, demands, until } of wanted) {
    // Two a day: of a drug and a unit one is told once a day.
    for (let i = 0; i < demands; i++) await register(addDays(until, -Math.floor((demands - 1 - i) / 2)), null, { drug, unit, city }, `demonstration-${drug}-${city}-${i}`)
  }
  await register('2026-06-23', institutions[0]!, { drug: 'CID2025001', unit: null, city: null }, 'demonstration-institution-1')
  // A company is told of a city by the institutions that ask, from five on.
  for (const [i, institution] of institutions.entries()) await register(addDays('2026-06-29', -i), institution, { drug: 'CID2025019', unit: null, city: null }, `demonstration-institution-${i + 2}`)
}
