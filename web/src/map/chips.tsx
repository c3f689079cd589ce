import { fillOf, fillUrl } from './patterns'
import { Swatch } from './legend'
import type { RegionValue } from './types'

/** Units that count but have no polygon (the Corps, FM, MH, PW), on the same scale as the map and pressed in the same way. */
export function Chips({ heading, values, patternId, onSelect }: {
  heading: string
  values: readonly (readonly [code: string, value: RegionValue])[]
  patternId: string
  onSelect: ((code: string) => void) | undefined
}) {
  if (values.length === 0) return null
  return (
    <div className="lm-chips">
      <p className="lm-side-heading">{heading}</p>
      <ul>
        {values.map(([code, value]) => (
          <li key={code}>
            <button type="button" className="lm-chip" title={value.title} aria-label={value.title} onClick={() => onSelect?.(code)}>
              <Swatch fill={fillUrl(patternId, fillOf(value))} />
              <span>{value.label}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
