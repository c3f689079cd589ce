import { contradictionSets } from '@lastmile/shared/contradiction'
import type { InspectionSheet } from '@lastmile/shared/inspection'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import css from './inspection.module.css'
import { subjectSearch } from './subject'

/** What offices alone see: whether reports came in time, and what speaks against each other. Nothing for who may not see it. */
export function SheetOffices({ sheet }: { sheet: InspectionSheet }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { reporting, contradictions, of, code } = sheet
  if (reporting === undefined && contradictions === undefined) return null
  return (
    <section className={`${css.section} ${css.offices}`}>
      {reporting !== undefined && (
        <p>
          <strong>{t('inspection.reporting', { periods: format.number(reporting.periods) })}</strong>{' '}
          {reporting.sources === 0 ? t('inspection.reportingNone') : (
            <>
              <ReportingWay of={of} code={code}>{t('inspection.reportingSays', { sources: format.number(reporting.sources), owed: format.number(reporting.owed), onTime: format.number(reporting.onTime), late: format.number(reporting.late), held: format.number(reporting.held), missing: format.number(reporting.missing) })}</ReportingWay>{' '}
              {reporting.lastAsOf === null ? t('inspection.reportingNever') : t('inspection.reportingLast', { day: format.day(reporting.lastAsOf) })}
            </>
          )}
        </p>
      )}
      {contradictions !== undefined && (
        <p>
          <strong>{t('inspection.contradictions')}</strong>{' '}
          {contradictionSets.map((set, i) => (
            <span key={set}>{i > 0 && ' · '}<Link to="/$list/contradictions" params={{ list: list.code }} search={{ ...subjectSearch(sheet), ...(set === 'refuted' ? {} : { set }) }}>{t('inspection.contradictionSays', { set: t(`contradictions.set.${set}`), pairs: format.number(contradictions[set].pairs), institutions: format.number(contradictions[set].institutions) })}</Link></span>
          ))}
        </p>
      )}
    </section>
  )
}

/** The way to who has reported: a province's calendar, a company's page. */
function ReportingWay({ of, code, children }: { of: InspectionSheet['of']; code: string; children: string }) {
  const { list } = useWorld()
  return of === 'company' ? <Link to="/$list/companies/$company" params={{ list: list.code, company: code }}>{children}</Link> : <Link to="/$list/reporting" params={{ list: list.code }} search={{ region: code }}>{children}</Link>
}
