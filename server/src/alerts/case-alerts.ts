import type { Database } from '@lastmile/db/database'
import type { NewMessage } from '@lastmile/db/load/notify'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import type { ListRow } from '@lastmile/db/query/lists'
import { noticesOf } from '@lastmile/db/query/notices'
import { factsFor } from '@lastmile/db/query/question'
import type { SubscriberRow } from '@lastmile/db/query/subscriptions'
import { dayIn } from '@lastmile/shared/day'
import type { Address } from '@lastmile/shared/message'
import { everything, purviewOf, type Purview } from '@lastmile/shared/purview'
import { recipientsOf, tellOthers, type ToldToSubscribers } from './subscribers.js'

/** A letter of a case, as far as it says whose it is. */
type Letter = CaseFacts['letters'][number]

/**
 * Tells of a letter that was not answered in time those who subscribed to any gap of it before its due day had passed, may see the
 * letter, and are not told of it anyway (`anyway`: its addressee, and the office that keeps the case).
 */
export async function overdueLetterAlerts(db: Database, list: ListRow, subscribers: readonly SubscriberRow[], found: CaseFacts, letter: Letter, anyway: readonly Address[], message: ToldToSubscribers): Promise<NewMessage[]> {
  const wanting = subscribers.filter(({ events, createdAt, account }) => events.includes('case_overdue') && (list.clock === 'demonstration' || dayIn(list.timeZone, createdAt) <= letter.dueOn!) && seesLetter(purviewOf(account, 'case.read', list.code), found, letter))
  if (wanting.length === 0) return []
  const [notice] = await noticesOf(db, list, everything, found.id, letter.code)
  const companies = new Map([...(await factsFor(db, list)).drugs.values()].map(({ code, company }) => [code, company]))
  const evidence = evidenceOf(found)
  const happened = (notice?.gaps ?? []).map(({ drug, unit }) => ({ event: 'case_overdue' as const, evidence, drugs: [drug], company: companies.get(drug) ?? null, unit, acts: null }))
  return tellOthers(recipientsOf(wanting, ...happened), anyway, message)
}

/** Whether a letter is somebody's to see: his office keeps its case, or it is for him. What `noticesWithin` says of rows. */
function seesLetter(purview: Purview, { unit }: Pick<CaseFacts, 'unit'>, { office, to }: Pick<Letter, 'office' | 'to'>): boolean {
  switch (purview.of) {
    case 'all': return true
    case 'unit': return unit === purview.unit || (office === 'province' && to === purview.unit)
    case 'company': return office === 'company' && to === purview.company
    default: return false
  }
}
