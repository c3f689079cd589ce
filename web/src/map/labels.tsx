import { useMemo } from 'react'
import { placeLabels } from './place-labels'
import type { Drawn } from './picture'
import type { Box } from './projection'

/** Names on the map. All are in the picture; the ones that do not fit at this zoom are hidden until they do. */
export function RegionLabels({ regions, box, textOf, scale }: { regions: readonly Drawn[]; box: Box; textOf: (region: Drawn) => string; scale: number }) {
  const labels = useMemo(() => placeLabels(regions, textOf, box), [regions, textOf, box])
  return (
    <g className="lm-labels" aria-hidden="true">
      {labels.map((label) => (
        <text
          key={label.code} className="lm-label" x={label.x} y={label.y} textAnchor={label.anchor}
          data-from-scale={label.fromScale} data-dx={label.dx} data-dy={label.dy} transform={`translate(${label.dx / scale},${label.dy / scale})`}
          style={{ display: scale < label.fromScale ? 'none' : undefined }}
        >
          {label.text}
        </text>
      ))}
    </g>
  )
}
