import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AuditEntries } from '../features/audit/audit-entries'
import { AuditFilters } from '../features/audit/audit-filters'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'
import type { AuditSearch } from '../lib/searches'

const route = getRouteApi('/audit')

/** The audit: who did what, when, and what it changed. */
export function AuditPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: AuditSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <OfficePage action="audit.read" title={t('audit.page')} lead={<><p>{t('audit.lead')}</p><p>{t('audit.chain')}</p></>}>
      <Panel title={t('audit.filters')}><AuditFilters search={search} onSearch={show} /></Panel>
      <AuditEntries search={search} onOffset={(offset) => show({ ...search, offset: offset || undefined })} />
    </OfficePage>
  )
}
