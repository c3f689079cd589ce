import { z } from 'zod'

/**
 * The state of a pair (drug, institution) under one kind of evidence on one day.
 * `stale`: the last statement is older than the drug's freshness window. `not_reported`: nobody said anything,
 * or the source that did has left the pair out of its next snapshot. No state folds into another.
 */
export const states = ['in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known', 'stale', 'not_reported'] as const
export const State = z.enum(states)
export type State = z.infer<typeof State>

/** States that say "no, it is not in stock", as against those that say nothing. */
export const negativeStates: readonly State[] = ['on_order', 'out_of_stock', 'not_carried', 'discontinued']

/** States that count as unknown in every share. */
export const unknownStates: readonly State[] = ['not_known', 'stale', 'not_reported']

/** `in_stock`, a definite no, or unknown: the three that a share is made of. */
export function certaintyOf(state: State): 'yes' | 'no' | 'unknown' {
  if (state === 'in_stock') return 'yes'
  return negativeStates.includes(state) ? 'no' : 'unknown'
}

/** Which state an institution shows over several drugs: stocked if any is, else unknown if any is, else no. */
export const statePrecedence: readonly State[] = [
  'in_stock', 'stale', 'not_known', 'not_reported', 'on_order', 'out_of_stock', 'not_carried', 'discontinued',
]

const codes = new Map<string, number>(states.map((state, code) => [state, code]))

/** The place of a state in `states`: what stands for it where millions are counted. Of a status, its place among the states is the same as in `statuses`. */
export function stateCode(state: State): number {
  return codes.get(state)!
}

/** Stands for "nobody ever said anything" where states are codes. */
export const noState = -1
