import { useTranslation } from 'react-i18next'
import css from './audit.module.css'

type Fields = Record<string, unknown> | null

/** What changed, field by field: before beside after, what stayed the same left out. Of what was made or taken away, its fields. */
export function ChangedFields({ before, after }: { before: Fields; after: Fields }) {
  const { t } = useTranslation()
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => before === null || after === null || written(before[name]) !== written(after[name]))
  if (names.length === 0) return null
  return (
    <table className={css.changes}>
      <caption className="sr-only">{t('audit.changes')}</caption>
      <thead><tr><th scope="col">{t('audit.field')}</th>{before !== null && <th scope="col">{t('audit.before')}</th>}{after !== null && <th scope="col">{t('audit.after')}</th>}</tr></thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row"><code>{name}</code></th>
            {before !== null && <td data-part="before">{after === null ? written(before[name]) : <del>{written(before[name])}</del>}</td>}
            {after !== null && <td data-part="after">{before === null ? written(after[name]) : <ins>{written(after[name])}</ins>}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A value of an entry as it is read: text as it stands, anything deeper as JSON; nothing as a dash. */
function written(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
