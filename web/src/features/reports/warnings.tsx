import type { ReadWarning } from '@lastmile/shared/reading'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import css from './reports.module.css'
import { useFieldWord } from './field-word'

/** What was read with a grain of salt, by kind: how often, where first, and what it means. */
export function Warnings({ warnings }: { warnings: readonly ReadWarning[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const fieldWord = useFieldWord()
  if (warnings.length === 0) return null
  const codes = [...new Set(warnings.map((warning) => warning.code))]
  return (
    <div className={css.warnings}>
      <h3>{t('upload.warnings')}</h3>
      <ul>
        {codes.map((code) => {
          const own = warnings.filter((warning) => warning.code === code)
          const rows = own.filter((warning) => warning.row !== undefined).slice(0, 8).map((warning) => format.number(warning.row ?? 0))
          const columns = [...new Set(own.flatMap((warning) => (warning.column === undefined ? [] : [fieldWord(warning.column)])))]
          return (
            <li key={code}>
              <strong>{t(`codes.warning.${code}`)}</strong>
              <span className="quiet">
                {own[0]?.count !== undefined && ` · ${t('upload.rowsCount', { rows: format.number(own[0].count) })}`}
                {columns.length > 0 && ` · ${t('upload.inColumns', { columns: format.join(columns) })}`}
                {rows.length > 0 && ` · ${t('upload.atRows', { rows: format.join(rows) })}${own.length > rows.length ? '…' : ''}`} <code>{code}</code>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
