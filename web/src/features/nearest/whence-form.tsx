import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choices } from '../../ui/choices'
import { ByDegrees } from './by-degrees'
import { ByDevice } from './by-device'
import { ByPlace } from './by-place'
import css from './nearest.module.css'
import { ways, type Way, type Whence } from './whence'

const forms = { place: ByPlace, degrees: ByDegrees, device: ByDevice }

/** Asks a person where he is, in one of three ways. Nothing is asked of the browser before its button is pressed. */
export function WhenceForm({ onWhence }: { onWhence: (whence: Whence | null) => void }) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('place')
  const Form = forms[way]
  return (
    <div className={css.whence}>
      <Choices label={t('nearest.whence')} labelled value={way} options={ways.map((one) => ({ value: one, label: t(`nearest.way.${one}`) }))} onChange={setWay} />
      <Form onWhence={onWhence} />
    </div>
  )
}
