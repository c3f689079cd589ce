import type { Basis } from '@lastmile/shared/basis'
import { funnelLimits, type Funnel, type FunnelPlace } from '@lastmile/shared/funnel'
import { measuresByEvidence, type ScoreMeasure } from '@lastmile/shared/scorecard'
import { useTranslation } from 'react-i18next'
import { FunnelPlot } from '../../charts/funnel-plot'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { SelectField } from '../../ui/field'
import { Frame, type FrameQuery } from '../../ui/frame'
import { RegionLink } from '../../ui/names'

/** A unit's share of a measure. `place` null: what is not known could put it elsewhere. */
export interface FunnelRow { unit: string; count: number; of: number; place: FunnelPlace | null; isOwn: boolean }

/** Shares of units by size, with the limits of what chance and the usual differences would give; in the order of codes, and never in a rank. */
export function FunnelFrame({ measure, measures, onMeasure, rows, mean, funnel, members, whom, basis, query }: { measure: ScoreMeasure; measures: readonly ScoreMeasure[]; onMeasure: (next: ScoreMeasure) => void; rows: readonly FunnelRow[]; mean: number | null; funnel: Funnel | null; members: number; whom: string; basis: Basis | null; query: FrameQuery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { unitName } = useWorld()
  const name = t(`scorecard.measures.${measure}`)
  const said = ({ place }: FunnelRow) => (place === null ? t('scorecard.openPlace') : t(`scorecard.place.${place}`))
  const limits = (row: FunnelRow, level: 0.95 | 0.998) => {
    if (funnel === null) return null
    const { low, high } = funnelLimits(funnel, row.of, level)
    return `${format.percent(low)}–${format.percent(high)}`
  }
  const columns: Column<FunnelRow>[] = [
    { id: 'unit', header: t('scorecard.unit'), heading: true, sortable: false, value: (row) => unitName(row.unit), cell: (row) => <RegionLink code={row.unit} /> },
    { id: 'count', header: t('scorecard.count'), numeric: true, value: (row) => row.count, sortable: false }, { id: 'of', header: t('scorecard.of'), numeric: true, value: (row) => row.of, sortable: false },
    { id: 'share', header: t('scorecard.share'), numeric: true, value: (row) => row.count / row.of, cell: (row) => format.percent(row.count / row.of), sortable: false },
    { id: 'inner', header: '95%', value: (row) => limits(row, 0.95), sortable: false }, { id: 'outer', header: '99.8%', value: (row) => limits(row, 0.998), sortable: false },
    { id: 'place', header: t('scorecard.placed'), value: said, sortable: false },
  ]
  const empty = funnel === null ? t('scorecard.tooFew') : rows.length === 0 ? t('scorecard.nothingOwedMeans') : undefined
  return (
    <Frame<FunnelRow>
      id="funnel" title={t('scorecard.funnel', { measure: name })} unit={t(`scorecard.sizes.${measure}`)} basis={basis && !measuresByEvidence.includes(measure) ? { ...basis, evidence: null } : basis} query={query} height={300} empty={empty}
      twin={{ columns, rows, rowKey: (row) => row.unit, note: t('scorecard.noRank') }}
      actions={<SelectField label={t('scorecard.which')} value={measure} required options={measures.map((one) => ({ value: one, label: t(`scorecard.measures.${one}`) }))} onChange={(next) => onMeasure(measures.find((one) => one === next) ?? measure)} />}
    >
      {funnel !== null && mean !== null && (
        <FunnelPlot
          points={rows.map((row) => ({ key: row.unit, label: unitName(row.unit), title: t('parts.labelled', { label: unitName(row.unit), value: `${format.number(row.count)} / ${format.number(row.of)} · ${said(row)}` }), count: row.count, of: row.of, place: row.place, isOwn: row.isOwn }))}
          mean={mean} funnel={funnel} label={t('scorecard.funnelLabel', { measure: name, mean: format.percent(mean), whom })} sizeLabel={t(`scorecard.sizes.${measure}`)} percent={format.percent} number={format.number}
        />
      )}
      {funnel !== null && mean !== null && <p className="quiet">{t('scorecard.funnelKey', { whom, members: format.number(members), mean: format.percent(mean) })} {funnel.spread === 0 ? t('scorecard.byChance') : t('scorecard.spread', { spread: format.number(funnel.spread) })} {t('scorecard.noRank')}</p>}
    </Frame>
  )
}
