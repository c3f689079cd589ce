import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Pattern } from '../ui/pattern'
import { HereMark, MarkPicture, markPatterns } from './mark-picture'
import { nextSpot } from './next-spot'
import { Panel } from './panel'
import type { Picture } from './picture'
import type { XY } from './projection'
import type { View } from './stage'
import type { useTooltip } from './tooltip'
import type { MapMark } from './types'

/** A mark at its place in the picture. */
interface Placed { key: string; x: number; y: number; mark: MapMark }

/** The land, and marks upon it: one stop for Tab, arrows lead from mark to mark. */
export function PointPicture({ id, picture, marks, whole, view, here, caption, tooltip, onMark }: {
  id: string
  picture: Picture
  marks: readonly MapMark[]
  whole: readonly MapMark[]
  view: View
  /** Where somebody asks from. */
  here: XY | null
  caption: string
  tooltip: ReturnType<typeof useTooltip>
  onMark: (mark: MapMark, x: number, y: number) => void
}) {
  const placed = useMemo(() => placedIn(picture, marks), [picture, marks])
  const pad = 30 / view.scale
  const spots = placed.filter(({ x, y }) => x >= view.left - pad && x <= view.right + pad && y >= view.top - pad && y <= view.bottom + pad)
  // A downloaded image shows the whole map, wherever the screen has zoomed to.
  const all = useMemo(() => placedIn(picture, whole), [picture, whole])
  const [stop, setStop] = useState<string | null>(null)
  const current = spots.find((one) => one.key === stop)?.key ?? spots[0]?.key
  // A mark that opens goes away under the keyboard's hands: what stands nearest to its place takes the focus.
  const layer = useRef<SVGGElement>(null)
  const opened = useRef<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const place = opened.current
    if (!place || document.activeElement !== document.body) return
    const far = (spot: Placed) => Math.hypot(spot.x - place.x, spot.y - place.y)
    const [nearest] = [...spots].sort((a, b) => far(a) - far(b))
    // The place is kept: the marks of the former view stand there until those of the new one arrive.
    if (nearest) focusSpot(layer.current, nearest.key)
  }, [spots])
  const press = ({ key, mark, x, y }: Placed) => ({
    role: 'button',
    'data-spot': key,
    tabIndex: key === current ? 0 : -1,
    'aria-label': mark.label,
    onClick: () => onMark(mark, x, y),
    onKeyDown: (e: KeyboardEvent<SVGGElement>) => {
      const next = nextSpot(spots, key, e.key)
      if (next === null && e.key !== 'Enter' && e.key !== ' ') return
      e.preventDefault()
      e.stopPropagation()
      if (next !== null) {
        opened.current = null
        return focusSpot(layer.current, next)
      }
      opened.current = { x, y }
      onMark(mark, x, y)
    },
    onPointerEnter: (e: { currentTarget: Element }) => tooltip.showAt(mark.label, e.currentTarget),
    onPointerLeave: tooltip.hide,
    onFocus: (e: { currentTarget: Element }) => {
      setStop(key)
      tooltip.showAt(mark.label, e.currentTarget)
    },
    onBlur: tooltip.hide,
  })
  return (
    <>
      <defs>{markPatterns.map(({ state, name, color }) => <Pattern key={state} id={`${id}-${state}`} name={name} color={color} size={4} />)}</defs>
      {picture.panels.map((panel) => (
        <Panel key={panel.id} panel={panel} id={id} caption={caption}>
          {panel.regions.map((region) => <path key={region.code} className="lm-land" d={region.d} />)}
          <path className="lm-dots" d={panel.regions.map((region) => region.dots).join('')} />
        </Panel>
      ))}
      <g data-screen-only="" ref={layer}>
        {spots.map((spot) => (
          <g key={spot.key} className="lm-mark" transform={`translate(${spot.x},${spot.y}) scale(${1 / view.scale})`} {...press(spot)}>
            <circle className="lm-hit" r={13} />
            <MarkPicture mark={spot.mark} id={id} />
          </g>
        ))}
      </g>
      {here && <g data-screen-only="" className="lm-here" aria-hidden="true" transform={`translate(${here[0]},${here[1]}) scale(${1 / view.scale})`}><HereMark /></g>}
      <g data-export-only="" style={{ display: 'none' }}>
        {all.map(({ key, x, y, mark }) => <g key={key} data-mark={`${x},${y}`}><MarkPicture mark={mark} id={id} /></g>)}
      </g>
    </>
  )
}

/** Marks by their place, small ones above large ones. What lies in no window of the picture is left out. */
function placedIn(picture: Picture, marks: readonly MapMark[]): Placed[] {
  const placed = marks.flatMap((mark): Placed[] => {
    const place = picture.place(mark.lat, mark.lng)
    return place ? [{ key: mark.id, x: place[0], y: place[1], mark }] : []
  })
  return placed.sort((a, b) => b.mark.count - a.mark.count)
}

function focusSpot(layer: SVGGElement | null, key: string): void {
  layer?.querySelector<SVGGElement>(`[data-spot="${CSS.escape(key)}"]`)?.focus()
}
