import { useId, useMemo, useRef, useState } from 'react'
import './map.css'
import { clusterPoints, type Spot } from './cluster'
import type { Picture } from './picture'
import { PointLegend } from './point-legend'
import { HereMark, PointPicture } from './point-picture'
import { SameSpot } from './same-spot'
import { Stage } from './stage'
import { Tooltip, useTooltip } from './tooltip'
import type { Here, MapPoint, PointLabels, RegionSet } from './types'
import { usePicture } from './use-picture'

export interface PointMapProps {
  regionSet: RegionSet
  /** A province's code: its cities as the ground. */
  within?: string | undefined
  points: readonly MapPoint[]
  onSelect: (id: string) => void
  /** Where somebody asks from: the map begins with this place and the points around it. Never in a downloaded picture. */
  here?: Here | undefined
  /** Greatest height in pixels. */
  height: number
  ariaLabel: string
  labels: PointLabels
  credit: string
}

/** Most institutions named in the list of those that stand on one spot. */
const LISTED = 200

/** Institutions on the map, grouped until there is room. Callers give the same as a list beside it. */
export function PointMap({ regionSet, within, points, onSelect, here, height, ariaLabel, labels, credit }: PointMapProps) {
  const id = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const state = usePicture(regionSet, within)
  const tooltip = useTooltip(box)
  const [same, setSame] = useState<{ count: number; points: readonly MapPoint[] } | null>(null)
  const picture = state.at === 'ready' ? state.picture : null
  const clusters = useMemo(() => (picture ? clusterPoints(points, picture) : null), [points, picture])

  const hereAt = picture && here ? picture.place(here.lat, here.lng) : null
  const focus = useMemo(() => (picture && here ? focusOn(picture, [here, ...points]) : undefined), [picture, here, points])

  return (
    <figure className="lm-map">
      <div className="lm-main" ref={box} hidden={state.at === 'none'}>
        {picture && clusters ? (
          <Stage key={focus ? `${picture.key} ${Object.values(focus).map(Math.round).join()}` : picture.key} picture={picture} height={height} focus={focus} ariaLabel={ariaLabel} labels={labels}>
            {(view, zoomTo) => (
              <>
                <PointPicture
                  id={id} picture={picture} clusters={clusters} view={view} here={hereAt} caption={labels.southChinaSea} clusterLabel={labels.cluster} tooltip={tooltip}
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
      <div className="lm-side">
        <PointLegend points={points} labels={labels} />
        {here && hereAt && <p className="lm-here-key"><svg className="lm-swatch" width={22} height={22} viewBox="-11 -11 22 22" aria-hidden="true"><HereMark /></svg>{here.label}</p>}
      </div>
      {state.at !== 'none' && <figcaption className="lm-credit">{credit}</figcaption>}
    </figure>
  )
}

/** Picture units that a map shows around its places at least, so that one alone does not fill it with nothing. */
const LEAST_AROUND = 14

/** The part of the picture that holds some places, with room around them. */
function focusOn(picture: Picture, places: readonly { lat: number; lng: number }[]) {
  const spots = places.map(({ lat, lng }) => picture.place(lat, lng)).filter((spot) => spot !== null)
  if (spots.length === 0) return undefined
  const [xs, ys] = [spots.map(([x]) => x), spots.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const room = Math.max(LEAST_AROUND, 0.12 * Math.max(right - left, bottom - top))
  return { left: left - room, right: right + room, top: top - room, bottom: bottom + room }
}
