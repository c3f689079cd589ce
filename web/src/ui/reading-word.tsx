import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../lib/reading'

/** A figure where there is one; else the word for what stands in its place, never a zero. */
export function ReadingWord({ reading, children }: { reading: Reading; children: ReactNode }) {
  const { t } = useTranslation()
  if (reading.state === 'value') return children
  return <em className="quiet">{reading.state === 'unknown' ? t('table.unknown') : t('table.missing')}</em>
}
