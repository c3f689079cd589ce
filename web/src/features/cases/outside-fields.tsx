import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import { SelectField } from '../../ui/field'
import { TextField } from '../../ui/text-field'
import type { CameDraft, Coming } from './use-coming'

/** By which way and on which day something came that is entered for somebody else. */
export function OutsideFields({ coming: { came, change }, channels }: { coming: Coming; channels: readonly CameDraft['channel'][] }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return (
    <>
      <SelectField label={t('cases.channel')} value={came.channel} options={channels.map((one) => ({ value: one, label: t(`cases.channels.${one}`) }))} onChange={(next) => change({ channel: next as CameDraft['channel'], on: next === 'system' ? '' : came.on || list.today })} />
      {came.channel !== 'system' && <TextField label={t('cases.on')} type="date" value={came.on} onChange={(on) => change({ on })} />}
    </>
  )
}
