import { noUnit } from '@lastmile/shared/region'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'

/** A drug by name, as a link to its page. */
export function DrugLink({ code }: { code: string }) {
  const { list, drugName } = useWorld()
  return <Link to="/$list/drugs/$drug" params={{ list: list.code, drug: code }}>{drugName(code)}</Link>
}

/** A company by name, as a link to its page. */
export function CompanyLink({ code }: { code: string }) {
  const { list, companyName } = useWorld()
  return <Link to="/$list/companies/$company" params={{ list: list.code, company: code }}>{companyName(code)}</Link>
}

/** A unit by name (or a city by the name given), as a link to its page; what lies in no unit has none. */
export function RegionLink({ code, name }: { code: string; name?: string | undefined }) {
  const { t } = useTranslation()
  const { list, unitName } = useWorld()
  if (code === noUnit) return <span title={t('parts.noUnitMeans')}>{unitName(code)}</span>
  return <Link to="/$list/regions/$code" params={{ list: list.code, code }}>{name ?? unitName(code)}</Link>
}

/** A report by its code (or the words given), as a link to its page. */
export function ReportLink({ id, children = id }: { id: string; children?: ReactNode }) {
  const { list } = useWorld()
  return <Link to="/$list/reports/$id" params={{ list: list.code, id }}>{children}</Link>
}

/** The receipt of a report, by its number. */
export function ReceiptLink({ report, children }: { report: string; children: ReactNode }) {
  const { list } = useWorld()
  return <Link to="/$list/reports/$id/receipt" params={{ list: list.code, id: report }}>{children}</Link>
}
