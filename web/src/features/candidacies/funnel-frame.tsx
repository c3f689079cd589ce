import type { EditionsAnswer } from '@lastmile/shared/candidacy'
import type { FunnelStep } from '@lastmile/shared/listing-edition'
import { useTranslation } from 'react-i18next'
import { RankBars } from '../../charts/lazy'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { useStageWords } from './candidacy-words'

/** How many drugs of an edition came to which stage, as it was published. */
export function FunnelFrame({ edition, basis, query }: { edition: EditionsAnswer['editions'][number]['edition']; basis: EditionsAnswer['basis']; query: FrameQuery }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const words = useStageWords()
  const columns: Column<FunnelStep>[] = [
    { id: 'stage', header: t('candidacies.stage'), heading: true, value: ({ stage }) => words.stage(stage) },
    { id: 'drugs', header: t('candidacies.drugs'), numeric: true, value: ({ drugs }) => drugs },
    { id: 'both', header: t('candidacies.bothLists'), numeric: true, value: ({ bothLists }) => bothLists, cell: ({ bothLists }) => (bothLists === null ? <span className="quiet">{t('candidacies.notKnown')}</span> : format.number(bothLists)) },
    { id: 'source', header: t('candidacies.source'), sortable: false, value: ({ source }) => text(source) },
  ]
  const [first] = edition.funnel
  if (!first) return null
  const note = (step: FunnelStep) => (step.bothLists === null ? '' : t('candidacies.ofBoth', { formatted: format.number(step.bothLists) }))
  return (
    <Frame<FunnelStep> id={`funnel-${edition.code}`} title={t('candidacies.funnel', { edition: text(edition.name) })} unit={t('candidacies.unitDrugs')} source={text(first.source)} basis={basis} query={query} height={160} twin={{ columns, rows: edition.funnel, rowKey: ({ stage }) => stage }}>
      <RankBars rows={edition.funnel.map((step) => ({ key: step.stage, label: `${words.stage(step.stage)}${note(step)}`, low: step.drugs, high: null }))} max={Math.max(...edition.funnel.map(({ drugs }) => drugs))} label={t('candidacies.funnel', { edition: text(edition.name) })} />
      <p className="quiet">{text(first.source)}</p>
    </Frame>
  )
}
