import type { Position } from '@lastmile/shared/position'
import type { Text } from '@lastmile/shared/text'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { Panel } from '../../ui/panel'
import css from './finder.module.css'
import { PlaceFields, type ChosenPlace } from './place-fields'
import { useDevice } from './use-device'

/** Asks a person where he is: by his device, or by a place that he chooses, which is there all the while. `without`: the chosen city, where it has no middle to look from. */
export function WhencePanel({ place, without, onDevice, onPlace }: { place: ChosenPlace; without: Text | null; onDevice: (position: Position) => void; onPlace: (place: ChosenPlace) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { asking, ask, leave } = useDevice(onDevice)
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
          onChange={(next) => {
            if (next.city !== undefined) leave()
            onPlace(next)
          }}
        />
        <p role="status" className={css.asking} data-trouble="true">{without === null ? '' : t('finder.noMiddle', { place: text(without) })}</p>
      </fieldset>
    </Panel>
  )
}
