import { useCallback, useId, useMemo, useRef } from 'react'
import './map.css'
import { Chips } from './chips'
import { ExportLegend, Legend, legendEntries } from './legend'
import { fillOf, Patterns, ScreenPatterns, spread } from './patterns'
import type { Drawn } from './picture'
import { RegionPicture } from './region-picture'
import { Stage } from './stage'
import { Tooltip, useTooltip } from './tooltip'
import type { Lang, MapBand, MapLabels, RegionSet, RegionValue } from './types'
import { useLook, type LookProps } from './use-look'
import { usePicture } from './use-picture'

export interface RegionMapProps extends LookProps {
  regionSet: RegionSet
  /** A province's code: its cities instead of the provinces. */
  within?: string | undefined
  /** Region code → reading. A polygon without an entry is drawn as out of scope; a code without a polygon becomes a chip. */
  values: ReadonlyMap<string, RegionValue>
  /** The scale, at most six steps, lowest first. */
  bands: readonly MapBand[]
  onSelect?: ((code: string) => void) | undefined
  lang: Lang
  /** Greatest height in pixels. */
  height: number
  ariaLabel: string
  labels: MapLabels
  /** Source of the map and its number, as the region set gives it. */
  credit: string
}

/** A choropleth: bands by colour and pattern, names where they fit, units without a polygon beside it. */
export function RegionMap({ regionSet, within, values, bands, at, onAt, onSelect, lang, height, ariaLabel, labels, credit }: RegionMapProps) {
  const id = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const state = usePicture(regionSet, within)
  const tooltip = useTooltip(box)

  const scaled = useMemo(() => new Map([...values].map(([code, v]) => [code, { ...v, band: spread(v.band, bands.length) }])), [values, bands.length])
  const picture = state.at === 'ready' ? state.picture : null
  const { look, onView } = useLook(picture, { at, onAt })
  const regions = useMemo(() => picture?.panels.flatMap((panel) => panel.regions) ?? [], [picture])
  const drawn = useMemo(() => new Set(regions.map((region) => region.code)), [regions])
  const chips = state.at === 'loading' ? [] : [...scaled].filter(([code]) => !drawn.has(code))
  const entries = legendEntries(bands, values, labels, regions.some((region) => !values.has(region.code)))
  const textOf = useCallback((region: Drawn) => values.get(region.code)?.label ?? region.name[lang], [values, lang])

  return (
    <figure className="lm-map">
      <div className="lm-main" ref={box} hidden={state.at === 'none'}>
        {picture && (
          <Stage key={picture.key} picture={picture} height={height} look={look} ariaLabel={ariaLabel} labels={labels} onView={onView}>
            {(view, zoomTo) => (
              <>
                <Patterns id={id} scale={view.scale} />
                <RegionPicture id={id} picture={picture} values={scaled} textOf={textOf} view={view} zoomTo={zoomTo} onSelect={onSelect} caption={labels.southChinaSea} tooltip={tooltip} />
                <ExportLegend patternId={id} width={picture.width} top={picture.height} entries={[...entries, ...chips.map(([, v]) => ({ fill: fillOf(v), label: v.title }))]} />
              </>
            )}
          </Stage>
        )}
        {(state.at === 'loading' || state.at === 'failed') && (
          <p className="lm-message" style={{ height }} role={state.at === 'failed' ? 'alert' : 'status'}>{state.at === 'failed' ? labels.failed : labels.loading}</p>
        )}
        <Tooltip tip={tooltip.tip} />
      </div>
      <div className="lm-side">
        <ScreenPatterns id={`${id}s`} />
        <Legend heading={labels.legend} entries={entries} patternId={`${id}s`} />
        <Chips heading={labels.withoutPolygon} values={chips} patternId={`${id}s`} onSelect={onSelect} />
      </div>
      {state.at !== 'none' && <figcaption className="lm-credit">{credit}</figcaption>}
    </figure>
  )
}
