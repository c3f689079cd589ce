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

/** Of how many hospitals one has answered, and at how many provinces' officers it is they who answer. */
const [answeredOf, byProvinces] = [0.45, 8]
const everyHospital = { area: null, state: null, drug: null, outcome: null, search: null }
const whyNot: readonly Reason[] = ['few_patients', 'cold_chain', 'thin_margin', 'qualified_centre', 'performance_assessment', 'expiry_risk', 'formulary_size']

/** Answers the demonstration's duties for some hospitals, as these or their provinces would: by lot, from streams of their own. What an interrupted start has answered already is left as it is. */
export async function answerDemonstrationDuties(db: Database, list: ListRow): Promise<void> {
  const drugs = (await drugsOf(db, list.id)).map(({ data }) => data.code)
  for (const duty of await dutiesOf(db, list)) {
    const { rows } = await dutyRows(db, list, duty, everything, null, everyHospital, { offset: 0, limit: 10_000 })
    if (rows.some(({ state }) => state !== 'not_reported')) continue
    const random = randomOf(`who answers the duty ${duty.data.code}`)
    const provinces = new Set(random.shuffled([...new Set(rows.flatMap(({ unit }) => unit ?? []))]).slice(0, byProvinces))
    await db.transaction(async (tx) => {
      for (const row of rows) if (random.chance(answeredOf)) await answer(tx as Database, list, duty, row, drugs, provinces)
    })
  }
}

async function answer(db: Database, list: ListRow, duty: DutyRecord, { institution, unit }: DutyRow, drugs: readonly string[], provinces: ReadonlySet<string>): Promise<void> {
  const random = randomOf(`the duty ${duty.data.code} at ${institution}`)
  const isLate = random.chance(0.15)
  const on = addDays(duty.data.dueOn, isLate ? 3 + random.below(40) : -random.below(50))
  const said = random.chance(0.08) ? DutySaid.parse({ convened: false, note: random.chance(0.5) ? '待下次会议 awaiting the next meeting' : null }) : DutySaid.parse({ convened: true, on, outcomes: decided(random, drugs) })
  const byProvince = unit !== null && provinces.has(unit)
  await answerDuty(db, list, { duty, institution, purview: everything, version: 0 }, said, { at: answeredAt(random, said.on ?? duty.data.dueOn), by: byProvince ? 'demonstration-province_officer' : 'demonstration-institution', role: byProvince ? 'province_officer' : 'institution' })
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
