import type { GapClass } from '@lastmile/shared/gap-act'
import { standingLooks, stateLooks, type Look } from '../../ui/marks'

/** Looks of the kinds of gap, borrowed from what they speak of. */
export const classLooks: Record<GapClass, Look> = {
  supply: { ...stateLooks.out_of_stock, pattern: 'solid' },
  reporting: stateLooks.not_reported,
  evidence: standingLooks.declared_only,
}
