import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import css from './figure.module.css'

/** What a link is that a number is: its words and looks. */
interface About { className: string | undefined; 'aria-label': string; children: string }

/** A number as the way to what it counts, drawn by `way`; a zero leads nowhere, since nothing is behind it. `label` names it for those who do not see where it stands. */
export function Figure({ value, label, way }: { value: number; label: string; way: (about: About) => ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const written = format.number(value)
  return value === 0 ? written : way({ className: css.figure, 'aria-label': t('parts.labelled', { label, value: written }), children: written })
}
