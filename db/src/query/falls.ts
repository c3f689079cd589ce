import { dayNumber, endOfDays, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { hasFallen, type Falling } from '@lastmile/shared/alerting'
import type { Stretch } from '@lastmile/shared/gap-episode'
import { kinds } from '@lastmile/shared/kind'
import { stateCode, unknownStates } from '@lastmile/shared/state'
import { stateCounter, stockedAt, sumAt, wholeSlot } from '../coverage/counts.js'
import type { Histories } from '../coverage/histories.js'
import type { ListFacts, UnitFacts } from '../coverage/list-facts.js'
import { Running } from '../coverage/running.js'
import type { Timeline } from '../coverage/timeline.js'

/** Days on which much fewer institutions stock a drug than some weeks before, in a unit or (null) in the whole. `isSilence`: on the first of them those of whom nothing that counts is said any more would make up for it. */
export interface Fall extends Stretch {
  drug: number
  unit: UnitFacts | null
  isSilence: boolean
}

const unknown = kinds.flatMap((_, kind) => unknownStates.map((state) => stateCounter(kind, stateCode(state))))

/** Where coverage has fallen, on which days up to one, by what counts as fallen. */
export async function fallsOf(facts: ListFacts, histories: Histories, evidence: Evidence, drugs: readonly number[], falling: Falling, asOf: Day): Promise<Fall[]> {
  const places = drugs.flatMap((drug) => [null, ...facts.units].map((unit) => ({ drug, unit, place: unit === null ? wholeSlot : unit.slot })))
  const lines = await histories.units(evidence, places)
  const [from, to] = [facts.inForce, dayNumber(asOf)]
  return places.flatMap(({ drug, unit }, i) => {
    const line = lines[i]
    return line ? stretchesOf(line, falling, from, to).map((one) => ({ ...one, drug, unit })) : []
  })
}

function stretchesOf(line: Timeline, falling: Falling, from: number, to: number): (Stretch & { isSilence: boolean })[] {
  const running = new Running(line, 1)
  const stocked: number[] = []
  const found: (Stretch & { isSilence: boolean })[] = []
  for (let day = from; day <= to; day++) {
    running.moveTo(day)
    const now = stockedAt(running.now, 0)
    stocked.push(now)
    const before = stocked[day - from - falling.days]
    const isFallen = before !== undefined && hasFallen(falling, before, now)
    const last = found.at(-1)
    if (isFallen && last?.to !== endOfDays) found.push({ from: day, to: endOfDays, isSilence: !hasFallen(falling, before, now + sumAt(running.now, 0, unknown)) })
    else if (!isFallen && last?.to === endOfDays) last.to = day
  }
  return found
}
