import { Link, SearchParamError, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle, useTitle } from '../ui/page-head'
import { Problem } from '../ui/problem'

/** A page that could not be shown: an address that asks for nonsense, a list that is not there, a server that is away. Stands where the page would. */
export function PageProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const router = useRouter()
  const badAddress = error instanceof SearchParamError
  return (
    <div style={{ padding: 24, maxWidth: 720 }}>
      <PageTitle>{t('problem.title')}</PageTitle>
      <Problem error={badAddress ? new Error(t('problem.badAddress')) : error} onRetry={() => void router.invalidate()} />
      <p style={{ marginTop: 12 }}><a href={location.pathname}>{t('problem.reset')}</a></p>
    </div>
  )
}

/** {@link PageProblem} where there is no shell around it. */
export function RouteProblem({ error }: { error: unknown }) {
  return <main><PageProblem error={error} /></main>
}

/** No such page, within a list. */
export function PageNotFound() {
  const { t } = useTranslation()
  useTitle(t('problem.notFound'))
  return (
    <div style={{ padding: 24 }}>
      <h1>{t('problem.notFound')}</h1>
      <p style={{ marginTop: 12 }}><Link to="/">{t('problem.home')}</Link></p>
    </div>
  )
}

/** {@link PageNotFound} where there is no shell around it. */
export function NotFound() {
  return <main><PageNotFound /></main>
}
