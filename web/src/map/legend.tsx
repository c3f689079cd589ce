import { fillUrl, spread, type FillName } from './patterns'
import { textWidth } from './place-labels'
import type { MapBand, MapLabels, RegionValue } from './types'

export interface LegendEntry {
  fill: FillName
  label: string
}

/** What the legend explains: every band, and each state that occurs on this map. */
export function legendEntries(bands: readonly MapBand[], values: ReadonlyMap<string, RegionValue>, labels: MapLabels, drawsOutOfScope: boolean): LegendEntry[] {
  const states = new Set([...values.values()].map((v) => (v.state === 'value' && v.band === null ? 'unknown' : v.state)))
  if (drawsOutOfScope) states.add('out-of-scope')
  const entries = bands.map((band, i): LegendEntry => ({ fill: `band-${(spread(i, bands.length) ?? 0) as 0}`, label: band.label }))
  if (states.has('unknown')) entries.push({ fill: 'unknown', label: labels.unknown })
  if (states.has('not-reported')) entries.push({ fill: 'not-reported', label: labels.notReported })
  if (states.has('out-of-scope')) entries.push({ fill: 'out-of-scope', label: labels.outOfScope })
  return entries
}

/** The legend beside the map, in the map's own patterns. */
export function Legend({ heading, entries, patternId }: { heading: string; entries: readonly LegendEntry[]; patternId: string }) {
  return (
    <div className="lm-legend">
      <p className="lm-side-heading">{heading}</p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.fill}>
            <Swatch fill={fillUrl(patternId, entry.fill)} />
            <span>{entry.label}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A small sample of a fill. */
export function Swatch({ fill }: { fill: string }) {
  return (
    <svg className="lm-swatch" width={28} height={18} aria-hidden="true">
      <rect className="lm-swatch-rect" x={0.5} y={0.5} width={27} height={17} rx={2} fill={fill} />
    </svg>
  )
}

const ROW = 26

/** The legend (and the units without a polygon) once more inside the SVG, below the picture: hidden on the screen, shown in a downloaded image. */
export function ExportLegend({ entries, patternId, width, top }: { entries: readonly LegendEntry[]; patternId: string; width: number; top: number }) {
  let x = 14
  let row = 0
  const placed = entries.map((entry) => {
    const wide = 34 + textWidth(entry.label, 13) + 22
    if (x + wide > width - 14 && x > 14) {
      x = 14
      row += 1
    }
    const spot = { entry, x, y: top + 14 + row * ROW }
    x += wide
    return spot
  })
  return (
    <g data-export-only="" data-export-height={(row + 1) * ROW + 18} style={{ display: 'none' }}>
      {placed.map(({ entry, x: left, y }) => (
        <g key={`${entry.fill}${entry.label}`}>
          <rect className="lm-swatch-rect" x={left} y={y} width={26} height={16} fill={fillUrl(patternId, entry.fill)} />
          <text className="lm-export-text" x={left + 33} y={y + 13}>{entry.label}</text>
        </g>
      ))}
    </g>
  )
}
