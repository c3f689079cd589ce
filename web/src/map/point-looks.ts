import { reachLooks, standingLooks, stateLooks, type Look } from '../ui/marks'
import type { PointKind } from './types'

const looks: Readonly<Record<string, Look>> = { ...standingLooks, ...stateLooks, ...reachLooks }

/** The look of a state or standing, the same as everywhere; what the map has not heard of is drawn as not known. */
export function lookOf(state: string): Look {
  return looks[state] ?? stateLooks.not_known
}

/** Outline of a mark, about 16 pixels across: the kind of institution by its shape. */
export const KIND_SHAPES: Readonly<Record<PointKind, string>> = {
  hospital: 'M-7.5,-7.5H7.5V7.5H-7.5Z',
  pharmacy: 'M-8,0A8,8,0,1,1,8,0A8,8,0,1,1,-8,0Z',
  other: 'M0,-9.5L9.5,7H-9.5Z',
  place: 'M-5.5,0A5.5,5.5,0,1,1,5.5,0A5.5,5.5,0,1,1,-5.5,0Z',
}
