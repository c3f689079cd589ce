import type { PointKind } from './types'

/** How a state is drawn on an institution's mark: a colour variable of map.css and a stroke within a square from -4 to 4. */
export interface PointLook {
  colour: 'good' | 'part' | 'bad' | 'conflict' | 'claim' | 'grey'
  glyph: string
}

const check = 'M-3,0.3L-0.8,2.6L3.2,-2.4'
const cross = 'M-2.4,-2.4L2.4,2.4M2.4,-2.4L-2.4,2.4'
const question = 'M-1.7,-1.5A1.8,1.8,0,1,1,0,0.3V1M0,2.9v0.1'

const unknown: PointLook = { colour: 'grey', glyph: question }

/** Every state and standing that `shared` knows. Colour and glyph say the same, so that neither is needed. */
const LOOKS: Readonly<Record<string, PointLook>> = {
  in_stock: { colour: 'good', glyph: check },
  on_order: { colour: 'part', glyph: 'M0,-3V0.3L2.2,1.8' },
  out_of_stock: { colour: 'bad', glyph: cross },
  not_carried: { colour: 'bad', glyph: 'M-3,0H3' },
  discontinued: { colour: 'bad', glyph: 'M-2.6,2.6L2.6,-2.6' },
  not_known: unknown,
  stale: { colour: 'grey', glyph: 'M-2.4,-2.8H2.4L-2.4,2.8H2.4Z' },
  not_reported: { colour: 'grey', glyph: 'M-2.8,0h0.1M0,0h0.1M2.7,0h0.1' },
  confirmed: { colour: 'good', glyph: check },
  supplied: { colour: 'good', glyph: 'M-3,0H2.6M0.2,-2.4L2.8,0L0.2,2.4' },
  supplied_never_declared: { colour: 'part', glyph: 'M-3,0H3M0,-3V3' },
  declared_only: { colour: 'claim', glyph: 'M-2.2,-1.2H2.2M-2.2,1.4H2.2' },
  contradicted: { colour: 'conflict', glyph: 'M0,-3.2V0.6M0,2.9v0.1' },
  absent: { colour: 'bad', glyph: cross },
  unknown,
}

/** The look of a state; what the map has not heard of is drawn as unknown. */
export function lookOf(state: string): PointLook {
  return LOOKS[state] ?? unknown
}

/** Outline of a mark, about 16 pixels across: the kind of institution by its shape. */
export const KIND_SHAPES: Readonly<Record<PointKind, string>> = {
  hospital: 'M-7.5,-7.5H7.5V7.5H-7.5Z',
  pharmacy: 'M-8,0A8,8,0,1,1,8,0A8,8,0,1,1,-8,0Z',
  other: 'M0,-9.5L9.5,7H-9.5Z',
}
