import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listsQuery } from '../lib/queries/lists'
import { Outside } from '../ui/outside'
import { PageTitle } from '../ui/page-head'
import { Empty } from '../ui/empty'

/** A server without a list: one that is still loading, or a new one. Asks again until there is one. */
export function NothingYet() {
  const { t } = useTranslation()
  const lists = useQuery({ ...listsQuery(), staleTime: 0, refetchInterval: 2_000 })
  const first = lists.data?.lists[0]
  if (first) return <Navigate to="/$list" params={{ list: first.code }} replace />
  return <Outside><PageTitle>{t('overview.title')}</PageTitle><Empty>{t('nothingYet')}</Empty></Outside>
}
