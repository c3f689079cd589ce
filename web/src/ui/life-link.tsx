import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way from a drug of the list to its life across editions. */
export function LifeLink({ code }: { code: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return <Link className={css.link} to="/$list/drugs/$drug/life" params={{ list: list.code, drug: code }}>{t('drug.life')}</Link>
}
