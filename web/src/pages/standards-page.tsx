import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OneStandard } from '../features/standards/one-standard'
import { StandardsFrame } from '../features/standards/standards-frame'
import type { StandardsSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/standards')

/** What counts as covered, drug by drug, with who decided it, when and why; and for an operator, the way to decide otherwise. */
export function StandardsPage() {
  const { t } = useTranslation()
  const { drug: find } = useWorld()
  const { drug, edit } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<StandardsSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), resetScroll: false })
  return (
    <Stack>
      <PageHead title={t('standards.page')} lead={<p>{t('standards.lead')}</p>} />
      <TimeBar />
      {drug !== undefined && find(drug) && <OneStandard key={drug} drug={drug} edit={edit === 'true'} onEdit={(open) => change({ edit: open ? 'true' : undefined })} onClose={() => change({ drug: undefined, edit: undefined })} />}
      <StandardsFrame />
    </Stack>
  )
}
