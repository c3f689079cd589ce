import { useEffect, useRef } from 'react'
import { PointMark } from './point-picture'
import type { MapPoint } from './types'

/** Institutions that no zoom can tell apart, as a list. */
export function SameSpot({ heading, close, points, onSelect, onClose }: {
  heading: string
  close: string
  points: readonly MapPoint[]
  onSelect: (id: string) => void
  onClose: () => void
}) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <div className="lm-spot" role="dialog" aria-label={heading} onKeyDown={(e) => e.key === 'Escape' && onClose()}>
      <div className="lm-spot-head">
        <span>{heading}</span>
        <button type="button" ref={first} aria-label={close} title={close} onClick={onClose}>×</button>
      </div>
      <ul>
        {points.map((point) => (
          <li key={point.id}>
            <button type="button" onClick={() => onSelect(point.id)}>
              <svg width={20} height={20} viewBox="-10 -10 20 20" aria-hidden="true"><PointMark kind={point.kind} state={point.state} /></svg>
              {point.label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
