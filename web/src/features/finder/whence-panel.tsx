import { Position } from '@lastmile/shared/position'
import type { Text } from '@lastmile/shared/text'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { Panel } from '../../ui/panel'
import css from './finder.module.css'
import { PlaceFields, type ChosenPlace } from './place-fields'
import { useDevice } from './use-device'
import type { Whence } from './whence'

/** Asks a person where he is: by his device, or by a place that he chooses, which is there all the while. `onWhence` gets null where the chosen city has no position to look from. */
export function WhencePanel({ onWhence }: { onWhence: (whence: Whence | null) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const [place, setPlace] = useState<ChosenPlace>({ unit: undefined, city: undefined })
  /** The chosen city that has no middle to look from. */
  const [without, setWithout] = useState<Text | null>(null)
  const { asking, ask, leave } = useDevice((position) => {
    setWithout(null)
    onWhence({ by: 'device', position })
  })
  const choosing = useRef<HTMLFieldSetElement>(null)
  // Where the device gives nothing, the way on is the choice below it.
  useEffect(() => {
    if (asking === 'refused' || asking === 'unavailable' || asking === 'silent') choosing.current?.querySelector('select')?.focus()
  }, [asking])
  return (
    <Panel title={t('finder.whence')}>
      <div className={css.whence}>
        <button type="button" className={css.large} data-primary="true" aria-disabled={asking === 'unable' || asking === 'waiting' || undefined} onClick={() => { if (asking !== 'unable' && asking !== 'waiting') ask() }}>{t('finder.device')}</button>
        <p className="quiet">{t('finder.deviceHint')}</p>
        <p role="status" className={css.asking} data-trouble={asking !== 'not_yet' && asking !== 'waiting'}>{asking === 'not_yet' ? '' : t(`finder.${asking}`)}</p>
      </div>
      <fieldset ref={choosing} className={css.place}>
        <legend>{t('finder.orPlace')}</legend>
        <PlaceFields
          value={place}
          onChange={(next, unit) => {
            setPlace(next)
            const city = unit?.cities.find(({ code }) => code === next.city)
            setWithout(city && !city.centroid ? city.name : null)
            if (next.unit === undefined || city === undefined) return
            leave()
            if (!city.centroid) return onWhence(null)
            onWhence({ by: 'place', unit: next.unit, city: city.code, name: city.name, position: Position.parse(city.centroid) })
          }}
        />
        <p role="status" className={css.asking} data-trouble="true">{without === null ? '' : t('finder.noMiddle', { place: text(without) })}</p>
      </fieldset>
    </Panel>
  )
}
