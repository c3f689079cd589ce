import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { CRS, MapContainer, SVGOverlay, useMap, useMapEvents, type LeafletMap } from './leaflet-react'
import type { Picture } from './picture'
import type { MapLabels } from './types'

type Corner = [number, number]

/** A part of a picture, in picture units. */
export interface Part {
  left: number
  top: number
  right: number
  bottom: number
}

/** A look at a picture: the middle of the part on the screen in picture units, and how many doublings of the scale from the whole. */
export interface Look {
  x: number
  y: number
  zoom: number
}

/** The part of the picture now on the screen. */
export interface View extends Part {
  scale: number
  /** Doublings of the scale from the whole picture. */
  zoom: number
  /** The largest scale there is. */
  most: number
}

export interface StageProps {
  picture: Picture
  /** Greatest height in pixels; a narrow screen takes less. */
  height: number
  /** The part to begin with; the whole where it is left out. */
  focus?: Part | undefined
  /** Where to look at first, and again whenever another one is given; the whole where it is left out. */
  look?: Look | undefined
  ariaLabel: string
  labels: MapLabels
  /** Doublings of the scale from the whole picture to the nearest look. */
  deepest?: number
  /** Hears of every change of the view. */
  onView?: ((view: View) => void) | undefined
  /** What is drawn, given the part on the screen. */
  children: (view: View, zoomTo: (x: number, y: number, scale: number) => void) => ReactNode
}

/** The window through which a picture is seen, moved and zoomed. Knows Leaflet; knows nothing of what is drawn. */
export function Stage({ picture, height, focus, look, ariaLabel, labels, deepest = 5, onView, children }: StageProps) {
  const { width: w, height: h } = picture
  const bounds: [Corner, Corner] = [[-h, 0], [0, w]]
  const start: [Corner, Corner] = focus ? [[-focus.bottom, focus.left], [-focus.top, focus.right]] : bounds
  const [view, setView] = useState<View>({ scale: 1, zoom: 0, left: 0, top: 0, right: w, bottom: h, most: 2 ** deepest })
  const [map, setMap] = useState<LeafletMap | null>(null)
  const zoomTo = (x: number, y: number, scale: number) => map?.setView([-y, x], Math.log2(scale))
  return (
    <>
      <div className="lm-stage" style={{ aspectRatio: `${w} / ${h}`, maxHeight: height }}>
        <MapContainer
          className="lm-leaflet" crs={CRS.Simple} bounds={bounds} maxBounds={bounds} maxBoundsViscosity={1}
          zoomSnap={0.1} zoomDelta={0.6} minZoom={-6} maxZoom={12} wheelPxPerZoomLevel={120}
          scrollWheelZoom={false} dragging={false} zoomControl={false} attributionControl={false}
        >
          {/* Chromium lets the Tab key stop at a picture in which focus is listened for, as React does: one stop without a name. */}
          <SVGOverlay
            bounds={bounds} interactive
            attributes={{ viewBox: `0 0 ${w} ${h}`, class: 'lm-svg', role: 'presentation', tabindex: '-1', 'data-picture-width': String(w), 'data-picture-height': String(h) }}
          >
            <g data-map-root="" style={cssUnit(view.scale)}>{children(view, zoomTo)}</g>
          </SVGOverlay>
          <Behaviour
            bounds={bounds} start={start} look={look} ariaLabel={`${ariaLabel}. ${labels.keys}`} deepest={deepest} onMap={setMap}
            onView={(next) => {
              setView(next)
              onView?.(next)
            }}
          />
        </MapContainer>
      </div>
      <div className="lm-zoom">
        <button type="button" aria-label={labels.zoomIn} title={labels.zoomIn} onClick={() => map?.zoomIn()}>+</button>
        <button type="button" aria-label={labels.zoomOut} title={labels.zoomOut} onClick={() => map?.zoomOut()}>−</button>
        <button type="button" aria-label={labels.wholeMap} title={labels.wholeMap} onClick={() => map?.fitBounds(bounds)}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="M1,5V1H5M9,1H13V5M13,9V13H9M5,13H1V9" fill="none" stroke="currentColor" strokeWidth="1.6" /></svg>
        </button>
      </div>
    </>
  )
}

/** One screen pixel in picture units, for sizes that must not grow with the zoom. */
function cssUnit(scale: number): Record<`--${string}`, number> {
  return { '--lm-px': 1 / scale }
}

/** Fits the picture at first and keeps the look when the window's size changes; drags only what is larger than the window; wheels only when focused. */
function Behaviour({ bounds, start, look, ariaLabel, deepest, onView, onMap }: { bounds: [Corner, Corner]; start: [Corner, Corner]; look: Look | undefined; ariaLabel: string; deepest: number; onView: (view: View) => void; onMap: (map: LeafletMap) => void }) {
  const map = useMap()
  const least = useRef(0)
  const fitted = useRef(false)
  const report = () => {
    const seen = map.getBounds()
    onView({ scale: 2 ** map.getZoom(), zoom: map.getZoom() - least.current, left: seen.getWest(), right: seen.getEast(), top: -seen.getNorth(), bottom: -seen.getSouth(), most: 2 ** map.getMaxZoom() })
    if (map.getZoom() > least.current + 0.05) map.dragging.enable()
    else map.dragging.disable()
  }
  useMapEvents({ zoomend: report, moveend: report })

  // A picture of another size is another stage: its bounds do not change under it.
  const fit = useEffectEvent((box: HTMLElement) => {
    const { clientWidth, clientHeight } = box
    if (clientWidth === 0 || clientHeight === 0) return
    const kept = fitted.current ? lookNow() : look
    map.invalidateSize({ animate: false })
    least.current = map.getBoundsZoom(bounds)
    map.setMinZoom(least.current).setMaxZoom(least.current + deepest)
    if (kept) lookTo(kept)
    else map.fitBounds(start, { animate: false })
    fitted.current = true
    report()
  })
  const lookNow = (): Look => {
    const { lng, lat } = map.getCenter()
    return { x: lng, y: -lat, zoom: map.getZoom() - least.current }
  }
  const lookTo = ({ x, y, zoom }: Look) => map.setView([-y, x], Math.min(map.getMaxZoom(), least.current + zoom), { animate: false })
  const follow = useEffectEvent(() => {
    if (!fitted.current) return
    if (look) lookTo(look)
    else map.fitBounds(start, { animate: false })
  })
  useEffect(() => follow(), [look])
  const tellMap = useEffectEvent(() => onMap(map))

  useEffect(() => {
    tellMap()
    const box = map.getContainer()
    box.setAttribute('role', 'group')
    box.setAttribute('aria-label', ariaLabel)
    const sizes = new ResizeObserver(() => fit(box))
    const focus = () => map.scrollWheelZoom.enable()
    const blur = () => map.scrollWheelZoom.disable()
    // A browser scrolls what it focuses into view and would shift the map under Leaflet's feet.
    const stay = () => box.scrollTo(0, 0)
    sizes.observe(box)
    box.addEventListener('scroll', stay)
    box.addEventListener('focusin', focus)
    box.addEventListener('focusout', blur)
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', stay)
      box.removeEventListener('focusin', focus)
      box.removeEventListener('focusout', blur)
    }
  }, [map, ariaLabel])
  return null
}
