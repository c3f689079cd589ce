import type { Smoothing } from '@lastmile/shared/alerting'
import { dayNumber, dayOfNumber, endOfDays, type Day } from '@lastmile/shared/day'
import { gapClasses, type GapAct, type GapClass } from '@lastmile/shared/gap-act'
import { endToldOn, toldOf, type Stretch, type Told } from '@lastmile/shared/gap-episode'
import type { AlertKind } from '@lastmile/shared/subscription'
import type { AlertRow } from '@lastmile/db/query/alerts'
import type { Fall } from '@lastmile/db/query/falls'
import type { GapSpans } from '@lastmile/db/query/gap-spans'

/** Something that is told as it begins and as it ends. Drug and unit by narrow ids; unit null: the whole. */
export interface Occurrence extends Told {
  kind: AlertKind
  drug: number
  unit: number | null
  class: GapClass
  /** What can be done about it; null: that depends on no one. */
  acts: readonly GapAct[] | null
  /** False where it ends because the same gap goes on as one of another class. */
  endsAll: boolean
}

/** What of gaps over time is told: of each class by itself, so that silence that turns out to be a lack is told anew. Whoever is told on a day to come is left out. */
export function gapOccurrences({ drug, unit, episodes }: GapSpans, smoothing: Smoothing, today: number): Occurrence[] {
  const phases = episodes.flatMap((episode) => episode.phases.map((phase) => ({ ...phase, endsAll: phase.to === episode.to })))
  return gapClasses.flatMap((is) => {
    const own: (Stretch & Pick<Occurrence, 'acts' | 'endsAll'>)[] = []
    for (const { from, to, class: of, acts, endsAll } of phases) {
      if (of !== is) continue
      const last = own.at(-1)
      if (last?.to === from) Object.assign(last, { to, acts, endsAll })
      else own.push({ from, to, acts, endsAll })
    }
    return toldOf(own, smoothing).filter(({ toldOn }) => toldOn <= today).map((told) => {
      const { acts, endsAll } = own.find(({ to }) => to === told.to)!
      return { kind: 'gap' as const, drug, unit: unit.id, class: is, acts, endsAll, ...told }
    })
  })
}

/** The same of falls of one drug in one place. */
export function fallOccurrences(falls: readonly Fall[], smoothing: Smoothing, today: number): Occurrence[] {
  return toldOf(falls, smoothing).filter(({ toldOn }) => toldOn <= today).map((told) => {
    const { drug, unit, isSilence } = falls.find(({ from }) => from === told.from)!
    return { kind: 'fall' as const, drug, unit: unit?.id ?? null, class: isSilence ? 'reporting' as const : 'supply' as const, acts: null, endsAll: true, ...told }
  })
}

/** What is to be changed in what is kept, so that it says what is seen now. */
export interface Reconciled {
  /** Not kept yet. */
  fresh: Occurrence[]
  /** Kept otherwise. */
  moved: { id: number; to: Day | null; isOver: boolean }[]
  /** Of those that are kept, what has ended for good since: that is told. */
  ended: { id: number; one: Occurrence }[]
}

/** What ended longer ago and is not kept is left alone: nobody wants to hear of it any more. */
export const madeUpDays = 31

/** Holds what is seen against what is kept. Late reports move the days of what was told already: what overlaps, or nearly does, is the same. */
export function reconcile(seen: readonly Occurrence[], kept: readonly AlertRow[], smoothing: Smoothing, today: number): Reconciled {
  const result: Reconciled = { fresh: [], moved: [], ended: [] }
  const left = new Set(kept)
  for (const one of seen) {
    const end = endToldOn(one, smoothing)
    const isOver = end !== null && end <= today
    const row = [...left].find((other) => isSame(one, other, smoothing))
    if (!row) {
      if (end === null || end > today - madeUpDays) result.fresh.push(one)
      continue
    }
    left.delete(row)
    const to = toOf(one)
    // What had ended when somebody first subscribed is over, though it might have come again.
    if (row.isOver && to === row.to) continue
    if (to !== row.to || isOver !== row.isOver) result.moved.push({ id: row.id, to, isOver })
    if (isOver && !row.isOver) result.ended.push({ id: row.id, one })
  }
  // What was told of and is seen no more was a mistake of what was reported then.
  for (const row of left) if (!row.isOver) result.moved.push({ id: row.id, to: row.to ?? dayOfNumber(today), isOver: true })
  return result
}

/** The first day on which it is so no more; null while it is. */
export function toOf({ to }: Stretch): Day | null {
  return to === endOfDays ? null : dayOfNumber(to)
}

function isSame(one: Occurrence, row: AlertRow, { sameWithinDays }: Smoothing): boolean {
  if (one.kind !== row.kind || one.drug !== row.drug || one.unit !== row.unit || one.class !== row.class) return false
  const [from, to] = [dayNumber(row.from), row.to === null ? endOfDays : dayNumber(row.to)]
  return one.from < to + sameWithinDays && from < one.to + sameWithinDays
}
