import { useId, useMemo, useRef, useState } from 'react'
import './map.css'
import { clusterPoints, type Spot } from './cluster'
import { PointLegend } from './point-legend'
import { PointPicture } from './point-picture'
import { SameSpot } from './same-spot'
import { Stage } from './stage'
import { Tooltip, useTooltip } from './tooltip'
import type { MapPoint, PointLabels, RegionSet } from './types'
import { usePicture } from './use-picture'

export interface PointMapProps {
  regionSet: RegionSet
  /** A province's code: its cities as the ground. */
  within?: string | undefined
  points: readonly MapPoint[]
  onSelect: (id: string) => void
  /** Greatest height in pixels. */
  height: number
  ariaLabel: string
  labels: PointLabels
  credit: string
}

/** Most institutions named in the list of those that stand on one spot. */
const LISTED = 200

/** Institutions on the map, grouped until there is room. Callers give the same as a list beside it. */
export function PointMap({ regionSet, within, points, onSelect, height, ariaLabel, labels, credit }: PointMapProps) {
  const id = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const state = usePicture(regionSet, within)
  const tooltip = useTooltip(box)
  const [same, setSame] = useState<{ count: number; points: readonly MapPoint[] } | null>(null)
  const picture = state.at === 'ready' ? state.picture : null
  const clusters = useMemo(() => (picture ? clusterPoints(points, picture) : null), [points, picture])

  return (
    <figure className="lm-map">
      <div className="lm-main" ref={box} hidden={state.at === 'none'}>
        {picture && clusters ? (
          <Stage key={picture.key} picture={picture} height={height} ariaLabel={ariaLabel} labels={labels}>
            {(view, zoomTo) => (
              <>
                <PointPicture
                  id={id} picture={picture} clusters={clusters} view={view} caption={labels.southChinaSea} clusterLabel={labels.cluster} tooltip={tooltip}
                  onPoint={(point) => onSelect(point.id)}
                  onCluster={(cluster: Extract<Spot, { at: 'cluster' }>) => {
                    tooltip.hide()
                    if (cluster.opensAt !== null && cluster.opensAt > view.scale * 1.02) zoomTo(cluster.x, cluster.y, cluster.opensAt)
                    else setSame({ count: cluster.count, points: clusters.members(cluster.id, LISTED) })
                  }}
                />
                <PointLegend.InPicture points={points} labels={labels} width={picture.width} top={picture.height} />
              </>
            )}
          </Stage>
        ) : state.at !== 'none' && (
          <p className="lm-message" style={{ height }} role={state.at === 'failed' ? 'alert' : 'status'}>{state.at === 'failed' ? labels.failed : labels.loading}</p>
        )}
        <Tooltip tip={tooltip.tip} />
        {same && <SameSpot heading={labels.sameSpot(same.count)} close={labels.close} points={same.points} onSelect={onSelect} onClose={() => setSame(null)} />}
      </div>
      <div className="lm-side"><PointLegend points={points} labels={labels} /></div>
      {state.at !== 'none' && <figcaption className="lm-credit">{credit}</figcaption>}
    </figure>
  )
}
