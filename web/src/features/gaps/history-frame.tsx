import type { GapEpisode } from '@lastmile/shared/gap-episode'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { gapHistoryQuery } from '../../lib/queries/coverage'
import { downloadOf } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import { AskOffice } from '../../ui/ask-office'
import { DataTable, type Column } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { actsSaid } from './acts'
import { SpansPicture } from './spans-picture'

interface Row extends GapEpisode { region: string }

/** The gaps of a drug over time under the page's kind of evidence, in one unit or in all: a bar each, and a row each in the table. `onClose`: it was opened by a hand, and has the focus then. */
export function GapHistoryFrame({ drug, region, onClose }: { drug: string; region?: string | undefined; onClose?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { params, asOf } = useAsking()
  const question = { ...params, drug, region }
  const answer = useQuery({ ...gapHistoryQuery(world.list.code, question), placeholderData: keepPreviousData })
  const box = useRef<HTMLDivElement>(null)
  const isOpened = onClose !== undefined
  useEffect(() => {
    if (!isOpened) return
    box.current?.focus({ preventScroll: true })
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [drug, region, isOpened])
  const units = answer.data?.units ?? []
  const rows = units.flatMap((unit) => unit.episodes.map((one): Row => ({ ...one, region: unit.region })))
  const lasts = t('gaps.history.lasts')
  const columns: Column<Row>[] = [
    { id: 'region', header: capital(world.places.unit), heading: true, value: (row) => world.unitName(row.region) },
    { id: 'from', header: t('gaps.history.from'), value: (row) => row.from, cell: (row) => <span className="number">{format.shortDay(row.from, true)}</span> },
    { id: 'to', header: t('gaps.history.to'), value: (row) => row.to ?? lasts, cell: (row) => (row.to === null ? lasts : <span className="number">{format.shortDay(row.to, true)}</span>) },
    { id: 'days', header: t('gaps.history.days'), numeric: true, value: (row) => row.days, cell: (row) => <>{format.number(row.days)}{row.isBrief && <div className="quiet">{t('gaps.history.brief')}</div>}</> },
    {
      id: 'phases', header: t('gaps.history.phases'), sortable: false, value: (row) => row.phases.map((phase) => `${phase.from} ${t(`gaps.classes.${phase.class}`)} ${t(`words.gapReason.${phase.reason}`)}`).join('; '),
      cell: (row) => <span style={{ display: 'inline-block', minWidth: 220, whiteSpace: 'normal' }}>{row.phases.map((phase) => <div key={phase.from}><span className="number">{format.shortDay(phase.from)}</span> {t(`gaps.classes.${phase.class}`)} · {t(`words.gapReason.${phase.reason}`)}<span className="quiet"> {actsSaid(t, format, phase.acts).join(' ')}</span></div>)}</span>,
    },
  ]
  const name = region === undefined ? world.drugName(drug) : `${world.drugName(drug)} · ${world.unitName(region)}`
  const from = units.reduce<string | null>((first, unit) => (unit.from !== null && (first === null || unit.from < first) ? unit.from : first), null)
  const { opensAfterDays: opens, sameWithinDays: same } = answer.data?.smoothing ?? { opensAfterDays: 0, sameWithinDays: 0 }
  const nothing = answer.data && rows.length === 0 ? t(units.some((unit) => unit.from !== null) || region === undefined ? 'gaps.history.none' : 'gaps.history.noStandard') : undefined
  return (
    <div ref={box} tabIndex={isOpened ? -1 : undefined}>
      <Frame<Row>
        id={`gap-history-${drug}${region === undefined ? '' : `-${region}`}`} title={t('gaps.history.of', { name })} unit={t('gaps.history.unit')} basis={answer.data?.basis ?? null} query={answer} empty={nothing} height={120}
        actions={onClose && <><AskOffice drug={drug} region={region} /><Button onClick={onClose}>{t('gaps.history.close')}</Button></>}
        twin={{ columns, rows, rowKey }} downloads={{ csv: downloadOf(world.list.code, 'gaps/history', question, 'csv'), xlsx: downloadOf(world.list.code, 'gaps/history', question, 'xlsx') }}
      >
        <SpansPicture rows={units.map((unit) => ({ name: world.unitName(unit.region), episodes: unit.episodes }))} from={from ?? world.list.inForce} to={asOf} />
        {region !== undefined && <DataTable columns={columns.slice(1)} rows={rows} rowKey={rowKey} caption={t('gaps.history.episodes')} />}
        <p className="quiet">{t('gaps.history.rule', { count: opens, opens: format.number(opens), same: format.number(same) })}</p>
      </Frame>
    </div>
  )
}

const rowKey = (row: Row) => `${row.region} ${row.from}`
