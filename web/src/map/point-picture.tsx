import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Clusters, Spot } from './cluster'
import { EXPORT_WIDTH } from './to-png'
import { nextSpot } from './next-spot'
import { Panel } from './panel'
import type { Picture } from './picture'
import { KIND_SHAPES, lookOf } from './point-looks'
import type { XY } from './projection'
import type { View } from './stage'
import type { useTooltip } from './tooltip'
import type { MapPoint, PointKind } from './types'

/** The land, and institutions upon it. */
export function PointPicture({ id, picture, clusters, view, here, caption, clusterLabel, tooltip, onPoint, onCluster }: {
  id: string
  picture: Picture
  clusters: Clusters
  view: View
  here: XY | null
  caption: string
  clusterLabel: (count: number) => string
  tooltip: ReturnType<typeof useTooltip>
  onPoint: (point: MapPoint) => void
  onCluster: (cluster: Extract<Spot, { at: 'cluster' }>) => void
}) {
  const spots = useMemo(() => clusters.within(view), [clusters, view])
  // A downloaded image shows the whole map, wherever the screen has zoomed to.
  const whole = useMemo(() => clusters.within({ scale: EXPORT_WIDTH / picture.width, left: 0, top: 0, right: picture.width, bottom: picture.height }), [clusters, picture])
  const [stop, setStop] = useState<string | null>(null)
  const keys = spots.map((spot) => ({ key: spotKey(spot), x: spot.x, y: spot.y }))
  const current = keys.find((one) => one.key === stop)?.key ?? keys[0]?.key
  // A group that opens goes away under the keyboard's hands: what stands nearest to its place takes the focus.
  const layer = useRef<SVGGElement>(null)
  const opened = useRef<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const place = opened.current
    if (!place || document.activeElement !== document.body) return
    opened.current = null
    const far = (spot: Spot) => Math.hypot(spot.x - place.x, spot.y - place.y)
    const [nearest] = [...spots].sort((a, b) => far(a) - far(b))
    if (nearest) focusSpot(layer.current, spotKey(nearest))
  }, [spots])
  const act = (key: string, label: string, press: () => void) => ({
    role: 'button',
    'data-spot': key,
    tabIndex: key === current ? 0 : -1,
    'aria-label': label,
    onClick: press,
    onKeyDown: (e: KeyboardEvent<SVGGElement>) => {
      const next = nextSpot(keys, key, e.key)
      if (next === null && e.key !== 'Enter' && e.key !== ' ') return
      e.preventDefault()
      e.stopPropagation()
      if (next !== null) return focusSpot(layer.current, next)
      opened.current = keys.find((one) => one.key === key) ?? null
      press()
    },
    onPointerEnter: (e: { currentTarget: Element }) => tooltip.showAt(label, e.currentTarget),
    onPointerLeave: tooltip.hide,
    onFocus: (e: { currentTarget: Element }) => {
      setStop(key)
      tooltip.showAt(label, e.currentTarget)
    },
    onBlur: tooltip.hide,
  })
  return (
    <>
      {picture.panels.map((panel) => (
        <Panel key={panel.id} panel={panel} id={id} caption={caption}>
          {panel.regions.map((region) => <path key={region.code} className="lm-land" d={region.d} />)}
          <path className="lm-dots" d={panel.regions.map((region) => region.dots).join('')} />
        </Panel>
      ))}
      <g data-screen-only="" ref={layer}>
        {spots.map((spot) => (
          <g
            key={spotKey(spot)} className="lm-mark" transform={`translate(${spot.x},${spot.y}) scale(${1 / view.scale})`}
            {...(spot.at === 'point' ? act(spotKey(spot), spot.point.label, () => onPoint(spot.point)) : act(spotKey(spot), clusterLabel(spot.count), () => onCluster(spot)))}
          >
            <circle className="lm-hit" r={13} />
            <SpotMark spot={spot} />
          </g>
        ))}
      </g>
      {here && <g data-screen-only="" className="lm-here" aria-hidden="true" transform={`translate(${here[0]},${here[1]}) scale(${1 / view.scale})`}><HereMark /></g>}
      <g data-export-only="" style={{ display: 'none' }}>
        {whole.map((spot) => <g key={spotKey(spot)} data-mark={`${spot.x},${spot.y}`}><SpotMark spot={spot} /></g>)}
      </g>
    </>
  )
}

function focusSpot(layer: SVGGElement | null, key: string): void {
  layer?.querySelector<SVGGElement>(`[data-spot="${CSS.escape(key)}"]`)?.focus()
}

function spotKey(spot: Spot): string {
  return spot.at === 'point' ? spot.point.id : `cluster-${spot.id}`
}

function SpotMark({ spot }: { spot: Spot }) {
  return spot.at === 'point' ? <PointMark kind={spot.point.kind} state={spot.point.state} /> : <ClusterMark count={spot.count} />
}

/** Shape by kind, colour and glyph by state. Drawn around 0,0 in pixels. */
export function PointMark({ kind, state }: { kind: PointKind; state: string }) {
  const look = lookOf(state)
  return (
    <>
      <path className="lm-point" fill={look.color} d={KIND_SHAPES[kind]} />
      <path className="lm-glyph" d={look.glyph} transform={kind === 'other' ? 'translate(-4.2,-2.4) scale(0.52)' : 'translate(-5.2,-5.2) scale(0.65)'} />
    </>
  )
}

/** Where somebody asks from: a ring around a dot, like no institution. Drawn around 0,0 in pixels. */
export function HereMark() {
  return (
    <>
      <circle className="lm-here-ring" r={8.5} />
      <circle className="lm-here-dot" r={3.5} />
    </>
  )
}

function ClusterMark({ count }: { count: number }) {
  const radius = 11 + Math.min(13, Math.log2(count) * 1.4)
  return (
    <>
      <circle className="lm-cluster" r={radius} />
      <text className="lm-cluster-count" x={0} y={0.5}>{count}</text>
    </>
  )
}
