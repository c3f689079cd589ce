import { addDays, dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { LastSaid } from '@lastmile/shared/entry'
import type { Word } from '@lastmile/shared/trail'
import type { ListFacts } from '../coverage/list-facts.js'
import type { ShelfPair } from '../coverage/shelf.js'
import { trailUnder } from '../coverage/view.js'
import type { Database } from '../database.js'
import { reasonCodes, statusCodes } from '../schema/codes.js'
import { lineKey, linesOf } from './lines-of.js'

/** Whose last word is asked for: a source of declared or confirmed evidence, by its narrow id, and that evidence as a lens. */
export interface Speaker {
  source: number
  lens: number
}

/** The last statement of a source on a pair; null where it never spoke of it, or left it out of its last snapshot. */
export function lastWordOf(pair: ShelfPair, { source, lens }: Speaker): Word | null {
  const word = trailUnder(pair, lens)?.words.find((one) => one.source === source)
  return word === undefined || word.line === 0 ? null : word
}

/** A statement with all that it says, and how much: `quantity` is not for the form, and is said again with the rest where nothing changed. */
export type Said = LastSaid & { quantity: number | null }

/** What statements say beside their status, in the order of the words. */
export async function saidBy(db: Database, facts: ListFacts, words: readonly { institution: number; drug: number; word: Word }[], today: Day): Promise<Said[]> {
  const lines = await linesOf(db, words.map(({ institution, word: { report, line } }) => ({ institution, report, line })))
  return words.map(({ institution, drug, word: { report, line, status, day } }) => {
    const said = lines.get(lineKey({ institution, report, line }))
    const on = dayOfNumber(day)
    return {
      status: statusCodes.word(status), day: on, reason: said === undefined || said.reason === null ? null : reasonCodes.word(said.reason),
      expectedOn: said === undefined || said.leadDays === null ? null : addDays(on, said.leadDays), quantity: said?.quantity ?? null,
      stale: day + facts.drugs.get(drug)!.freshnessDays < dayNumber(today),
    }
  })
}
