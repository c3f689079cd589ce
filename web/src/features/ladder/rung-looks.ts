import type { LadderRung } from '@lastmile/shared/ladder'
import type { Look } from '../../ui/marks'

const [check, doubleCheck, cross, question, quote, half] = ['M3.5 8.5 6.8 12 12.7 4.8', 'M1.5 8.7 4.4 12 9.6 5M7.2 11.2 8 12l6-7', 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6', 'M5.4 6a2.6 2.6 0 1 1 3.9 2.2C8.3 8.8 8 9.2 8 10.2M8 12.4v.6', 'M3 3h10v7.2H8.2L5.4 13v-2.8H3z', 'M3 6.6c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0M3 11c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0']

/** How a rung is told apart, by colour, pattern and glyph: what holds by whose word, what holds under a condition, what is missing, and what nobody knows. */
export function rungLook({ state, standing }: Pick<LadderRung, 'state' | 'standing'>): Look {
  if (state === 'not_known') return { color: 'var(--s-not-known)', pattern: 'dots', glyph: question }
  if (state === 'no') return { color: 'var(--alarm)', pattern: 'outline', glyph: cross }
  if (standing === 'unconfirmed') return { color: 'var(--declared)', pattern: 'lines', glyph: quote }
  if (state === 'conditional') return { color: 'var(--s-on-order)', pattern: 'diagonal', glyph: half }
  return standing === 'computed' ? { color: 'var(--supplied)', pattern: 'solid', glyph: check } : { color: 'var(--confirmed)', pattern: 'solid', glyph: doubleCheck }
}

/** One of each look, for a legend. */
export const rungLegend = [
  { word: 'confirmed', state: 'yes', standing: 'confirmed' }, { word: 'computed', state: 'yes', standing: 'computed' }, { word: 'unconfirmed', state: 'yes', standing: 'unconfirmed' },
  { word: 'conditional', state: 'conditional', standing: 'confirmed' }, { word: 'no', state: 'no', standing: null }, { word: 'not_known', state: 'not_known', standing: null },
] as const
