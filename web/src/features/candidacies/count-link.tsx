import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { EditionsSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'

/** A number of drugs that opens them, in the table of the page of editions. */
export function CountLink({ count, search, label }: { count: number; search: EditionsSearch; label: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  return <Link to="/$list/editions" params={{ list: list.code }} search={search} hash="candidacies" aria-label={t('parts.labelled', { label, value: format.number(count) })} className="number">{format.number(count)}</Link>
}
