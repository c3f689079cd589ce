import { expectable, type EntryRow } from '@lastmile/shared/entry'
import { reasons, statuses, type Reason, type Status } from '@lastmile/shared/status'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import css from './entries.module.css'
import { LastWord } from './own-drugs'
import { asksWhy, sayingOf, type Saying } from './saying'

/** A line of the form: what was said last, and what is said now; blank says nothing. */
export const FillRow = memo(function FillRow({ row, saying, onSay, today }: { row: EntryRow; saying: Saying | null; onSay: (row: EntryRow, saying: Saying | null) => void; today: string }) {
  const { t } = useTranslation()
  const { drugName } = useWorld()
  const name = `${row.institutionName}, ${drugName(row.drug)}`
  return (
    <tr>
      <th scope="row">{drugName(row.drug)}<div className="quiet">{row.institutionName} <span className="number">{row.institution}</span></div><div className={css.narrow}><LastWord row={row} /></div></th>
      <td className={css.wide}><LastWord row={row} /></td>
      <td>
        <div className={css.now}>
          <select aria-label={`${name}: ${t('entries.confirm.status')}`} value={saying?.status ?? ''} onChange={({ target: { value } }) => onSay(row, value === '' ? null : sayingOf(value as Status, row.last, today))}>
            <option value="">{t('entries.fill.blank')}</option>
            {statuses.map((one) => <option key={one} value={one}>{t(`entries.status.${one}`)}</option>)}
          </select>
          {saying && asksWhy(saying.status) && (
            <select aria-label={`${name}: ${t('entries.reason')}`} value={saying.reason ?? ''} onChange={({ target: { value } }) => onSay(row, { ...saying, reason: value === '' ? null : value as Reason })}>
              <option value="">{t('entries.reasonOpen')}</option>
              {reasons.map((one) => <option key={one} value={one}>{t(`words.reason.${one}`)}</option>)}
            </select>
          )}
          {saying && expectable.includes(saying.status) && <label className={css.day}><span className="quiet">{t('entries.expectedOn')}</span><input type="date" aria-label={`${name}: ${t('entries.expectedOn')}`} min={today} max="2999-12-31" value={saying.expectedOn ?? ''} onChange={({ target: { value } }) => onSay(row, { ...saying, expectedOn: value === '' ? null : value })} /></label>}
        </div>
      </td>
    </tr>
  )
})
