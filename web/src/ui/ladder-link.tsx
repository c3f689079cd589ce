import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to the ladders of the last mile: of a drug everywhere, or of all drugs in a unit. */
export function LadderLink({ drug, unit }: { drug?: string | undefined; unit?: string | undefined }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return <Link className={css.link} to="/$list/ladder" params={{ list: list.code }} search={{ drug, unit }}>{t('nav.ladder')}</Link>
}
