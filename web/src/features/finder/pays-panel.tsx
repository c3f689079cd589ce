import type { FinderDrug, FinderFile } from '@lastmile/shared/finder-words'
import type { Plan } from '@lastmile/shared/plan'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { usePlanPlace } from '../../lib/plan-place'
import { plansNamingQuery } from '../../lib/queries/finder'
import { plansQuery } from '../../lib/queries/plans'
import { useWorld } from '../../lib/world'
import { CompanyLink } from '../../ui/names'
import { Panel } from '../../ui/panel'
import css from './finder.module.css'
import { OneStop } from './one-stop'
import { isSoldAt, type PaidAt } from './paid-at'

/** Plans shown: where more name the drug, the page of plans has them. */
const plansAtMost = 20

/** Who pays for the drug and who does not; the plans valid today where a person is, and what each says that it pays. `place`: where; null until it is known. */
export function PaysPanel({ code, words, place }: { code: string; words: FinderFile | null; place: PaidAt | null }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const there = useQuery({ ...plansQuery(list.code, { drug: code, region: place?.city ?? place?.unit, limit: plansAtMost }), enabled: place?.isChosen === true })
  const all = useQuery({ ...plansNamingQuery(list.code, code), enabled: place?.isChosen === false })
  const plans = place === null ? undefined : place.isChosen ? there.data?.plans : all.data?.filter((plan) => isSoldAt(plan, place)).slice(0, plansAtMost)
  const error = place?.isChosen ? there.error : all.error
  return (
    <Panel title={t('finder.pays')}>
      <p><strong>{words === null ? t('finder.paysUnknown') : text(words.payment)}</strong></p>
      {place === null ? <p className="quiet">{t('finder.plansWhere')}</p> : error ? <p role="alert">{t('finder.plansFailed')}</p> : plans && (plans.length === 0 ? <p>{t('finder.plansNone', { place: text(place.name) })}</p> : (
        <>
          <h3 className={css.sub}>{t('finder.plansIn', { place: text(place.name) })}</h3>
          <ul className={css.plans}>{plans.map((plan) => <PlanLine key={plan.code} plan={plan} drug={code} />)}</ul>
        </>
      ))}
      <OneStop code={code} place={place} />
    </Panel>
  )
}

function PlanLine({ plan, drug }: { plan: Plan; drug: string }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const where = usePlanPlace(t('finder.planWhole'))
  const pays = plan.drugs.find((one) => one.drug === drug)?.pays ?? null
  return (
    <li>
      <strong>{text(plan.name)}</strong>
      <span>{pays === null ? t('finder.planPaysUnknown') : text(pays)}</span>
      <span className="quiet">{[where(plan), plan.validTo === null ? null : t('finder.planUntil', { day: format.shortDay(plan.validTo, true) }), t('finder.planSource', { source: text(plan.source) })].filter(Boolean).join(' · ')}</span>
    </li>
  )
}

/** Whom a patient can ask for aid: what was published, else the company that answers for the drug. */
export function AidPanel({ code, own }: { code: string; own: FinderDrug | undefined }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { drug: find, company: findCompany } = useWorld()
  const company = findCompany(find(code)?.company ?? '')
  const aid = own?.aid ?? null
  return (
    <Panel title={t('finder.aid')}>
      {aid === null ? <p>{t('finder.aidUnknown')}</p> : (
        <>
          <p>{text(aid.text)}</p>
          {aid.telephone !== null && <a className={css.large} href={`tel:${aid.telephone.replace(/[^+\d]/g, '')}`}>{t('finder.dial', { telephone: aid.telephone })}</a>}
          <p className="quiet">{t('finder.aidSource', { source: text(aid.source), day: format.shortDay(aid.asOf, true) })}</p>
        </>
      )}
      {company && <p>{t('finder.answersFor')}<CompanyLink code={company.code} /></p>}
      {company && <p className="quiet">{company.liaison === null ? t('finder.noLiaison') : t('finder.liaison', { liaison: company.liaison })}</p>}
    </Panel>
  )
}
