import type { Coverage, HeadlineAnswer } from '@lastmile/shared/coverage'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { ByLot } from '../../ui/by-lot'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Icon } from '../../ui/icons'
import { StateCountsList } from '../../ui/state-counts'
import css from './drugs.module.css'

/** The drugs that are stocked nowhere and, apart from them, those of which nothing is known. First on the page, and unmissable; nothing where there is nothing to count. */
export function Unstocked({ headline, totals }: { headline: HeadlineAnswer; totals: Coverage['totals'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const evidence = headline.basis.evidence ?? 'declared'
  const that = (...said: string[]) => headline.drugs.filter((one) => said.includes(one.said)).map((one) => one.drug)
  const [nowhere, open] = [that('no'), that('unknown', 'nothing')]
  const words = (drugs: readonly string[]) => ({ count: drugs.length, n: format.number(drugs.length) })
  if (!headline.reported || headline.basis.asOf < list.inForce) return null
  return (
    <>
      {nowhere.length > 0 && <Drugs id="unstocked" look="alarm" title={t(`overview.unstocked.title.${evidence}`, words(nowhere))} drugs={nowhere} headline={headline} totals={totals}>{open.length === 0 && <ByLot />}</Drugs>}
      {open.length > 0 && <Drugs id="not-known" look="open" title={t(headline.drugsUnknown > 0 ? 'overview.unstocked.open' : 'overview.unstocked.silent', words(open))} drugs={open} headline={headline} totals={totals}><ByLot /></Drugs>}
      {nowhere.length + open.length === 0 && <Drugs id="unstocked" look="good" title={t('overview.unstocked.none')} drugs={[]} headline={headline} totals={totals} />}
    </>
  )
}

/** Drugs, each with its company and with what was said of it. */
function Drugs({ id, look, title, drugs, headline, totals, children }: { id: string; look: 'alarm' | 'open' | 'good'; title: string; drugs: readonly string[]; headline: HeadlineAnswer; totals: Coverage['totals']; children?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drug: drugOf, drugName, companyName } = useWorld()
  const evidence = headline.basis.evidence ?? 'declared'
  return (
    <section className={css.unstocked} data-look={look} aria-labelledby={id}>
      <header>
        <h2 id={id}><Icon name={look === 'alarm' ? 'warning' : 'info'} size={22} /> {title}</h2>
        <p className={css.meta}><EvidenceBadge evidence={evidence} compact /> {t('frame.asOf', { day: format.day(headline.basis.asOf) })}</p>
      </header>
      {drugs.length > 0 && (
        <ul className={css.nowhere}>
          {drugs.map((code) => {
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
      {children}
    </section>
  )
}
