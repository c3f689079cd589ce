import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { standings, type Standing } from '@lastmile/shared/standing'
import { states, type State } from '@lastmile/shared/state'
import { dayBases, reasons, statuses, type DayBasis, type Reason, type Status } from '@lastmile/shared/status'

/**
 * Words at the edge, narrow integers inside: the place of each word in its list is its code in the big tables.
 * Lists only ever grow at their end.
 */
interface Codes<Word extends string> {
  code(word: Word): number
  word(code: number): Word
}

function codesOf<Word extends string>(words: readonly Word[]): Codes<Word> {
  const index = new Map(words.map((word, i) => [word, i]))
  return {
    code: (word) => {
      const code = index.get(word)
      if (code === undefined) throw new Error(`no code for ${word}`)
      return code
    },
    word: (code) => {
      const word = words[code]
      if (word === undefined) throw new Error(`no word for code ${code}`)
      return word
    },
  }
}

export const evidenceCodes: Codes<Evidence> = codesOf(evidences)
export const kindCodes: Codes<Kind> = codesOf(kinds)
export const stateCodes: Codes<State> = codesOf(states)
export const standingCodes: Codes<Standing> = codesOf(standings)
export const statusCodes: Codes<Status> = codesOf(statuses)
export const reasonCodes: Codes<Reason> = codesOf(reasons)
export const dayBasisCodes: Codes<DayBasis> = codesOf(dayBases)

/** Through what a pair is looked at: one kind of evidence, all of them together, or whether it is eligible. */
export const lenses = [...evidences, 'standing', 'eligible'] as const
export type Lens = (typeof lenses)[number]
export const lensCodes: Codes<Lens> = codesOf(lenses)
