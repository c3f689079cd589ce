import { useId, useMemo, useRef } from 'react'
import './map.css'
import { askedView, type AskedView } from './asked-view'
import { HereMark } from './mark-picture'
import type { Picture } from './picture'
import { PointLegend } from './point-legend'
import { PointPicture } from './point-picture'
import { Stage, type Part } from './stage'
import { Tooltip, useTooltip } from './tooltip'
import type { Here, MapMark, PointLabels, RegionSet } from './types'
import { useLook, type LookProps } from './use-look'
import { usePicture } from './use-picture'

export interface PointMapProps extends LookProps {
  regionSet: RegionSet
  /** A province's code: its cities as the ground. */
  within?: string | undefined
  /** The marks of the view; those outside it are not drawn. */
  marks: readonly MapMark[]
  /** The marks of the whole map, for a downloaded image. */
  whole: readonly MapMark[]
  /** Where somebody asks from: the map begins with this place and the marks around it. Never in a downloaded picture. */
  here?: Here | undefined
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
export function PointMap({ regionSet, within, marks, whole, here, at, onAt, onView, onOpen, height, ariaLabel, labels, credit }: PointMapProps) {
  const id = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const state = usePicture(regionSet, within)
  const tooltip = useTooltip(box)
  const picture = state.at === 'ready' ? state.picture : null
  const { look, onView: tellLook } = useLook(picture, { at, onAt })
  const hereAt = picture && here ? picture.place(here.lat, here.lng) : null
  const focus = useMemo(() => (picture && here ? around(picture, [here, ...marks]) : undefined), [picture, here, marks])

  return (
    <figure className="lm-map">
      <div className="lm-main" ref={box} hidden={state.at === 'none'}>
        {picture ? (
          <Stage
            key={focus ? `${picture.key} ${Object.values(focus).map(Math.round).join()}` : picture.key} picture={picture} height={height} focus={focus} look={look} ariaLabel={ariaLabel} labels={labels} deepest={deepest}
            onView={(view) => {
              tellLook(view)
              const asked = askedView(picture, view)
              if (asked) onView?.(asked)
            }}
          >
            {(view, zoomTo) => (
              <>
                <PointPicture
                  id={id} picture={picture} marks={marks} whole={whole} view={view} here={hereAt} caption={labels.southChinaSea} tooltip={tooltip}
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
      <div className="lm-side">
        <PointLegend marks={marks} labels={labels} />
        {here && hereAt && <p className="lm-here-key"><svg className="lm-swatch" width={22} height={22} viewBox="-11 -11 22 22" aria-hidden="true"><HereMark /></svg>{here.label}</p>}
      </div>
      {state.at !== 'none' && <figcaption className="lm-credit">{credit}</figcaption>}
    </figure>
  )
}

/** Picture units that a map shows around its places at least, so that one alone does not fill it with nothing. */
const leastAround = 14

/** The part of the picture that holds some places, with room around them. */
function around(picture: Picture, places: readonly { lat: number; lng: number }[]): Part | undefined {
  const spots = places.map(({ lat, lng }) => picture.place(lat, lng)).filter((spot) => spot !== null)
  if (spots.length === 0) return undefined
  const [xs, ys] = [spots.map(([x]) => x), spots.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const room = Math.max(leastAround, 0.12 * Math.max(right - left, bottom - top))
  return { left: left - room, right: right + room, top: top - room, bottom: bottom + room }
}
