import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useAsking, useWorld } from '../lib/world'
import css from './now-note.module.css'

/** Beside figures that the server gives only as known now, where the page asks what was known earlier. */
export function NowNote() {
  const { t } = useTranslation()
  const { knownOn } = useAsking()
  if (knownOn === undefined) return null
  return <p className={css.note}>{t('parts.knownNow')}</p>
}

/** On a page that shows the present whatever day or instant its address asks: that it does. `follows`: the one of the two that it answers. */
export function PresentNote({ follows }: { follows?: 'asOf' | 'knownOn' | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const lines = [
    ...(follows !== 'asOf' && asOf !== list.today ? [t('parts.presentDay', { day: format.day(list.today) })] : []),
    ...(follows !== 'knownOn' && knownOn !== undefined ? [t('parts.presentKnown')] : []),
  ]
  return lines.length === 0 ? null : <p className={css.note}>{lines.join(' ')}</p>
}
