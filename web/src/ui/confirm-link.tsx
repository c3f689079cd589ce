import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useConfirms } from '../lib/actor'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to confirm or refute what companies declare of a drug, in a unit, at an institution: for who does that. */
export function ConfirmLink(of: { drug?: string | undefined; region?: string | undefined; institution?: string | undefined }) {
  const { t } = useTranslation()
  const { list, regions } = useWorld()
  const { institution, unit } = useActor()
  if (!useConfirms() || (institution !== null && of.institution !== undefined && of.institution !== institution)) return null
  if (institution !== null) return <Link className={css.link} to="/$list/my" params={{ list: list.code }}>{t('nav.own')}</Link>
  // Whoever is of a unit is shown his own anyway; a city is asked for beside its unit.
  const isUnit = regions.units.some(({ code }) => code === of.region)
  return <Link className={css.link} to="/$list/confirm" params={{ list: list.code }} search={{ drug: of.drug, institution: of.institution, ...(unit === null && of.region !== undefined ? (isUnit ? { region: of.region } : { city: of.region }) : {}) }}>{t('nav.confirm')}</Link>
}
