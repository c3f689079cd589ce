import type { EditionsAnswer, EligibilityRow } from '@lastmile/shared/candidacy'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { Tag } from '../../ui/page-head'
import { standingTone, useStageWords } from './candidacy-words'
import { EligibilityParts } from './eligibility-parts'
import { LifeLink } from './life-link'

const tones = { meets: 'good', does_not_meet: 'alarm', not_known: 'warn' } as const

/** Which drugs meet the conditions of the next edition, and of which it is not known, with what is missing. */
export function EligibilityFrame({ answer, query }: { answer: EditionsAnswer | undefined; query: FrameQuery }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const words = useStageWords()
  const next = answer?.next ?? null
  const edition = answer?.editions.find((one) => one.edition.code === next?.edition)?.edition ?? null
  const since = next?.rows[0]?.eligibility.launchedSince
  const columns: Column<EligibilityRow>[] = [
    { id: 'drug', header: t('candidacies.drug'), heading: true, value: ({ name }) => text(name), cell: (row) => <><LifeLink substance={row.drug ?? row.substance} name={row.name} />{row.madeUp && <div><Tag tone="warn">{t('candidacies.madeUp')}</Tag></div>}</> },
    { id: 'state', header: t('candidacies.eligibility'), value: ({ eligibility }) => t(`candidacies.eligible.${eligibility.state}`), cell: ({ eligibility: { state } }) => <Tag tone={tones[state]}>{t(`candidacies.eligible.${state}`)}</Tag> },
    { id: 'why', header: t('candidacies.why'), sortable: false, value: ({ eligibility }) => format.apart(eligibility.parts.map(({ reason }) => t(`candidacies.reasons.${reason}`))), cell: (row) => <EligibilityParts row={row} /> },
    { id: 'standing', header: t('candidacies.standAt'), value: ({ standing }) => words.standing(standing), cell: ({ standing }) => <><Tag tone={standingTone(standing.stage)}>{t(`candidacies.standings.${standing.stage}`)}</Tag><div className="quiet">{words.standing(standing)}</div></> },
    { id: 'launched', header: t('candidacies.launched'), value: ({ launched }) => launched, cell: ({ launched }) => (launched === null ? <span className="quiet">{t('candidacies.notKnown')}</span> : format.partialDay(launched)) },
    { id: 'plans', header: t('candidacies.plans'), numeric: true, value: ({ plans }) => plans, cell: ({ drug, plans }) => (drug === null ? <span className="quiet">{t('candidacies.notKnown')}</span> : plans === 0 ? <span className="quiet">{t('candidacies.noPlans')}</span> : <Link to="/$list/plans" params={{ list: list.code }} search={{ drug }}>{format.number(plans)}</Link>) },
  ]
  return (
    <Frame<EligibilityRow> id="eligibility" title={edition ? t('candidacies.nextEdition', { edition: text(edition.name) }) : t('candidacies.eligibility')} unit={t('candidacies.unitDrugs')} source={edition?.rules ? text(edition.rules.source) : undefined} basis={answer?.basis ?? null} query={query} picture={false}
      empty={answer && next === null ? t('candidacies.noNext') : undefined} twin={{ columns, rows: next?.rows ?? [], rowKey: ({ substance }) => substance }}>
      {edition?.rules && <p className="quiet">{text(edition.rules.source)} {since !== undefined && t(edition.rules.countedTo === null ? 'candidacies.launchedSinceShown' : 'candidacies.launchedSince', { day: format.day(since) })} {list.demonstration && t('candidacies.inventedPlans')}</p>}
      <DataTable columns={columns} rows={next?.rows ?? []} rowKey={({ substance }) => substance} caption={t('candidacies.eligibility')} maxHeight={560} />
    </Frame>
  )
}
