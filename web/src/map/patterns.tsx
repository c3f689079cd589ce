import type { RegionState, RegionValue } from './types'

/** The ten fills of the maps: six bands of the scale and the states beside it. */
export type FillName = `band-${0 | 1 | 2 | 3 | 4 | 5}` | Exclude<RegionState, 'value'>

const FILLS: readonly FillName[] = ['band-0', 'band-1', 'band-2', 'band-3', 'band-4', 'band-5', 'unknown', 'not-reported', 'out-of-scope']

/** Ink over each ground, on a tile of 8 × 8 pixels. More ink is more; grey ink is not a quantity. */
const INK: Readonly<Record<FillName, string>> = {
  'band-0': '',
  'band-1': 'M1,2h2M5,6h2',
  'band-2': 'M0,2h8M0,6h8',
  'band-3': 'M-2,2L2,-2M-2,6L6,-2M-2,10L10,-2M2,10L10,2M6,10L10,6',
  'band-4': 'M0,2h8M0,6h8M2,0v8M6,0v8',
  'band-5': '',
  'unknown': 'M-2,-2L10,10M-2,6L2,10M6,-2L10,2',
  'not-reported': 'M2,2h0M6,6h0',
  'out-of-scope': 'M0,0L8,8M8,0L0,8',
}

/** Which of the ten a reading is drawn with. */
export function fillOf(value: Pick<RegionValue, 'band' | 'state'> | undefined): FillName {
  if (!value) return 'out-of-scope'
  if (value.state !== 'value') return value.state
  if (value.band === null) return 'unknown'
  return `band-${Math.max(0, Math.min(5, Math.round(value.band))) as 0 | 1 | 2 | 3 | 4 | 5}`
}

/** Spreads fewer than six bands over the whole scale, so that two bands are pale and dark rather than two pale ones. */
export function spread(band: number | null, count: number): number | null {
  if (band === null || count >= 6 || count < 2) return band
  return Math.round((band * 5) / (count - 1))
}

/** Pattern definitions; `scale` is screen pixels per unit of the surrounding SVG, so that the ink looks the same at every zoom. */
export function Patterns({ id, scale }: { id: string; scale: number }) {
  return (
    <defs>
      {FILLS.map((name) => (
        <pattern key={name} id={`${id}-${name}`} data-map-pattern="" width={8} height={8} patternUnits="userSpaceOnUse" patternTransform={`scale(${1 / scale})`}>
          <rect className={`lm-ground lm-ground-${name}`} width={8} height={8} />
          {INK[name] !== '' && <path className={`lm-ink lm-ink-${name}`} d={INK[name]} />}
        </pattern>
      ))}
    </defs>
  )
}

/** Value of an SVG `fill` for one of the fills defined under `id`. */
export function fillUrl(id: string, name: FillName): string {
  return `url(#${id}-${name})`
}

/** The same patterns for the legend and the chips, at the screen's own scale, in an SVG of no size. */
export function ScreenPatterns({ id }: { id: string }) {
  return <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true"><Patterns id={id} scale={1} /></svg>
}
