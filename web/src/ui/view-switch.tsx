import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '../lib/search'
import css from './frame.module.css'

/** Picture or table, kept in the URL. */
export function ViewSwitch({ id, asTable, title }: { id: string; asTable: boolean; title: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search: ListSearch = useSearch({ strict: false })
  const show = (table: boolean) => {
    const others = (search.table ?? '').split(',').filter((one) => one !== '' && one !== id)
    const next = [...others, ...(table ? [id] : [])].join(',')
    void navigate({ to: '.', search: (previous) => ({ ...previous, table: next || undefined }), replace: true, resetScroll: false })
  }
  return (
    <div className={css.views} role="group" aria-label={t('parts.labelled', { label: t('frame.view'), value: title })}>
      <button type="button" aria-pressed={!asTable} onClick={() => show(false)}>{t('frame.chart')}</button>
      <button type="button" aria-pressed={asTable} onClick={() => show(true)}>{t('frame.table')}</button>
    </div>
  )
}
