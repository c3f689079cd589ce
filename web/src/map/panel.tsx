import type { ReactNode } from 'react'
import type { Panel as PanelPicture } from './picture'

/** One window of the picture: clipped, an inset with a ground and a border of its own, lines above the regions. `caption` is the name of the sea inset; others are named by the codes in them. */
export function Panel({ panel, id, caption, above, children }: { panel: PanelPicture; id: string; caption: string; above?: ReactNode; children: ReactNode }) {
  const { x, y, width, height } = panel.box
  const clip = `${id}-clip-${panel.id}`
  return (
    <g>
      <clipPath id={clip}><rect x={x} y={y} width={width} height={height} /></clipPath>
      {panel.inset && <rect className="lm-inset" x={x} y={y} width={width} height={height} />}
      <g clipPath={`url(#${clip})`}>
        {children}
        {panel.inner !== '' && <path className="lm-inner" d={panel.inner} />}
        <path className="lm-outline" d={panel.outline} />
        <path className="lm-dashes" d={panel.line} />
        {above}
      </g>
      {panel.inset && <rect className="lm-inset-border" x={x} y={y} width={width} height={height} />}
      {panel.caption && <text className="lm-caption" x={x + width / 2} y={y + height * 0.97} style={{ fontSize: `min(12px * var(--lm-px), ${width / 4.6}px)` }}>{panel.caption === 'southChinaSea' ? caption : panel.caption.join(' · ')}</text>}
    </g>
  )
}
