import type { Evidence } from '@lastmile/shared/evidence'
import type { Standing } from '@lastmile/shared/standing'
import type { State } from '@lastmile/shared/state'

/**
 * How things are told apart: colour, pattern and glyph, always all three. One table for marks, matrix, charts and
 * legends. A glyph is an SVG path in a box of 16; `fill` patterns are drawn by `Pattern`.
 */
export type PatternName = 'solid' | 'diagonal' | 'dots' | 'cross' | 'lines' | 'outline'

/** Looks of one thing. `color` is a CSS variable. */
export interface Look { color: string; pattern: PatternName; glyph: string }

const check = 'M3.5 8.5 6.8 12 12.7 4.8'
const doubleCheck = 'M1.5 8.7 4.4 12 9.6 5M7.2 11.2 8 12l6-7'
const cross = 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6'
const clock = 'M8 2.8a5.2 5.2 0 1 0 .01 0M8 5v3.2l2.3 1.6'
const down = 'M2.8 5h10.4L8 12.4z'
const bar = 'M3 8h10'
const question = 'M5.4 6a2.6 2.6 0 1 1 3.9 2.2C8.3 8.8 8 9.2 8 10.2M8 12.4v.6'
const hourglass = 'M4 2.8h8M4 13.2h8M4.8 3c0 3 3.2 3.6 3.2 5s-3.2 2-3.2 5M11.2 3c0 3-3.2 3.6-3.2 5s3.2 2 3.2 5'
const dots = 'M3.6 8h.01M8 8h.01M12.4 8h.01'
const truck = 'M1.5 4.5h7.6v6.4H1.5zM9.1 6.8h3l2.4 2v2.1H9.1M4.2 12.4a1.2 1.2 0 1 0 .01 0M11.8 12.4a1.2 1.2 0 1 0 .01 0'
const quote = 'M3 3h10v7.2H8.2L5.4 13v-2.8H3z'
const unequal = 'M3 6h10M3 10h10M10.5 3 5.5 13'

/** Looks of a pair's state under one kind of evidence. */
export const stateLooks: Record<State, Look> = {
  in_stock: { color: 'var(--s-in-stock)', pattern: 'solid', glyph: check },
  on_order: { color: 'var(--s-on-order)', pattern: 'lines', glyph: clock },
  out_of_stock: { color: 'var(--s-out-of-stock)', pattern: 'outline', glyph: down },
  not_carried: { color: 'var(--s-not-carried)', pattern: 'outline', glyph: cross },
  discontinued: { color: 'var(--s-discontinued)', pattern: 'cross', glyph: bar },
  not_known: { color: 'var(--s-not-known)', pattern: 'dots', glyph: question },
  stale: { color: 'var(--s-stale)', pattern: 'diagonal', glyph: hourglass },
  not_reported: { color: 'var(--s-not-reported)', pattern: 'diagonal', glyph: dots },
}

/** Looks of what all kinds of evidence together say. */
export const standingLooks: Record<Standing, Look> = {
  confirmed: { color: 'var(--confirmed)', pattern: 'solid', glyph: doubleCheck },
  supplied: { color: 'var(--supplied)', pattern: 'solid', glyph: truck },
  supplied_never_declared: { color: 'var(--supplied)', pattern: 'dots', glyph: truck },
  declared_only: { color: 'var(--declared)', pattern: 'lines', glyph: quote },
  contradicted: { color: 'var(--alarm)', pattern: 'cross', glyph: unequal },
  absent: { color: 'var(--s-not-carried)', pattern: 'outline', glyph: cross },
  unknown: { color: 'var(--s-not-known)', pattern: 'diagonal', glyph: question },
}

/** Looks of what a plan says: places within reach today, with what is chosen, and not; institutions that are chosen. */
export const reachLooks = {
  reached_today: { color: 'var(--s-in-stock)', pattern: 'solid', glyph: check },
  reached_chosen: { color: 'var(--declared)', pattern: 'lines', glyph: 'M8 3v10M3 8h10' },
  reached_not: { color: 'var(--alarm)', pattern: 'cross', glyph: cross },
  chosen: { color: 'var(--accent)', pattern: 'dots', glyph: 'M8 2.2 9.8 6.2 14 6.7 10.9 9.6 11.7 13.8 8 11.7 4.3 13.8 5.1 9.6 2 6.7 6.2 6.2z' },
} as const satisfies Record<string, Look>

/** Looks of the three kinds of evidence. `dash` tells their lines apart in a chart. */
export const evidenceLooks: Record<Evidence, Look & { soft: string; dash: string }> = {
  declared: { color: 'var(--declared)', soft: 'var(--declared-soft)', pattern: 'lines', glyph: quote, dash: '7 4' },
  confirmed: { color: 'var(--confirmed)', soft: 'var(--confirmed-soft)', pattern: 'solid', glyph: doubleCheck, dash: '0' },
  supplied: { color: 'var(--supplied)', soft: 'var(--supplied-soft)', pattern: 'dots', glyph: truck, dash: '2 4' },
}
