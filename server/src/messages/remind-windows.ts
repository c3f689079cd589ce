import type { Database } from '@lastmile/db/database'
import { notify, settleWindows, type NewMessage } from '@lastmile/db/load/notify'
import { candidaciesOf, editionsOf } from '@lastmile/db/query/candidacies'
import { rowOf } from '@lastmile/db/query/candidacy-rows'
import type { ListRow } from '@lastmile/db/query/lists'
import { windowReminderOn, windowsEnding } from '@lastmile/shared/listing-edition'
import type { Address } from '@lastmile/shared/message'
import { everything } from '@lastmile/shared/purview'
import type { Services } from '../lib/services.js'

type Parts = Pick<Services, 'db' | 'clock' | 'log'>

/**
 * Tells the regulator, and each company of its own drugs, that windows of an edition end soon: one message for all that end on a day,
 * when the edition's files say, however often and by however many servers this is done. It takes the place of the one before, and is
 * settled once those windows were renewed or are over. Answers how many were new.
 */
export async function remindOfWindows({ db, clock, log }: Parts, list: ListRow): Promise<number> {
  const editions = await editionsOf(db, list, null)
  if (editions.every(({ remind }) => remind === null)) return 0
  const rows = (await candidaciesOf(db, list, everything, null)).map((record) => rowOf(record, editions, list.today))
  const ends = rows.map(({ edition, company, standing: { endsOn } }) => ({ edition, company, endsOn }))
  const companies = [...new Set(ends.flatMap(({ company }) => (company === null ? [] : [company])))].sort()
  const whose: { key: string; to: Address[]; ends: typeof ends }[] = [
    { key: 'office', to: [{ role: 'operator' }], ends },
    ...companies.map((company) => ({ key: `company:${company}`, to: [{ role: 'company' as const, company }], ends: ends.filter((one) => one.company === company) })),
  ]
  const open: string[] = []
  const messages = whose.flatMap(({ key, to, ends: own }) => windowsEnding(own, list.today).flatMap(({ edition, endsOn }): NewMessage[] => {
    const remind = editions.find(({ code }) => code === edition)?.remind ?? null
    const day = remind && windowReminderOn(endsOn, remind.before, list.today)
    const window = `${key} ${edition} ${endsOn}`
    if (day === null) {
      // What was told of it a while ago stays open.
      open.push(window)
      return []
    }
    return [{
      kind: 'window_ends_soon', listId: list.id, sourceId: null, subject: { edition, dueOn: endsOn }, to, by: null, key: `${window} ${day}`,
      // The demonstration has a past of its own, and its messages stand in it.
      at: list.clock === 'demonstration' ? `${day}T00:00:00.000Z` : clock.now(),
    }]
  }))
  const made = await db.transaction(async (transaction) => {
    const tx = transaction as Database
    await settleWindows(tx, { listId: list.id, but: messages.map(({ key }) => key), open, at: clock.now() })
    return notify(tx, messages)
  })
  if (made > 0) log.info({ event: 'reminders', list: list.code, made }, 'whose windows end was told')
  return made
}
