import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './message.module.css'

/** An honest nothing: says why there is nothing, never a zero. */
export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useTranslation()
  return <p className={css.empty}>{children ?? t('frame.empty')}</p>
}

/** Waiting, told to screen readers too; keeps the place (`height` in pixels). */
export function Loading({ height = 160 }: { height?: number }) {
  const { t } = useTranslation()
  return <div className={css.loading} style={{ minHeight: height }} role="status"><span>{t('frame.loading')}</span></div>
}
