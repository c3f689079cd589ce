import { findArea } from '@lastmile/db/query/area'
import { demonstrationAccounts, insertAccount } from '@lastmile/db/query/accounts'
import { institutionsOf } from '@lastmile/db/query/institutions'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NewAccount } from '@lastmile/shared/account'
import type { AccountRole } from '@lastmile/shared/permission'
import type { Services } from '../lib/services.js'
import { stateDemonstrationCandidacies } from './candidacies.js'
import { followDemonstrationGaps } from './cases.js'
import { askDemonstrationOffices } from './company-requests.js'
import { registerDemonstrationDemand } from './demands.js'
import { approveDemonstrationReports } from './approvals.js'
import { makeDemonstrationSubscriptions } from './subscriptions.js'
import { accountsCity as city, accountsCompany as company, accountsProvince as province } from './schedule.js'

/** The demonstration's people, one a role: what they are called, and what they are of. */
const people: readonly (Pick<NewAccount, 'name' | 'role'> & Partial<NewAccount>)[] = [
  { role: 'reader', name: '监管查看 Regulator, reading' },
  { role: 'operator', name: '监管经办 Regulator, operating' },
  { role: 'system_administrator', name: '系统管理 System administrator' },
  { role: 'security_administrator', name: '安全管理 Security administrator' },
  { role: 'auditor', name: '审计 Auditor' },
  { role: 'province_officer', name: '省级经办 Provincial officer', unit: province },
  { role: 'city_officer', name: '市级经办 City officer', unit: province, city },
  { role: 'company', name: '企业 Company', company },
  { role: 'insurer', name: '保险机构 Insurer', insurer: 'demonstration-insurer' },
  { role: 'institution', name: '医疗机构 Institution' },
]

/**
 * Makes the accounts of the demonstration where there are none yet: anybody may use them, and they see its list alone.
 * They have no password; nothing but the demonstration's own door opens them.
 */
export async function makeDemonstrationAccounts(services: Services, list: ListRow): Promise<void> {
  if ((await demonstrationAccounts(services.db)).length > 0) return
  await approveDemonstrationReports(services, list)
  const hospitals = await someHospitals(services, list)
  const institution = hospitals[0]!
  const none = { list: list.code, unit: null, city: null, company: null, insurer: null, institution: null, agent: null }
  for (const [i, person] of people.entries()) {
    const own = person.role === 'institution' ? { institution } : {}
    await insertAccount(services.db, idOf(person.role), { ...none, ...person, ...own, email: `${person.role}@demonstration.invalid`, demonstration: true, createdAt: new Date(i).toISOString() })
  }
  await makeDemonstrationSubscriptions(services, list, idOf)
  await followDemonstrationGaps(services, list)
  await askDemonstrationOffices(services, list)
  await stateDemonstrationCandidacies(services, list)
  await registerDemonstrationDemand(services, list, hospitals)
}

/** The same in every demonstration, so that a page can name them. */
function idOf(role: AccountRole): string {
  return `demonstration-${role}`
}

/** Hospitals of the accounts' city: the account's own first, and others that want a drug too. */
async function someHospitals({ db }: Services, list: ListRow): Promise<string[]> {
  const when = { evidence: 'confirmed' as const, asOf: list.today, knownOn: null, since: null }
  const filter = { search: null, areas: null, box: null, placed: null, kind: 'hospital' as const, drug: null, states: null, eligible: null }
  const area = await findArea(db, list.regionSetId, city)
  const { rows } = await institutionsOf(db, list, when, { ...filter, areas: area && [area] }, { offset: 0, limit: 6, sort: null })
  return rows.map(({ code }) => code)
}
