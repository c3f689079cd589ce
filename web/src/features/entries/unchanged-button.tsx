import type { EntryRow } from '@lastmile/shared/entry'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { Letter } from '../../lib/queries/entries'
import { ConfirmButton } from '../../ui/confirm-button'
import css from './entries.module.css'

/** Says of all lines whose last word still holds that nothing has changed: an act of its own, which names them and dates them anew. What has grown stale is said line by line. */
export function UnchangedButton({ rows, of, day, busy, onSend }: { rows: readonly EntryRow[]; /** Whose word it is, and of when and which part. */ of: { source: string; period?: string; scope?: object }; day: string; busy: boolean; onSend: (letter: Letter) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const holds = rows.flatMap(({ institution, drug, last }) => (last && !last.stale ? [{ institution, drug, status: last.status, day: last.day }] : []))
  const stale = rows.filter(({ last }) => last?.stale).length
  const count = { count: holds.length, formatted: format.number(holds.length), day: format.day(day) }
  return (
    <div className={css.act}>
      {holds.length === 0 ? <p>{t('entries.unchanged.none')}</p>
        : <ConfirmButton question={t('entries.unchanged.sure', count)} confirm={t('entries.unchanged.yes')} disabled={busy} onConfirm={() => onSend({ kind: 'unchanged', ...of, lines: holds })}>{t('entries.unchanged.all', count)}</ConfirmButton>}
      {stale > 0 && <p>{t('entries.unchanged.stale', { count: stale, formatted: format.number(stale) })}</p>}
    </div>
  )
}
