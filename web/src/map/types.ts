/** What a caller hands to the maps. Every word on the screen comes from here; the map knows no language. */

export type RegionSet = 'cn' | 'us'
export type Lang = 'zh' | 'en'

/** `value` has a band; the other three are told apart by colour and pattern and are never drawn as zero. */
export type RegionState = 'value' | 'unknown' | 'not-reported' | 'out-of-scope'

/** One region's reading. `label` is its short name (drawn on the map and on chips), `title` the whole sentence
 *  (tooltip and accessible name). `band` indexes `bands`; null unless `state` is `value`. */
export interface RegionValue {
  band: number | null
  state: RegionState
  label: string
  title: string
}

/** One step of the scale, lowest first, six at the most. `from` and `to` are in the caller's unit, both inclusive; the map draws `label`. */
export interface MapBand {
  label: string
  from: number
  to: number
}

/** Words around the picture. */
export interface MapLabels {
  unknown: string
  notReported: string
  outOfScope: string
  /** Heading of the chips for units without a polygon, such as 兵团. */
  withoutPolygon: string
  /** Heading of the legend, with the unit. */
  legend: string
  /** Caption of the inset: 南海诸岛. */
  southChinaSea: string
  /** How the keyboard moves about in the map. */
  keys: string
  zoomIn: string
  zoomOut: string
  wholeMap: string
  loading: string
  failed: string
}

/** `place`: no institution, but a place from which people come. */
export type PointKind = 'hospital' | 'pharmacy' | 'other' | 'place'

/**
 * A mark: `count` institutions around a place (degrees, WGS84), by state (those of `shared`; others are drawn as
 * unknown). `kind` is given for one alone. `label` says in words what it is, `short` its number as it fits into a ring;
 * `apart` tells whether a nearer look would show more than one.
 */
export interface MapMark {
  id: string
  lat: number
  lng: number
  count: number
  states: readonly (readonly [state: string, count: number])[]
  kind: PointKind | null
  label: string
  short: string
  apart: boolean
}

/** Where somebody asks from, in WGS84 degrees, and the words for it. */
export interface Here {
  lat: number
  lng: number
  label: string
}

export interface PointLabels extends MapLabels {
  kinds: Readonly<Record<PointKind, string>>
  /** State or standing → its name on the screen, in the order of the legend. */
  states: Readonly<Record<string, string>>
}
