import type { Database } from '@lastmile/db/database'
import { drugsOf, type DrugRow } from '@lastmile/db/query/drugs'
import { factPlaceOf, heldFact, insertFact, lockLadder, sayFact, undecided, type FactDecision, type FactKeeping } from '@lastmile/db/query/keep-ladder-fact'
import { ladderFactsAnswer } from '@lastmile/db/query/ladder-facts'
import { laddersOf } from '@lastmile/db/query/ladders'
import type { ListRow } from '@lastmile/db/query/lists'
import { addDays, type Day, type Instant } from '@lastmile/shared/day'
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { LadderFactSaid } from '@lastmile/shared/ladder-fact'
import { everything } from '@lastmile/shared/purview'
import type { FactSaying, Rung } from '@lastmile/shared/rung'
import { demonstrationToday } from './calendar.js'
import { randomOf } from './random.js'

/*
 * Facts of the last mile that nobody can take for published ones: each says in its source that it is invented. They are drawn from
 * streams of their own and agree with what the demonstration's reports say, but for a few that contradict them. Of what was
 * published of a unit nothing is invented.
 */

const source = { text: { zh: '演示数据，无对应文件', en: 'demonstration data: there is no such document' } }

/** Of which rungs something was published of all drugs of a unit. */
const published: Record<string, readonly Rung[]> = { 370000: ['in_force', 'exclusion_self_pay', 'exclusion_substitute', 'exclusion_drg'], 310000: ['one_stop_settlement'], 440000: ['one_stop_settlement'] }

interface Drawn {
  rung: Rung
  drug: DrugRow | null
  unit: string
  says: FactSaying
  from: Day
  detail?: object
  /** Who entered it. */
  by: 'province' | 'company'
  /** What the province made of what a company entered. */
  became?: 'confirmed' | 'refused' | 'waits'
}

/** Enters the demonstration's facts as provinces and companies would. What an interrupted start has entered already is left as it is. */
export async function enterDemonstrationLadder(db: Database, list: ListRow): Promise<void> {
  if ((await ladderFactsAnswer(db, list, null, everything, { origin: 'province' }, { offset: 0, limit: 1 })).page.total > 0) return
  const drugs = new Map((await drugsOf(db, list.id)).map((drug) => [drug.data.code, drug]))
  const { ladders } = await laddersOf(db, list, { asOf: demonstrationToday, knownOn: null }, { drugs: null, units: null })
  const units = [...new Set(ladders.map(({ unit }) => unit))]
  const drawn = [...units.flatMap(measuresOf), ...ladders.flatMap((one) => factsOf(one, drugs.get(one.drug)!))]
  await db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockLadder(tx, list.id)
    for (const [i, one] of drawn.entries()) await enter(tx, list, one, `demo-${i + 1}`)
  })
}

/** What a province does for all drugs. */
function measuresOf(unit: string): Drawn[] {
  const random = randomOf(`measures ${unit}`)
  const day = () => addDays('2026-01-01', random.below(75))
  const own = (rung: Rung, says: FactSaying, detail: object = {}): Drawn => ({ rung, drug: null, unit, says, from: day(), detail, by: 'province' })
  const applied = 4 + random.below(60)
  const rule = (zh: string, en: string) => ({ rule: { zh: `演示：${zh}`, en: `demonstration: ${en}` } })
  const drawn = [
    random.next() < 0.75 ? { ...own('in_force', 'yes'), from: addDays('2026-01-01', random.below(12)) } : null,
    random.next() < 0.7 ? own('exclusion_self_pay', 'yes', rule('目录药品不计入自费率指标', 'listed drugs are not in the self-pay-rate indicator')) : null,
    random.next() < 0.55 ? own('exclusion_substitute', random.next() < 0.9 ? 'yes' : 'no', rule('目录药品不纳入集采可替代品种监测', 'listed drugs are not in the monitoring of substitutes')) : null,
    random.next() < 0.5 ? own('exclusion_drg', 'conditional', {
      ...rule('符合条件的病例可申请不按病种付费', 'eligible cases may apply to be left out of payment by case'), reviewPath: { zh: '演示：医疗机构申请，市级经办机构按季审核', en: 'demonstration: the hospital applies, the city\'s agency reviews each quarter' }, casesApplied: applied, casesApproved: random.below(applied + 1),
    }) : null,
    random.next() < 0.4 ? own('one_stop_settlement', 'yes', { institutions: 1 + random.below(9) }) : null,
  ]
  return drawn.filter((one) => one !== null).filter(({ rung }) => !published[unit]?.includes(rung))
}

