import { Link } from '@tanstack/react-router'
import type { PlannerSearch } from '../../lib/searches'
import { Figure } from '../../ui/figure'

/** How many candidates there are of some kind, as the way to them: the panel of candidates opens. */
export function CandidatesFigure({ value, label, of }: { value: number; label: string; of: Pick<PlannerSearch, 'candidates' | 'alikeTo'> }) {
  return <Figure value={value} label={label} way={(about) => <Link to="." search={(previous) => ({ ...previous, ...noCandidates, ...of })} state={{ rowsOpened: true }} resetScroll={false} {...about} />} />
}

/** An address in which no candidates are asked for. */
export const noCandidates = { candidates: undefined, alikeTo: undefined, candidatesFrom: undefined }
