import type { EditionsAnswer } from '@lastmile/shared/candidacy'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import css from './candidacies.module.css'
import { CountLink } from './count-link'

type Row = EditionsAnswer['editions'][number]

/** Editions side by side: what was published of each, where its drugs stand, and what is awaited. */
export function EditionsFrame({ answer, query }: { answer: EditionsAnswer | undefined; query: FrameQuery }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const asked = { asOf: asOf === list.today ? undefined : asOf, knownOn }
  // What is made up is not counted: a number opens those that it counts.
  const counted = list.demonstration ? { madeUp: 'false' as const } : {}
  const columns: Column<Row>[] = [
    { id: 'edition', header: t('candidacies.edition'), heading: true, value: ({ edition }) => text(edition.name), cell: ({ edition }) => <>{edition.list !== null && edition.list !== list.code ? <Link to="/$list" params={{ list: edition.list }}>{text(edition.name)}</Link> : text(edition.name)}</> },
    { id: 'phase', header: t('candidacies.phase'), value: ({ phase }) => t(`candidacies.phases.${phase}`), cell: ({ phase, edition: { expected } }) => <>{t(`candidacies.phases.${phase}`)}{phase === 'awaited' && expected && <div className="quiet">{t('candidacies.expected', { month: format.month(expected.period) })}<br />{text(expected.source)}</div>}</> },
    { id: 'window', header: t('candidacies.validity'), value: ({ edition }) => [edition.inForce, edition.validTo].join(' – '), cell: ({ edition: { inForce, validTo } }) => (inForce === null ? <span className="quiet">{t('candidacies.notKnown')}</span> : <>{format.shortDay(inForce, true)} – {validTo === null ? <span className="quiet">{t('candidacies.byDrug')}</span> : format.shortDay(validTo, true)}</>) },
    { id: 'drugs', header: t('candidacies.drugs'), numeric: true, value: ({ drugs }) => drugs, cell: ({ edition, drugs, madeUp, phase }) => <>{drugs === 0 && phase === 'awaited' ? <span className="quiet">{t('candidacies.notKnown')}</span> : <CountLink count={drugs} search={{ edition: edition.code, ...counted }} label={text(edition.name)} />}{madeUp > 0 && <div className="quiet"><Link to="/$list/editions" params={{ list: list.code }} search={{ edition: edition.code, madeUp: 'true' }} hash="candidacies">{t('candidacies.madeUpCount', { count: madeUp, formatted: format.number(madeUp) })}</Link></div>}</> },
    { id: 'stages', header: t('candidacies.standAt'), sortable: false, value: ({ stages }) => format.apart(stages.map(({ stage, drugs }) => `${t(`candidacies.standings.${stage}`)} ${drugs}`)), cell: ({ edition, stages, contradicted }) => <>{stages.length === 0 && <span className="quiet">{t('candidacies.notKnown')}</span>}{stages.map(({ stage, drugs }) => <div key={stage}>{t(`candidacies.standings.${stage}`)} <CountLink count={drugs} search={{ edition: edition.code, stage, ...counted }} label={`${text(edition.name)} ${t(`candidacies.standings.${stage}`)}`} /></div>)}{contradicted > 0 && <div>{t('candidacies.contradicted')} <CountLink count={contradicted} search={{ edition: edition.code, contradicted: 'true', ...counted }} label={t('candidacies.contradicted')} /></div>}</> },
    { id: 'steps', header: t('candidacies.steps'), sortable: false, value: ({ edition }) => format.apart(edition.steps.map(({ what, on }) => `${on} ${text(what)}`)), cell: ({ edition }) => (edition.steps.length === 0 ? <span className="quiet">{t('candidacies.notKnown')}</span> : edition.steps.map(({ what, on, source }) => <div key={on} title={text(source)}>{format.shortDay(on, true)} {text(what)}{on > asOf && <span className="quiet"> {t('candidacies.ahead', { day: format.shortDay(asOf, true) })}</span>}</div>)) },
    { id: 'about', header: t('candidacies.documentAndNote'), sortable: false, value: ({ edition: { document, note } }) => format.apart([document, note].flatMap((one) => (one === null ? [] : [text(one)]))), cell: ({ edition: { document, note } }) => <div className={css.about}>{document && <div>{text(document)}</div>}{note && <div>{text(note)}</div>}</div> },
  ]
  const rows = answer?.editions ?? []
  return (
    <Frame<Row> id="editions" title={t('candidacies.sideBySide')} unit={t('candidacies.unit')} basis={answer?.basis ?? null} query={query} picture={false} empty={answer && rows.length === 0 ? t('candidacies.noEditions') : undefined}
      twin={{ columns, rows, rowKey: ({ edition }) => edition.code }} downloads={{ csv: downloadOf(list.code, 'editions', asked, 'csv'), xlsx: downloadOf(list.code, 'editions', asked, 'xlsx') }}>
      <DataTable columns={columns} rows={rows} rowKey={({ edition }) => edition.code} caption={t('candidacies.sideBySide')} />
    </Frame>
  )
}
