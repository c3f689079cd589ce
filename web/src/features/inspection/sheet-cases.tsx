import { caseStates } from '@lastmile/shared/case'
import type { InspectionSheet } from '@lastmile/shared/inspection'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import css from './inspection.module.css'
import { subjectSearch } from './subject'

/** Supervision cases of the subject by state, and those that are not closed with their age and when an answer is due. Nothing for who may not see them, and of a day before. */
export function SheetCases({ sheet }: { sheet: InspectionSheet }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, companyName, unitName } = useWorld()
  const { cases } = sheet
  if (cases === undefined) return null
  const { counts, rows, isAll } = cases
  const search = subjectSearch(sheet)
  const going = counts.open + counts.notified + counts.answered
  return (
    <section className={css.section}>
      <div className={css.reasons}>
        <h3><Link to="/$list/cases" params={{ list: list.code }} search={search}>{t(isAll ? 'inspection.cases' : 'inspection.ownCases', { formatted: format.number(going) })}</Link></h3>
        {going + counts.closed === 0 && <span>{t('inspection.noCases')}</span>}
        {caseStates.filter((state) => counts[state] > 0).map((state) => <Link key={state} to="/$list/cases" params={{ list: list.code }} search={{ ...search, state }}>{t(`cases.states.${state}`)} <strong>{format.number(counts[state])}</strong></Link>)}
        {counts.overdue > 0 && <Link to="/$list/cases" params={{ list: list.code }} search={{ ...search, due: 'overdue' as const }}>▲ {t('cases.overdue')} <strong>{format.number(counts.overdue)}</strong></Link>}
      </div>
      {rows.length > 0 && (
        <table className={css.table}>
          <thead><tr><th scope="col">{t('cases.code')}</th><th scope="col">{t('cases.about')}</th><th scope="col">{t('cases.state')}</th><th scope="col">{t('cases.evidence')}</th><th scope="col">{t('cases.gaps')}</th><th scope="col">{t('cases.openedOn')}</th><th scope="col" className={css.number}>{t('cases.age')}</th><th scope="col">{t('cases.due')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row"><Link to="/$list/cases/$code" params={{ list: list.code, code: row.code }}>{t('cases.number', { year: row.code.slice(0, 4), number: row.code.slice(5) })}</Link></th>
                <td>{{ drug: drugName, company: companyName, province: unitName }[row.about.by](row.about.code)}</td><td>{t(`cases.states.${row.state}`)}</td><td>{t(`words.evidence.${row.evidence}.short`)}</td><td>{t('cases.metOf', { met: format.number(row.met), gaps: format.number(row.gaps) })}</td>
                <td>{format.shortDay(row.openedOn, true)}</td><td className={css.number}>{t('cases.days', { count: row.age, formatted: format.number(row.age) })}</td>
                <td>{row.dueOn === null || row.workingDaysLeft === null ? '–' : <>{format.shortDay(row.dueOn)} <small>{left(row.dueOn, row.workingDaysLeft)}</small></>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {going > rows.length && <p className={css.small}>{t('inspection.more', { formatted: format.number(going - rows.length) })}</p>}
    </section>
  )

  /** How long there is to answer, in working days. */
  function left(dueOn: string, days: number): string {
    if (dueOn === list.today) return t('cases.dueToday')
    if (dueOn > list.today) return t('cases.left', { count: days, formatted: format.number(days) })
    return days === 0 ? t('cases.overdue') : t('cases.overdueBy', { count: -days, formatted: format.number(-days) })
  }
}
