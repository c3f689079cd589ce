import { useId, useRef } from 'react'
import './map.css'
import { askedView, type AskedView } from './asked-view'
import { PointLegend } from './point-legend'
import { PointPicture } from './point-picture'
import { Stage } from './stage'
import { Tooltip, useTooltip } from './tooltip'
import type { MapMark, PointLabels, RegionSet } from './types'
import { usePicture } from './use-picture'

export interface PointMapProps {
  regionSet: RegionSet
  /** A province's code: its cities as the ground. */
  within?: string | undefined
  /** The marks of the view; those outside it are not drawn. */
  marks: readonly MapMark[]
  /** The marks of the whole map, for a downloaded image. */
  whole: readonly MapMark[]
  /** Hears which part of the map is on the screen. */
  onView?: ((view: AskedView) => void) | undefined
  /** A mark that zooming does not take apart was pressed. */
  onOpen: (mark: MapMark) => void
  /** Greatest height in pixels. */
  height: number
  ariaLabel: string
  labels: PointLabels
  credit: string
}

/** Doublings of the scale from the whole map to the nearest look: streets apart. */
const deepest = 8
/** How much nearer pressing a mark of many looks. */
const nearer = 2.6

/** Institutions on the map as marks, of one or of many. Callers give the same as a list beside it. */
export function PointMap({ regionSet, within, marks, whole, onView, onOpen, height, ariaLabel, labels, credit }: PointMapProps) {
  const id = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const state = usePicture(regionSet, within)
  const tooltip = useTooltip(box)
  const picture = state.at === 'ready' ? state.picture : null

  return (
    <figure className="lm-map">
      <div className="lm-main" ref={box} hidden={state.at === 'none'}>
        {picture ? (
          <Stage
            key={picture.key} picture={picture} height={height} ariaLabel={ariaLabel} labels={labels} deepest={deepest}
            onView={(view) => {
              const asked = askedView(picture, view)
              if (asked) onView?.(asked)
            }}
          >
            {(view, zoomTo) => (
              <>
                <PointPicture
                  id={id} picture={picture} marks={marks} whole={whole} view={view} caption={labels.southChinaSea} tooltip={tooltip}
                  onMark={(mark, x, y) => {
                    tooltip.hide()
                    if (mark.apart && view.scale < view.most * 0.98) zoomTo(x, y, Math.min(view.most, view.scale * nearer))
                    else onOpen(mark)
                  }}
                />
                <PointLegend.InPicture marks={whole} labels={labels} width={picture.width} top={picture.height} />
              </>
            )}
          </Stage>
        ) : state.at !== 'none' && (
          <p className="lm-message" style={{ height }} role={state.at === 'failed' ? 'alert' : 'status'}>{state.at === 'failed' ? labels.failed : labels.loading}</p>
        )}
        <Tooltip tip={tooltip.tip} />
      </div>
      <div className="lm-side"><PointLegend marks={marks} labels={labels} /></div>
      {state.at !== 'none' && <figcaption className="lm-credit">{credit}</figcaption>}
    </figure>
  )
}
