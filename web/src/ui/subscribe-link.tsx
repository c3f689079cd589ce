import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../lib/actor'
import { useAsking, useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to hear of what changes for a drug, a unit or a company, under the page's kind of evidence: for whoever may, of what is his own. */
export function SubscribeLink(to: { drug?: string | undefined; region?: string | undefined; company?: string | undefined }) {
  const { t } = useTranslation()
  const { list, drug } = useWorld()
  const { evidence } = useAsking()
  const actor = useActor()
  const company = to.company ?? (to.drug === undefined ? undefined : drug(to.drug)?.company)
  const isOthers = (actor.company !== null && company !== undefined && company !== actor.company) || (actor.unit !== null && to.region !== undefined && to.region !== actor.unit)
  if (useCan('subscription.own') === null || isOthers) return null
  return <Link className={css.link} to="/subscriptions" search={{ list: list.code, evidence, ...to }}>{t('gaps.subscribe')}</Link>
}
