import { z } from 'zod'
import { noState, states, type State } from './state.js'

/**
 * What all kinds of evidence together say of a pair.
 * - `confirmed`: the institution or its province says in stock (whether or not declared or supplied);
 * - `contradicted`: the company declares it in stock, the institution or its province says it is not, and no supply was seen;
 * - `supplied`: supply was seen, declared or not denied, nobody at the institution confirms;
 * - `supplied_never_declared`: supply was seen, and the company never declared the institution;
 * - `declared_only`: the company's word alone;
 * - `absent`: somebody says it is not in stock, nobody says it is;
 * - `unknown`: what was said is stale, not known or withdrawn.
 */
export const standings = ['confirmed', 'supplied', 'supplied_never_declared', 'declared_only', 'contradicted', 'absent', 'unknown'] as const
export const Standing = z.enum(standings)
export type Standing = z.infer<typeof Standing>

/**
 * The one precedence table. `declared`/`confirmed` are the pair's states under those kinds (or null where never
 * stated), `supplied` is whether a supply was seen since the list came into force, `everDeclared` whether the
 * company has declared it by that day. Null: nobody has ever said anything of the pair.
 */
export function standingOf(pair: { declared: State | null; confirmed: State | null; supplied: boolean; everDeclared: boolean }): Standing | null {
  const { declared, confirmed, supplied, everDeclared } = pair
  if (confirmed === 'in_stock') return 'confirmed'
  if (supplied) return everDeclared ? 'supplied' : 'supplied_never_declared'
  const denied = isNo(confirmed)
  if (declared === 'in_stock') return denied ? 'contradicted' : 'declared_only'
  if (denied || isNo(declared)) return 'absent'
  return declared === null && confirmed === null ? null : 'unknown'
}

function isNo(state: State | null): boolean {
  return state === 'on_order' || state === 'out_of_stock' || state === 'not_carried' || state === 'discontinued'
}

/** Stands for null where standings are codes. */
export const noStanding = -1

const table = [noState, ...states.keys()].flatMap((declared) => [noState, ...states.keys()].flatMap((confirmed) => [false, true].flatMap((supplied) => [false, true].map((everDeclared) => {
  const standing = standingOf({ declared: states[declared] ?? null, confirmed: states[confirmed] ?? null, supplied, everDeclared })
  return standing === null ? noStanding : standings.indexOf(standing)
}))))

/** {@link standingOf} by codes: places in `states` ({@link noState} for null) to a place in `standings` ({@link noStanding} for null). */
export function standingCodeOf(declared: number, confirmed: number, supplied: boolean, everDeclared: boolean): number {
  return table[(((declared + 1) * (states.length + 1) + confirmed + 1) * 2 + (supplied ? 1 : 0)) * 2 + (everDeclared ? 1 : 0)]!
}
