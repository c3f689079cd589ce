import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { encodeRows, type ListSearch, type RowsQuestion } from '../lib/search'
import css from './number-link.module.css'

/**
 * A number that opens the rows behind it (the drawer is the shell's, its question is in the URL). `rows` says which rows;
 * what it leaves out comes from the page's address, less what the page itself does not follow (`strip`). A number that is written otherwise than on the screens comes as text. `label` names the number for those who do not see where it stands.
 */
export function NumberLink({ value, rows, label, strip, className }: { value: number | string; rows: RowsQuestion; label: string; strip?: Partial<ListSearch> | undefined; className?: string | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const written = typeof value === 'string' ? value : format.number(value)
  return (
    <Link
      to="." search={(previous) => ({ ...previous, ...strip, rows: encodeRows(rows) })} state={{ rowsOpened: true }} resetScroll={false}
      className={`${css.number} ${className ?? ''}`} title={t('rows.open')} aria-label={t('rows.numberOf', { label, number: written })}
    >
      {written}
    </Link>
  )
}
