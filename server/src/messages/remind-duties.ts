import type { Database } from '@lastmile/db/database'
import { notify, settleDuty, type NewMessage } from '@lastmile/db/load/notify'
import { dutiesOf, dutyByUnit, owingWithAccounts, type DutyRecord } from '@lastmile/db/query/duties'
import type { ListRow } from '@lastmile/db/query/lists'
import { dutyReminderOn, type DutyReminder } from '@lastmile/shared/duty-reminder'
import type { Services } from '../lib/services.js'

/** Institutions told in one transaction. */
const toldAtOnce = 100

type Parts = Pick<Services, 'db' | 'clock' | 'log'>

/**
 * Reminds of a list's dated duties that are due soon, or past: the officers of each unit how many of its institutions have not said
 * that it is done, one message a unit, and each of those institutions that has an account. Each reminder is one message, however often and by
 * however many servers this is done, and takes the place of the one before. Answers how many were new.
 */
export async function remindOfDuties(services: Parts, list: ListRow): Promise<number> {
  let made = 0
  for (const duty of await dutiesOf(services.db, list)) {
    const reminder = dutyReminderOn(duty.data, list.today)
    if (reminder !== null) made += (await remindUnits(services, list, duty, reminder)) + (await remindInstitutions(services, list, duty, reminder))
  }
  if (made > 0) services.log.info({ event: 'reminders', list: list.code, made }, 'who owes duties was reminded')
  return made
}

async function remindUnits({ db, clock }: Parts, list: ListRow, duty: DutyRecord, reminder: DutyReminder): Promise<number> {
  const units = (await dutyByUnit(db, list, duty)).flatMap(({ unit, ...counts }) => (unit === null ? [] : [{ unit, ...counts }]))
  const messages = units.filter((one) => one.not_reported + one.not_convened > 0).map(({ unit, owed: all, not_reported, not_convened }): NewMessage => ({
    ...messageOf(list, duty, reminder, unit, clock.now()), kind: reminder.when === 'before' ? 'unit_duty_due_soon' : 'unit_duty_overdue', to: [{ role: 'province_officer', unit }],
    subject: { duty: duty.data.code, dueOn: duty.data.dueOn, asOf: list.today, regions: [unit], owed: { all, not_reported, not_convened } },
  }))
  return tell(db, list, duty, 'unit', units.map(({ unit }) => unit), messages, clock.now())
}

async function remindInstitutions({ db, clock }: Parts, list: ListRow, duty: DutyRecord, reminder: DutyReminder): Promise<number> {
  const owing = await owingWithAccounts(db, list, duty)
  let made = 0
  for (let at = 0; at < owing.length; at += toldAtOnce) {
    const some = owing.slice(at, at + toldAtOnce)
    const messages = some.map((institution): NewMessage => ({
      ...messageOf(list, duty, reminder, institution, clock.now()), kind: reminder.when === 'before' ? 'duty_due_soon' : 'duty_overdue', to: [{ role: 'institution', institution }],
      subject: { duty: duty.data.code, dueOn: duty.data.dueOn, institution },
    }))
    made += await tell(db, list, duty, 'institution', some, messages, clock.now())
  }
  return made
}

/** Tells, and settles what the same were told before: it is told anew, or there is nothing left to be told. */
async function tell(db: Database, list: ListRow, { data: { code: duty } }: DutyRecord, of: 'institution' | 'unit', codes: readonly string[], messages: readonly NewMessage[], at: string): Promise<number> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await settleDuty(tx, { listId: list.id, duty, of, codes, but: messages.map(({ key }) => key), at })
    return notify(tx, messages)
  })
}

function messageOf(list: ListRow, { data: { code } }: DutyRecord, { day }: DutyReminder, whose: string, now: string): Pick<NewMessage, 'listId' | 'sourceId' | 'by' | 'key' | 'at'> {
  // The demonstration has a past of its own, and its messages stand in it.
  return { listId: list.id, sourceId: null, by: null, key: `${code} ${whose} ${day}`, at: list.clock === 'demonstration' ? `${day}T00:00:00.000Z` : now }
}