/** What is known of a drug in a unit, beside what reports tell. */
function factsOf({ drug: code, unit, rungs }: LadderRow, drug: DrugRow): Drawn[] {
  const random = randomOf(`ladder ${code} ${unit}`)
  const [stocked, supplied] = ['stocked', 'supplied'].map((rung) => rungs.find((one) => one.rung === rung)!)
  const isStocked = stocked!.state === 'yes'
  const whose = (): Pick<Drawn, 'by' | 'became'> => {
    if (random.next() < 0.5) return { by: 'province' }
    const lot = random.next()
    return { by: 'company', became: lot < 0.68 ? 'confirmed' : lot < 0.95 ? 'waits' : 'refused' }
  }
  const own = (rung: Rung, says: FactSaying, from: Day, detail: object = {}): Drawn => ({ rung, drug, unit, says, from: clamp(from), detail, ...whose() })
  const drawn: Drawn[] = []
  const first = stocked!.since ?? addDays('2026-01-10', random.below(120))
  const [listing, admitting, settling, days] = [random.next(), random.next(), random.next(), 3 + random.below(40)]
  if (isStocked ? listing < 0.93 : listing < 0.5) drawn.push(own('platform_listed', 'yes', addDays(first, -days)))
  else if (isStocked ? listing < 0.96 : listing < 0.65) drawn.push(own('platform_listed', 'no', addDays('2026-01-10', random.below(60))))
  else if (isStocked && listing < 0.98) drawn.push(own('platform_listed', 'yes', addDays(first, days)))
  const by = drug.data.supplyForm === 'made_for_patient' ? 'formulary' : random.pick(['formulary', 'designated_pharmacy', 'both'] as const)
  if (isStocked ? admitting < 0.8 : admitting < 0.15) drawn.push(own('admitted', 'yes', addDays(first, -random.below(days)), { by, institutions: Math.max(1, Math.floor((stocked!.institutions ?? 2) * 0.6)) }))
  else if (isStocked ? admitting < 0.83 : admitting < 0.4) drawn.push(own('admitted', 'no', addDays('2026-02-28', random.below(60))))
  if (supplied!.state === 'yes' && settling < 0.4) drawn.push(own('settled', 'yes', addDays(supplied!.since!, random.below(30))))
  return drawn
}

/** From the day on which the list was published until the week before the demonstration's today. */
function clamp(day: Day): Day {
  return day < '2025-12-08' ? '2025-12-08' : day > addDays(demonstrationToday, -14) ? addDays(demonstrationToday, -14) : day
}

/** Says a fact some days after it is so, and what became of it some days after that. */
async function enter(tx: Database, list: ListRow, { rung, drug, unit, says, from, detail, by, became }: Drawn, code: string): Promise<void> {
  const said = LadderFactSaid.parse({ rung, drug: drug?.data.code ?? null, unit, says, detail, validFrom: from, source })
  const place = await factPlaceOf(tx, list, said)
  if ('field' in place) throw new Error(`A fact of the demonstration names what is not in its list: ${place.field} ${place.code}`)
  const random = randomOf(`said ${code}`)
  const instant = (day: Day): Instant => `${day}T0${1 + random.below(8)}:30:00.000Z`
  const [at, later] = [instant(addDays(from < list.inForce ? list.inForce : from, 1 + random.below(4))), instant(addDays(from < list.inForce ? list.inForce : from, 6 + random.below(6)))]
  const province = { role: 'province_officer' as const, unit, company: null }
  const decided = (standing: 'confirmed' | 'refused', on: Instant, reason: string | null): FactDecision => ({ standing, decidedBy: 'demonstration', decidedOffice: province, decidedAt: on, reason })
  const keeping: FactKeeping = { at, by: 'demonstration', office: by === 'province' ? province : { role: 'company', unit: null, company: place.company } }
  await insertFact(tx, list, code, { origin: by, company: by === 'company' ? place.company : null }, place, said, keeping, by === 'province' ? decided('confirmed', at, null) : undecided)
  if (became !== 'confirmed' && became !== 'refused') return
  const held = (await heldFact(tx, list, code))!
  await sayFact(tx, held.id, 2, held.fact, { ...keeping, at: later }, decided(became, later, became === 'refused' ? '演示：与省级平台记录不符 (demonstration: the platform says otherwise)' : null))
}
