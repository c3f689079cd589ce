import type { CompanyRequestKind } from '@lastmile/shared/company-request'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../lib/actor'
import { useWorld } from '../lib/world'
import css from './confirm-link.module.css'

/** The way to ask an office: about a drug in a unit or at an institution, or (`kind`) that what is recorded there is wrong. For companies, of their own drugs. */
export function AskOffice(of: { kind?: CompanyRequestKind | undefined; drug?: string | undefined; region?: string | undefined; institution?: string | undefined }) {
  const { t } = useTranslation()
  const { list, drug } = useWorld()
  const { company } = useActor()
  if (useCan('company_request.open') === null || (of.drug !== undefined && drug(of.drug)?.company !== company)) return null
  return <Link className={css.link} to="/$list/company-requests/new" params={{ list: list.code }} search={of}>{t(of.kind === 'statement_disputed' ? 'parts.dispute' : 'parts.askOffice')}</Link>
}
