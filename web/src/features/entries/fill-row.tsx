import { expectable, reasoned, type EntryRow } from '@lastmile/shared/entry'
import { reasons, statuses, type Reason, type Status } from '@lastmile/shared/status'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import { LastWord } from './own-drugs'
import { sayingOf, type Saying } from './saying'

/** A line of the form: what was said last, and what is said now; blank says nothing. */
export const FillRow = memo(function FillRow({ row, saying, onSay, today }: { row: EntryRow; saying: Saying | null; onSay: (row: EntryRow, saying: Saying | null) => void; today: string }) {
  const { t } = useTranslation()
  const { drugName } = useWorld()
  const name = `${row.institutionName}, ${drugName(row.drug)}`
  return (
    <tr>
      <th scope="row">{row.institutionName}<div className="quiet">{row.institution}</div></th>
      <td>{drugName(row.drug)}</td>
      <td><LastWord row={row} /></td>
      <td>
        <select aria-label={`${name}: ${t('entries.confirm.status')}`} value={saying?.status ?? ''} onChange={({ target: { value } }) => onSay(row, value === '' ? null : sayingOf(value as Status, row.last, today))}>
          <option value="">{t('entries.fill.blank')}</option>
          {statuses.map((one) => <option key={one} value={one}>{t(`entries.status.${one}`)}</option>)}
        </select>
      </td>
      <td>
        {saying && reasoned.includes(saying.status) && saying.status !== 'on_order' && (
          <select aria-label={`${name}: ${t('entries.reason')}`} value={saying.reason ?? ''} onChange={({ target: { value } }) => onSay(row, { ...saying, reason: value === '' ? null : value as Reason })}>
            <option value="">{t('entries.noReason')}</option>
            {reasons.map((one) => <option key={one} value={one}>{t(`words.reason.${one}`)}</option>)}
          </select>
        )}
      </td>
      <td>{saying && expectable.includes(saying.status) && <input type="date" aria-label={`${name}: ${t('entries.expectedOn')}`} min={today} max="2999-12-31" value={saying.expectedOn ?? ''} onChange={({ target: { value } }) => onSay(row, { ...saying, expectedOn: value === '' ? null : value })} />}</td>
    </tr>
  )
})
