import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'

/** Beside every drug that a demonstration shows as stocked nowhere: which ones these are was drawn by lot. Nothing for real data. */
export function ByLot() {
  const { t } = useTranslation()
  const { list } = useWorld()
  if (!list.demonstration) return null
  return <p style={{ padding: '4px 10px', margin: '4px 0 10px', fontSize: '0.87em', color: 'var(--warn)', background: 'var(--warn-soft)', borderLeft: '3px solid var(--warn-line)' }}>{t('overview.unstocked.byLot')}</p>
}
