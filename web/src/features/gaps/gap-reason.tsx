import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './gaps.module.css'

/** What there is against what is needed, 1 of 3; null where nothing is asked. */
export function HaveNeed({ children, need }: { children: ReactNode; need: string | null }) {
  const { t } = useTranslation()
  return <span className={css.have}><strong>{children}</strong>{need !== null && <span className="quiet"> {t('gaps.need', { need })}</span>}</span>
}

/** Points to a note below the table. */
export function NoteMark({ note }: { note: number }) {
  return note < 0 ? null : <sup> [{note + 1}]</sup>
}
