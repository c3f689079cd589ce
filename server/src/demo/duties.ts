import type { Database } from '@lastmile/db/database'
import { answerDuty } from '@lastmile/db/query/answer-duty'
import { dutiesOf, dutyRows, type DutyRecord } from '@lastmile/db/query/duties'
import { drugsOf } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { addDays, type Day } from '@lastmile/shared/day'
import { DutySaid, type DutyOutcome, type DutyRow } from '@lastmile/shared/duty'
import { everything } from '@lastmile/shared/purview'
import type { Reason } from '@lastmile/shared/status'
import { officeHour } from './calendar.js'
import { randomOf, type Random } from './random.js'
import { accountsProvince } from './schedule.js'

/** Of how many units any hospital has answered, how many of it, and in how many of these units it is the officers who answer. From all others nobody has heard. */
const [units, answeredOf, byOfficers] = [11, 0.4, 4]
const everyHospital = { area: null, state: null, drug: null, outcome: null, search: null }
const whyNot: readonly Reason[] = ['few_patients', 'cold_chain', 'thin_margin', 'qualified_centre', 'performance_assessment', 'expiry_risk', 'formulary_size']

/** Answers the demonstration's duties for some hospitals, as these or their provinces would: by lot, from streams of their own. What an interrupted start has answered already is left as it is. */
export async function answerDemonstrationDuties(db: Database, list: ListRow): Promise<void> {
  const drugs = (await drugsOf(db, list.id)).map(({ data }) => data.code)
  for (const duty of await dutiesOf(db, list)) {
    const { rows } = await dutyRows(db, list, duty, everything, null, everyHospital, { offset: 0, limit: 10_000 })
    if (rows.some(({ state }) => state !== 'not_reported')) continue
    const random = randomOf(`who answers the duty ${duty.data.code}`)
    const others = random.shuffled([...new Set(rows.flatMap(({ unit }) => unit ?? []))].filter((unit) => unit !== accountsProvince))
    const answering = [...others.slice(0, units - 1), accountsProvince]
    const officers = new Set(answering.slice(0, byOfficers))
    await db.transaction(async (tx) => {
      for (const row of rows) if (row.unit !== null && answering.includes(row.unit) && random.chance(answeredOf)) await answer(tx as Database, list, duty, row, drugs, officers.has(row.unit))
    })
  }
}

async function answer(db: Database, list: ListRow, duty: DutyRecord, { institution }: DutyRow, drugs: readonly string[], byOfficer: boolean): Promise<void> {
  const random = randomOf(`the duty ${duty.data.code} at ${institution}`)
  const isLate = random.chance(0.15)
  const on = addDays(duty.data.dueOn, isLate ? 3 + random.below(40) : -random.below(50))
  const said = random.chance(0.08) ? DutySaid.parse({ convened: false, note: random.chance(0.5) ? '待下次会议 awaiting the next meeting' : null }) : DutySaid.parse({ convened: true, on, outcomes: decided(random, drugs) })
  await answerDuty(db, list, { duty, institution, purview: everything, version: 0 }, said, { at: answeredAt(random, said.on ?? duty.data.dueOn), by: byOfficer ? 'demonstration-province_officer' : 'demonstration-institution', role: byOfficer ? 'province_officer' : 'institution' })
}

/** Some days after the meeting, or after the day by which it was due. */
function answeredAt(random: Random, day: Day): string {
  return officeHour(random, day, 1 + random.below(9))
}

/** What a committee decided of some drugs; of the others nothing is said. */
function decided(random: Random, drugs: readonly string[]): DutyOutcome[] {
  return drugs.flatMap((drug): DutyOutcome[] => {
    if (!random.chance(0.35)) return []
    const chance = random.next()
    if (chance < 0.45) return [{ drug, outcome: 'admitted', reason: null }]
    return chance < 0.7 ? [{ drug, outcome: 'temporary_purchase', reason: null }] : [{ drug, outcome: 'refused', reason: random.pick(whyNot) }]
  })
}
