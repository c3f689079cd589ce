import { useMemo, type KeyboardEvent } from 'react'
import type { Clusters, Spot } from './cluster'
import { EXPORT_WIDTH } from './to-png'
import { Panel } from './panel'
import type { Picture } from './picture'
import { KIND_SHAPES, lookOf } from './point-looks'
import type { View } from './stage'
import type { useTooltip } from './tooltip'
import type { MapPoint, PointKind } from './types'

/** The land, and institutions upon it. */
export function PointPicture({ id, picture, clusters, view, caption, clusterLabel, tooltip, onPoint, onCluster }: {
  id: string
  picture: Picture
  clusters: Clusters
  view: View
  caption: string
  clusterLabel: (count: number) => string
  tooltip: ReturnType<typeof useTooltip>
  onPoint: (point: MapPoint) => void
  onCluster: (cluster: Extract<Spot, { at: 'cluster' }>) => void
}) {
  const spots = useMemo(() => clusters.within(view), [clusters, view])
  // A downloaded image shows the whole map, wherever the screen has zoomed to.
  const whole = useMemo(() => clusters.within({ scale: EXPORT_WIDTH / picture.width, left: 0, top: 0, right: picture.width, bottom: picture.height }), [clusters, picture])
  const act = (label: string, press: () => void) => ({
    role: 'button',
    tabIndex: 0,
    'aria-label': label,
    onClick: press,
    onKeyDown: (e: KeyboardEvent) => {
      if (e.key !== 'Enter' && e.key !== ' ') return
      e.preventDefault()
      press()
    },
    onPointerEnter: (e: { currentTarget: Element }) => tooltip.showAt(label, e.currentTarget),
    onPointerLeave: tooltip.hide,
    onFocus: (e: { currentTarget: Element }) => tooltip.showAt(label, e.currentTarget),
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
      <g data-screen-only="">
        {spots.map((spot) => (
          <g
            key={spotKey(spot)} className="lm-mark" transform={`translate(${spot.x},${spot.y}) scale(${1 / view.scale})`}
            {...(spot.at === 'point' ? act(spot.point.label, () => onPoint(spot.point)) : act(clusterLabel(spot.count), () => onCluster(spot)))}
          >
            <circle className="lm-hit" r={13} />
            <SpotMark spot={spot} />
          </g>
        ))}
      </g>
      <g data-export-only="" style={{ display: 'none' }}>
        {whole.map((spot) => <g key={spotKey(spot)} data-mark={`${spot.x},${spot.y}`}><SpotMark spot={spot} /></g>)}
      </g>
    </>
  )
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
      <path className={`lm-point lm-point-${look.colour}`} d={KIND_SHAPES[kind]} />
      <path className="lm-glyph" d={look.glyph} transform={kind === 'other' ? 'translate(0,2) scale(0.8)' : undefined} />
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
