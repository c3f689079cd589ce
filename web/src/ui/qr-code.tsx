import { useMemo } from 'react'
import { encode } from 'uqr'

/** A text as a QR code, drawn here: it may hold a secret, and no other machine is asked to draw it. Black on white in any colours, so that phones read it. `size`: in pixels. */
export function QrCode({ text, label, size: side = 208 }: { text: string; label: string; size?: number }) {
  const { data, size } = useMemo(() => encode(text, { ecc: 'M', border: 3 }), [text])
  const path = useMemo(() => data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join(''), [data])
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={side} height={side} role="img" aria-label={label} shapeRendering="crispEdges" style={{ flex: 'none' }}>
      <rect width={size} height={size} fill="#ffffff" /><path d={path} fill="#000000" />
    </svg>
  )
}
