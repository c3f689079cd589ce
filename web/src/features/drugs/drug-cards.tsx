import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { negativeStates } from '@lastmile/shared/state'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { coverageQuery } from '../../lib/queries/coverage'
import { drugQuery } from '../../lib/queries/lists'
import { readCell } from '../../lib/reading'
import { useAsking, useWorld } from '../../lib/world'
import { ByLot } from '../../ui/by-lot'
import { Loading } from '../../ui/empty'
import { BigFigure, CardBasis, EvidenceCards, SmallFigures, useKindFigures } from '../../ui/evidence-cards'
import { NumberLink } from '../../ui/number-link'
import { Problem } from '../../ui/problem'
import { ShareRange } from '../../ui/share-range'
import { StateCountsList } from '../../ui/state-counts'

/** The drug's headline under the three kinds of evidence, side by side, never mixed. */
export function DrugCards({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drug, regions, places } = useWorld()
  const kindFigures = useKindFigures()
  const { asOf, knownOn, since } = useAsking()
  const answers = useQueries({
    queries: evidences.map((evidence) => ({
      ...coverageQuery(list.code, { drug: code, by: 'province', asOf, knownOn, evidence, ...(evidence === 'supplied' && since !== undefined ? { since } : {}) }), placeholderData: keepPreviousData,
    })),
  })
  const detail = useQuery(drugQuery(list.code, code, { asOf }))
  const form = drug(code)?.supplyForm ?? 'shelf'
  const card = (evidence: Evidence) => {
    const { data, error, refetch } = answers[evidences.indexOf(evidence)]!
    if (error) return <Problem error={error} onRetry={() => void refetch()} />
    if (!data) return <Loading height={150} />
    const total = data.totals.find((one) => one.drug === code)
    const reading = total && readCell(total).state
    const last = detail.data?.lastStatements.find((one) => one.evidence === evidence)?.day ?? null
    const watched = evidence === 'supplied' && list.evidences.includes('supplied')
    if (!total || reading === 'not-reported') return <><BigFigure label={t(watched ? 'drug.noSupplyMeans' : 'drug.notReportedMeans')}>{t(watched ? 'drug.noSupplySeen' : 'table.missing')}</BigFigure><CardBasis basis={data.basis} /></>
    // Where somebody says no, the figure stands, whatever else is open; it opens both.
    if (reading === 'unknown' && !negativeStates.some((state) => total.states[state] > 0)) return <><BigFigure label={t('drug.unknownMeans')}>{t('table.unknown')}</BigFigure><p><StateCountsList words counts={total.states} rows={{ drug: code, evidence }} label={t(`words.evidence.${evidence}.short`)} /></p><CardBasis basis={data.basis}>{last === null ? t('drug.neverSaid') : t('drug.lastSaid', { day: format.day(last) })}</CardBasis></>
    const { stocked } = total
    const rows = { drug: code, evidence }
    return (
      <>
        <BigFigure label={evidence === 'supplied' ? t('drug.suppliedAt') : t(`drug.stockedAs.${form}`)} alarm={stocked.institutions === 0}>
          <NumberLink value={stocked.institutions} rows={{ ...rows, state: 'in_stock' }} label={t(`words.evidence.${evidence}.short`)} />
        </BigFigure>
        {stocked.institutions === 0 && <p><strong style={{ color: 'var(--alarm)' }}>{t(evidence === 'supplied' ? 'drug.noSupplySeen' : 'drug.nowhere')}</strong></p>}
        <SmallFigures figures={[
          ...kindFigures(stocked, { ...rows, state: 'in_stock' }),
          [places.units, <><NumberLink value={total.units} rows={{ ...rows, state: 'in_stock' }} label={places.units} /> / {format.number(regions.units.length)}</>],
          [places.cities, <NumberLink key="c" value={stocked.cities} rows={{ ...rows, state: 'in_stock' }} label={places.cities} />],
        ]} />
        <p><span className="quiet">{t('parts.share')} </span><ShareRange eligible={total.eligible} share={total.share} /></p>
        <CardBasis basis={data.basis}>{last === null ? t('drug.neverSaid') : t('drug.lastSaid', { day: format.day(last) })}</CardBasis>
      </>
    )
  }
  const nowhere = answers.some(({ data }) => data?.totals.some((one) => one.drug === code && one.stocked.institutions === 0))
  return <div>{nowhere && <ByLot />}<EvidenceCards choose label={t('drug.headline')} card={card} /></div>
}
