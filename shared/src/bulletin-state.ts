import type { BulletinState } from './bulletin.js'

/** What is done with a kept bulletin. `hold` takes it back from its embargo; `publish` and `supersede` come by time, and by another bulletin. */
export const bulletinVerbs = ['embargo', 'hold', 'publish', 'supersede', 'withdraw'] as const
export type BulletinVerb = (typeof bulletinVerbs)[number]

const table: Record<BulletinVerb, Partial<Record<BulletinState, BulletinState>>> = {
  embargo: { frozen: 'embargoed' },
  hold: { embargoed: 'frozen' },
  publish: { embargoed: 'published' },
  supersede: { frozen: 'superseded', embargoed: 'superseded', published: 'superseded' },
  withdraw: { frozen: 'withdrawn', embargoed: 'withdrawn', published: 'withdrawn' },
}

/** What a bulletin is after something was done with it; null where that cannot be done. */
export function nextBulletinState(state: BulletinState, verb: BulletinVerb): BulletinState | null {
  return table[verb][state] ?? null
}

/** From which states something can be done. */
export function statesBefore(verb: BulletinVerb): BulletinState[] {
  return Object.keys(table[verb]) as BulletinState[]
}
