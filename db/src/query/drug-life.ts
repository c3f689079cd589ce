import type { LifeAnswer } from '@lastmile/shared/candidacy'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { evidences } from '@lastmile/shared/evidence'
import { nextEdition } from '@lastmile/shared/listing-edition'
import type { Purview } from '@lastmile/shared/purview'
import { unitsStocked, wholeSlot } from '../coverage/counts.js'
import { reachDay } from '../coverage/reach-day.js'
import { readTimeline } from '../coverage/timeline-rows.js'
import { beginning } from '../coverage/view.js'
import type { Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { candidaciesOf, editionsOf, formerOf, plansNaming } from './candidacies.js'
import { basisAt, eligibilityRows, rowOf, type ListingWhen } from './candidacy-rows.js'
import { findDrug } from './drugs.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'

/** Whose candidacies the asker sees all of, and whose he keeps. */
export interface LifePurviews {
  follow: Purview
  keep: Purview
}

/** A drug's life across editions, by the code of a drug of the list or of a substance; null if there is none that the asker may see. */
export async function drugLife(db: Database, list: ListRow, { follow, keep }: LifePurviews, code: string, when: ListingWhen): Promise<LifeAnswer | null> {
  const editions = await editionsOf(db, list, when.knownOn)
  const all = await candidaciesOf(db, list, follow, when.knownOn)
  const substance = all.find(({ data }) => data.drug === code)?.data.substance ?? code
  const own = all.filter(({ data }) => data.substance === substance)
  if (own.length === 0) return null
  const listed = own.find(({ data }) => data.drug !== null)?.data ?? null
  // The first days are kept as they are known now: of an instant that is past they would tell what nobody knew then.
  const firstStocked = when.knownOn === null ? await firstStockedOf(db, list, listed?.drug ?? null, when.asOf) : []
  const former = await formerOf(db, list, follow, own, when.knownOn)
  const rows = own.map((record) => rowOf(record, editions, when.asOf, record.data.drug === null ? null : firstOf(firstStocked)))
  const next = nextEdition(editions, when.asOf)
  const [row] = next === null ? [] : eligibilityRows(next, editions, rows, await plansNaming(db, list, when.asOf, when.knownOn), when.asOf)
  return {
    basis: basisAt(list, when), substance, name: (listed ?? own.at(-1)!.data).name, drug: listed?.drug ?? null,
    editions: editions.filter((edition) => edition.code === next?.code || own.some(({ data }) => data.edition === edition.code)),
    candidacies: rows.map((one, i) => ({ ...one, former: former.get(own[i]!.id) ?? [], mayKeep: keep.of === 'all' || (keep.of === 'company' && keep.company === one.company) })),
    eligibility: row ? { ...row, edition: next!.code } : null,
    firstStocked,
  }
}

/** The first day, up to the as-of day, on which each kind of evidence has a drug in stock in any unit. */
async function firstStockedOf(db: Database, list: ListRow, code: string | null, asOf: Day): Promise<LifeAnswer['firstStocked']> {
  const drug = code === null ? null : await findDrug(db, list.id, code)
  if (drug === null) return []
  const to = dayNumber(asOf)
  await reachDay(db, await factsFor(db, list), to)
  const first: LifeAnswer['firstStocked'] = []
  for (const evidence of evidences) {
    const timeline = await readTimeline(db, 'drug', list.id, evidenceCodes.code(evidence), [drug.id, wholeSlot], { from: beginning, to, slots: 1 })
    const at = timeline === null ? -1 : timeline.changes.days.findIndex((day, i) => i < timeline.changes.length && day <= to && timeline.changes.cells[i] === unitsStocked && timeline.changes.counts[i]! > 0)
    first.push({ evidence, day: at < 0 ? null : dayOfNumber(timeline!.changes.days[at]!) })
  }
  return first
}

function firstOf(first: LifeAnswer['firstStocked']): Day | null {
  return first.reduce<Day | null>((earliest, { day }) => (day !== null && (earliest === null || day < earliest) ? day : earliest), null)
}
