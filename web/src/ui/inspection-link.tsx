import type { InspectionSubject } from '@lastmile/shared/inspection'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to the sheet of a drug, a company or a province for an inspection; without `code`, to those of all of them. */
export function InspectionLink({ of, code }: { of: InspectionSubject; code?: string | undefined }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return code === undefined
    ? <Link className={css.link} to="/$list/inspection/$of" params={{ list: list.code, of }}>{t('nav.inspection')}</Link>
    : <Link className={css.link} to="/$list/inspection/$of/$code" params={{ list: list.code, of, code }}>{t('nav.inspection')}</Link>
}
