import type { SheetFigures } from '@lastmile/shared/inspection'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A figure, or in words that nothing certain is said: silence is never zero. Of supplies, that none was seen. */
export function Said({ of: { said, evidence, stocked }, children }: { of: SheetFigures; children: ReactNode }) {
  const { t } = useTranslation()
  if (said === 'nothing') return <em>{t('table.missing')}</em>
  if (said === 'unknown') return <em>{t('table.unknown')}</em>
  return evidence === 'supplied' && stocked.institutions === 0 ? <em>{t('drug.noSupplySeen')}</em> : children
}

/** True where a figure is one. */
export function isFigure({ said, evidence, stocked }: SheetFigures): boolean {
  return said === 'yes' || (said === 'no' && (evidence !== 'supplied' || stocked.institutions > 0))
}
