import { Link, SearchParamError, useParams, useRouter } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useAsking, useWorld, WorldProvider } from '../lib/world'
import { Loading } from '../ui/empty'
import { PageTitle, useTitle } from '../ui/page-head'
import { Problem } from '../ui/problem'
import { Shell } from '../ui/shell'

/** A page that could not be shown: an address that asks for nonsense, a list that is not there, a server that is away. Stands where the page would. */
export function PageProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const router = useRouter()
  const format = useFormat()
  const bad = error instanceof SearchParamError ? badParameters(error) : null
  return (
    <div style={{ padding: 24, maxWidth: 720 }}>
      <PageTitle>{t('problem.title')}</PageTitle>
      {bad ? <Problem error={new Error(t('problem.badAddress', { fields: format.join(bad) }))} /> : <Problem error={error} onRetry={() => void router.invalidate()} />}
      <p style={{ marginTop: 12 }}><a href={location.pathname}>{t('problem.reset')}</a></p>
    </div>
  )
}

/** The parameters of an address that cannot be read, by name. */
function badParameters(error: SearchParamError): string[] {
  const cause = error.cause as { issues?: readonly { path?: readonly unknown[] }[] } | undefined
  return [...new Set((cause?.issues ?? []).flatMap((issue) => (issue.path?.[0] === undefined ? [] : [String(issue.path[0])])))]
}

/** A list whose address cannot be read stands in its own shell all the same: the way to its pages is not lost. */
export function ListProblem({ error }: { error: unknown }) {
  const { list } = useParams({ strict: false })
  if (!(error instanceof SearchParamError) || list === undefined) return <RouteProblem error={error} />
  return <Suspense fallback={<Loading height={480} />}><WorldProvider code={list}><Shell><PageProblem error={error} /></Shell></WorldProvider></Suspense>
}

/** A day or an instant to come, of which there is nothing to show, with the way back to the list's today or to what is known now. */
export function ToCome({ what }: { what: 'asOf' | 'knownOn' }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const [day, today] = [format.day(asOf), format.day(list.today)]
  return (
    <div style={{ padding: 24, maxWidth: 720 }}>
      <PageTitle>{t('problem.title')}</PageTitle>
      <Problem error={new Error(what === 'asOf' ? t('problem.dayToCome', { day, today }) : t('problem.instantToCome', { at: format.zoned(knownOn!, list.timeZone) }))} />
      <p style={{ marginTop: 12 }}><Link to="." search={(previous) => ({ ...previous, [what]: undefined })} replace>{what === 'asOf' ? t('problem.toToday', { today }) : t('problem.toNow')}</Link></p>
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
