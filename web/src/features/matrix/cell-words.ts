import type { CoverageCell } from '@lastmile/shared/coverage'
import type { State } from '@lastmile/shared/state'
import { states } from '@lastmile/shared/state'
import type { TFunction } from 'i18next'
import type { Format } from '../../lib/format'
import { kindsTold } from '../../lib/kinds-told'
import type { CellReading } from './matrix-rows'

/** What a cell says to those who do not see it. */
export type CellWords = (drug: string, place: string, cell: CoverageCell | undefined, reading: CellReading) => string

/** Stand for a drug, a place and figures in a sentence until they are put in. */
const holes = { drug: '\u0001', place: '\u0002', n: '\u0003', hospitals: '\u0004', pharmacies: '\u0005' }

/** The words of cells in the language on screen. Each sentence is looked up once and filled by hand: a screen has a thousand cells. */
export function cellWords(t: TFunction, format: Format): CellWords {
  const sentences = {
    none: t('matrix.cell.none', holes), otherKind: t('matrix.cell.otherKind', holes), stocked: t('matrix.cell.stocked', holes), stockedAny: t('matrix.cell.stockedAny', holes),
    state: Object.fromEntries(states.map((state) => [state, t('matrix.cell.state', { ...holes, state: t(`words.state.${state}`) })])) as Record<State, string>,
  }
  return (drug, place, cell, reading) => {
    const fill = (sentence: string, count = 0) => sentence.replace(holes.drug, drug).replace(holes.place, place).replace(holes.n, () => format.number(count))
    if (reading.at === 'none') return fill(sentences.none)
    if (reading.at === 'otherKind') return fill(sentences.otherKind)
    if (reading.at === 'state') return fill(sentences.state[reading.state], reading.count)
    if (!cell || !kindsTold([cell.stocked])) return fill(sentences.stockedAny, reading.count)
    return fill(sentences.stocked, reading.count).replace(holes.hospitals, () => format.number(cell.stocked.hospitals)).replace(holes.pharmacies, () => format.number(cell.stocked.pharmacies))
  }
}
