import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { headlineQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { Loading } from '../../ui/empty'
import { BigFigure, CardBasis, EvidenceCards, SmallFigures, useKindFigures } from '../../ui/evidence-cards'
import { unknownQuestion } from '../../ui/eligible-link'
import { NumberLink } from '../../ui/number-link'
import { Problem } from '../../ui/problem'

/** The headline of one region under the three kinds of evidence, side by side. */
export function RegionCards({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, places } = useWorld()
  const kindFigures = useKindFigures()
  const { asOf, knownOn, since } = useAsking()
  const answers = useQueries({
    queries: evidences.map((evidence) => ({ ...headlineQuery(list.code, { region: code, asOf, knownOn, evidence, ...(evidence === 'supplied' && since !== undefined ? { since } : {}) }), placeholderData: keepPreviousData })),
  })
  const card = (evidence: Evidence) => {
    const { data, error, refetch } = answers[evidences.indexOf(evidence)]!
    if (error) return <Problem error={error} onRetry={() => void refetch()} />
    if (!data) return <Loading height={150} />
    const { notKnown, stale, notReported } = data.unknown
    const silent = data.drugs.every((one) => one.said === 'nothing') || (evidence === 'supplied' && data.institutions === 0)
    const open = !silent && data.drugs.every((one) => one.said === 'unknown' || one.said === 'nothing')
    const watched = evidence === 'supplied' && list.evidences.includes('supplied')
    const rows = { region: code, evidence, state: 'in_stock' }
    return (
      <>
        {silent
          ? <BigFigure label={t(watched ? 'drug.noSupplyMeans' : 'drug.notReportedMeans')}>{t(watched ? 'drug.noSupplySeen' : 'table.missing')}</BigFigure>
          : open ? <BigFigure label={t('drug.unknownMeans')}>{t('table.unknown')}</BigFigure>
          : <BigFigure label={t(evidence === 'supplied' ? 'region.suppliedAt' : 'region.institutions')}><NumberLink value={data.institutions} rows={rows} label={t(`words.evidence.${evidence}.short`)} /></BigFigure>}
        {!silent && <SmallFigures figures={[
          ...kindFigures(data, rows),
          [t('region.drugsStocked'), t('region.ofListed', { stocked: format.number(data.drugsStocked), listed: format.number(data.drugsListed) })],
          [places.cities, <NumberLink key="c" value={data.cities} rows={rows} label={places.cities} />],
          evidence === 'supplied' ? null : [t('region.unknownPairs'), <NumberLink key="u" value={notKnown + stale + notReported} rows={{ region: code, evidence, state: unknownQuestion }} label={t('region.unknownPairs')} />],
        ]} />}
        <CardBasis basis={data.basis} />
      </>
    )
  }
  return <EvidenceCards choose label={t('region.headline')} card={card} />
}
