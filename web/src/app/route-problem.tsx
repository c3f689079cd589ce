import { Link, SearchParamError, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../ui/problem'

/** A page that could not be shown: an address that asks for nonsense, a list that is not there, a server that is away. */
export function RouteProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const router = useRouter()
  const badAddress = error instanceof SearchParamError
  return (
    <div style={{ padding: 24, maxWidth: 720 }}>
      <Problem error={badAddress ? new Error(t('problem.badAddress')) : error} onRetry={() => void router.invalidate()} />
      <p style={{ marginTop: 12 }}><a href={location.pathname}>{t('problem.reset')}</a></p>
    </div>
  )
}

/** No such page. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <div style={{ padding: 24 }}>
      <h1>{t('problem.notFound')}</h1>
      <p style={{ marginTop: 12 }}><Link to="/">{t('problem.home')}</Link></p>
    </div>
  )
}
