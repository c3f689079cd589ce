import type { Coverage, HeadlineAnswer } from '@lastmile/shared/coverage'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { ByLot } from '../../ui/by-lot'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Icon } from '../../ui/icons'
import { StateCountsList } from '../../ui/state-counts'
import css from './drugs.module.css'

/** The drugs stocked nowhere, each with its company and with what was said instead. First on the page, and unmissable. */
export function Unstocked({ headline, totals }: { headline: HeadlineAnswer; totals: Coverage['totals'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drug: drugOf, drugName, companyName } = useWorld()
  const evidence = headline.basis.evidence ?? 'declared'
  const nowhere = headline.drugs.filter((one) => one.institutions === 0).map((one) => one.drug)
  const n = format.number(nowhere.length)
  return (
    <section className={css.unstocked} data-none={nowhere.length === 0} aria-labelledby="unstocked">
      <header>
        <h2 id="unstocked"><Icon name={nowhere.length === 0 ? 'info' : 'warning'} size={22} /> {nowhere.length === 0 ? t('overview.unstocked.none') : t(`overview.unstocked.title.${evidence}`, { n })}</h2>
        <p className={css.meta}><EvidenceBadge evidence={evidence} compact /> {t('frame.asOf', { day: format.day(headline.basis.asOf) })}</p>
      </header>
      {nowhere.length > 0 && (
        <ul className={css.nowhere}>
          {nowhere.map((code) => {
            const company = drugOf(code)?.company
            const said = totals.find((total) => total.drug === code)
            return (
              <li key={code}>
                <Link className={css.drug} to="/$list/drugs/$drug" params={{ list: list.code, drug: code }}>{drugName(code)}</Link>
                {company !== undefined && <span>{t('overview.unstocked.company')} <Link to="/$list/companies/$company" params={{ list: list.code, company }}>{companyName(company)}</Link></span>}
                <div className={css.said}><StateCountsList words counts={said?.states ?? null} rows={{ drug: code, evidence }} label={drugName(code)} /></div>
              </li>
            )
          })}
        </ul>
      )}
      {nowhere.length > 0 && <ByLot />}
    </section>
  )
}
