import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to where a drug is near whoever looks. */
export function FindLink({ drug }: { drug: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return <Link className={css.link} to="/$list/find/$drug" params={{ list: list.code, drug }}>{t('parts.findNear')}</Link>
}
