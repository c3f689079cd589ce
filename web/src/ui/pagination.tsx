import type { Page } from '@lastmile/shared/page'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { Icon } from './icons'
import css from './pagination.module.css'

/** Where a page of rows lies, with the way to its neighbours. `onPage` gets the new offset. */
export function Pagination({ page, onPage }: { page: Page; onPage: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const last = Math.min(page.offset + page.limit, page.total)
  // Not `disabled`: the one that was just pressed would lose the focus.
  const [isFirst, isLast] = [page.offset === 0, last >= page.total]
  // An address may ask for a page that there is no more: the way back leads to the last one that there is.
  const isBeyond = page.offset > 0 && page.offset >= page.total
  const before = isBeyond ? Math.max(0, Math.floor((page.total - 1) / page.limit) * page.limit) : Math.max(0, page.offset - page.limit)
  return (
    <nav className={css.pagination} aria-label={t('page.label')}>
      <button type="button" aria-disabled={isFirst} onClick={() => { if (!isFirst) onPage(before) }} aria-label={t('page.previous')}><Icon name="left" /></button>
      <span aria-live="polite">{isBeyond ? t('page.beyond', { total: format.number(page.total) }) : t('page.range', { from: format.number(page.total === 0 ? 0 : page.offset + 1), to: format.number(last), total: format.number(page.total) })}</span>
      <button type="button" aria-disabled={isLast} onClick={() => { if (!isLast) onPage(page.offset + page.limit) }} aria-label={t('page.next')}><Icon name="right" /></button>
    </nav>
  )
}
