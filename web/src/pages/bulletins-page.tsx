import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BulletinsFrame } from '../features/bulletins/bulletins-frame'
import { useCan } from '../lib/actor'
import { useWorld } from '../lib/world'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/bulletins')

/** Bulletins of the list: published ones for everybody, others for their keepers and those they name; and the way to a draft. */
export function BulletinsPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const keeps = useCan('bulletin.keep') !== null
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Stack>
      <PageHead title={t('bulletins.page')} lead={<p>{t('bulletins.lead')}</p>}>{keeps && <p><Link to="/$list/bulletins/draft" params={{ list: list.code }}>{t('bulletins.toDraft')}</Link></p>}</PageHead>
      <BulletinsFrame search={search} onSearch={(next) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })} />
    </Stack>
  )
}
