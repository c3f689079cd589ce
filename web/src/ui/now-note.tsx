import { useTranslation } from 'react-i18next'
import { useAsking } from '../lib/world'

/** Beside figures that the server gives only as known now, where the page asks what was known earlier. */
export function NowNote() {
  const { t } = useTranslation()
  const { knownOn } = useAsking()
  if (knownOn === undefined) return null
  return <p style={{ padding: '4px 10px', margin: '0 0 8px', fontSize: '0.87em', color: 'var(--warn)', background: 'var(--warn-soft)', borderLeft: '3px solid var(--warn-line)' }}>{t('parts.knownNow')}</p>
}
