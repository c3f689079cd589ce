import type { SheetFigures } from '@lastmile/shared/inspection'
import { saidWord, type SaidOf } from '../../ui/said'

/** A sheet's figures as what is said of its institutions. */
export function institutionsSaid({ said, evidence, stocked: { institutions } }: SheetFigures): SaidOf {
  return { said, evidence, institutions }
}

/** True where a figure is one. */
export function isFigure(of: SheetFigures): boolean {
  return saidWord(institutionsSaid(of)) === null
}
