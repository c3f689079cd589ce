import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { RegionLabels } from './labels'
import { nextSpot } from './next-spot'
import { Panel } from './panel'
import { fillOf, fillUrl } from './patterns'
import type { Drawn, Picture } from './picture'
import type { View } from './stage'
import type { useTooltip } from './tooltip'
import type { RegionValue } from './types'

/** A press that moves farther than this (pixels) is a drag. */
const DRAG = 5

/** The regions of a picture with their fills, names, and focus ring. */
export function RegionPicture({ id, picture, values, textOf, view, zoomTo, onSelect, caption, tooltip }: {
  id: string
  picture: Picture
  values: ReadonlyMap<string, RegionValue>
  textOf: (region: Drawn) => string
  view: View
  zoomTo: (x: number, y: number, scale: number) => void
  onSelect: ((code: string) => void) | undefined
  caption: string
  tooltip: ReturnType<typeof useTooltip>
}) {
  const [focused, setFocused] = useState<string | null>(null)
  const [stop, setStop] = useState<string | null>(null)
  const spots = useMemo(() => picture.panels.flatMap((panel) => panel.regions).filter((region) => region.home).map((region) => ({ key: region.code, x: region.at[0], y: region.at[1] })), [picture])
  const current = stop ?? spots[0]?.key
  const pressed = useRef({ x: 0, y: 0 })

  const act = (region: Drawn) => {
    const value = values.get(region.code)
    const title = value?.title ?? textOf(region)
    const open = value && value.state !== 'out-of-scope' && onSelect ? () => onSelect(region.code) : undefined
    return {
      onPointerDown: (e: PointerEvent) => { pressed.current = { x: e.clientX, y: e.clientY } },
      onPointerMove: (e: PointerEvent) => { if (e.pointerType === 'mouse') tooltip.show(title, e.clientX, e.clientY) },
      onPointerLeave: tooltip.hide,
      onClick: (e: { clientX: number; clientY: number }) => {
        const { x, y } = pressed.current
        if (Math.hypot(e.clientX - x, e.clientY - y) < DRAG) open?.()
      },
      ...(region.home && {
        tabIndex: region.code === current ? 0 : -1,
        role: open ? 'button' : 'img',
        'aria-label': title,
        onKeyDown: (e: KeyboardEvent<SVGPathElement>) => {
          const next = nextSpot(spots, region.code, e.key)
          if (next === null && e.key !== 'Enter' && e.key !== ' ') return
          e.preventDefault()
          e.stopPropagation()
          if (next === null) open?.()
          else e.currentTarget.ownerSVGElement?.querySelector<SVGPathElement>(`[data-code="${next}"][tabindex]`)?.focus()
        },
        onFocus: (e: { currentTarget: Element }) => {
          setStop(region.code)
          if (!e.currentTarget.matches(':focus-visible')) return
          setFocused(region.code)
          const [x, y] = region.at
          if (x < view.left || x > view.right || y < view.top || y > view.bottom) zoomTo(x, y, view.scale)
          else tooltip.showAt(title, e.currentTarget)
        },
        onBlur: () => {
          setFocused(null)
          tooltip.hide()
        },
      }),
      ...(!region.home && { 'aria-hidden': true as const }),
    }
  }

  return (
    <>
      {picture.panels.map((panel) => (
        <Panel key={panel.id} panel={panel} id={id} caption={caption} above={<Rings regions={panel.regions} focused={focused} />}>
          {panel.regions.map((region) => (
            <path
              key={region.code} data-code={region.code} d={region.d} fill={fillUrl(id, fillOf(values.get(region.code)))}
              className={values.get(region.code)?.state === 'out-of-scope' || !values.has(region.code) ? 'lm-region lm-region-outside' : 'lm-region'}
              {...act(region)}
            />
          ))}
          <path className="lm-dots" d={panel.regions.map((region) => region.dots).join('')} />
        </Panel>
      ))}
      {picture.panels.map((panel) => <RegionLabels key={panel.id} regions={panel.regions} box={panel.box} textOf={textOf} scale={view.scale} />)}
    </>
  )
}

/** Rings are drawn above all regions and borders, or neighbours would cover half of them. */
function Rings({ regions, focused }: { regions: readonly Drawn[]; focused: string | null }) {
  return (
    <>
      {regions.filter((r) => r.code === focused).flatMap((r) => [<path key="u" className="lm-ring-under" d={r.d} />, <path key="f" className="lm-ring-focused" d={r.d} />])}
    </>
  )
}
