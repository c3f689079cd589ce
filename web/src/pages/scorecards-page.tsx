import { scoreMeasures, shareOf, type ScoreMeasure, type ScorecardsAnswer } from '@lastmile/shared/scorecard'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ScoreValue, unknownAs } from '../features/scorecard/behind'
import { FunnelFrame } from '../features/scorecard/funnel-frame'
import { PlaceSaid } from '../features/scorecard/place-said'
import css from '../features/scorecard/scorecard.module.css'
import { useActor, useCan } from '../lib/actor'
import { downloadOf } from '../lib/queries/download'
import { scorecardsQuery } from '../lib/queries/scorecard'
import { useAsking, useWorld } from '../lib/world'
import { DataTable, type Column } from '../ui/data-table'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Button } from '../ui/field'
import { Frame } from '../ui/frame'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/scorecard')
type Row = ScorecardsAnswer['rows'][number]

/** Whose scorecard to open: units by their codes, with what is compared of each. Whoever may see his own unit's alone is led to it. */
export function ScorecardsPage() {
  const { t } = useTranslation()
  const may = useCan('scorecard.read')
  const { unit } = useActor()
  const { list } = useWorld()
  if (may === 'own' && unit !== null) return <Navigate to="/$list/scorecard/$unit" params={{ list: list.code, unit }} replace />
  return (
    <Stack>
      <PageHead title={t('scorecard.page')} lead={<p>{t('scorecard.pageLead')}</p>} />
      {may === null ? <NotYours /> : <Scorecards />}
    </Stack>
  )
}

function Scorecards() {
  const { t } = useTranslation()
  const { list, unitName } = useWorld()
  const { evidence, params: { asOf } } = useAsking()
  const { measure: wanted = 'standards' } = route.useSearch()
  const navigate = route.useNavigate()
  const question = { evidence, ...(asOf === undefined ? {} : { asOf }) }
  const query = useQuery(scorecardsQuery(list.code, question))
  const rows = query.data?.rows ?? []
  const isToday = asOf === undefined || asOf === list.today
  const measures = useMemo(() => scoreMeasures.filter((one) => one !== 'duties' || isToday), [isToday])
  const measure = measures.includes(wanted) ? wanted : 'standards'
  const columns = useMemo<Column<Row>[]>(() => [
    { id: 'unit', header: t('scorecard.unit'), heading: true, sortable: false, value: (row) => unitName(row.unit), cell: (row) => <Link to="/$list/scorecard/$unit" params={{ list: list.code, unit: row.unit }}>{unitName(row.unit)}</Link> },
    ...measures.map((one): Column<Row> => ({
      id: one, header: t(`scorecard.measures.${one}`), sortable: false, wide: true,
      value: ({ scores }) => {
        const own = scores.find((score) => score.measure === one)?.own
        if (!own) return null
        const known = own.of === 0 ? [] : [`${own.count} / ${own.of}`]
        return [...known, ...(own.unknown === 0 ? [] : [`${t(`scorecard.unknown.${unknownAs(one)}.${own.of === 0 ? 'all' : 'and'}`)} ${own.unknown}`])].join('')
      },
      cell: (row) => {
        const score = row.scores.find((each) => each.measure === one)
        return <><ScoreValue measure={one} score={score?.own ?? null} unit={row.unit} />{score?.own && <><br /><PlaceSaid has place={score.place} members={score.members} /></>}</>
      },
    })),
  ], [t, list.code, unitName, measures])
  const compared = rows[0]?.scores.find((one) => one.measure === measure)
  return (
    <div className={css.sheet}>
      <div className={css.unprinted}>
        <PresentNote follows="asOf" />
        <TimeBar dayOnly />
        <EvidenceSwitch />
        <p className={css.tools}><Button disabled={query.data === undefined} onClick={() => window.print()}>{t('scorecard.print')}</Button></p>
      </div>
      <Frame<Row>
        id="scorecards" title={t('scorecard.all')} unit={t('scorecard.allUnit')} basis={query.data?.basis ?? null} query={query} picture={false} height={500}
        twin={{ columns, rows, rowKey: (row) => row.unit }} downloads={{ csv: downloadOf(list.code, 'scorecard', question, 'csv'), xlsx: downloadOf(list.code, 'scorecard', question, 'xlsx') }}
      >
        <DataTable columns={columns} rows={rows} rowKey={(row) => row.unit} caption={t('scorecard.all')} maxHeight={900} />
        <p className="quiet">{t('scorecard.noRank')} {t('scorecard.nothingOwedMeans')}</p>
      </Frame>
      <FunnelFrame
        measure={measure} measures={measures} onMeasure={(next: ScoreMeasure) => void navigate({ search: (previous) => ({ ...previous, measure: next === 'standards' ? undefined : next }), replace: true, resetScroll: false })}
        rows={rows.flatMap(({ unit, scores }) => { const score = scores.find((one) => one.measure === measure); return score?.own && shareOf(score.own) !== null ? [{ unit, ...score.own, place: score.place, isOwn: rows.length === 1 }] : [] })}
        mean={compared?.mean ?? null} funnel={compared?.funnel ?? null} members={compared?.members ?? 0} whom={t('scorecard.allUnits')} basis={query.data?.basis ?? null} query={query}
      />
    </div>
  )
}
