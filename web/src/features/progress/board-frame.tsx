import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { climbRungs, isHeld } from '@lastmile/shared/rung'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { downloadOf } from '../../lib/queries/download'
import { boardQuery } from '../../lib/queries/progress'
import { asPresent } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { NumberLink } from '../../ui/number-link'
import { RegionLink } from '../../ui/names'
import { Tag } from '../../ui/page-head'
import { BoardSummary } from './board-summary'
import { CellLink } from './cell-link'
import css from './progress.module.css'

interface Row { unit: string; cells: ReadonlyMap<string, LadderRow> }

/** The company's drugs in each unit: the furthest step reached, since when and on whose word, and what comes next. */
export function BoardFrame({ company, drugs }: { company: string; drugs: readonly string[] }) {
  const { t } = useTranslation()
  const { list, drugName, unitName, regions, places } = useWorld()
  const answer = useQuery({ ...boardQuery(list.code, { company }), placeholderData: keepPreviousData })
  const ladders = answer.data?.ladders ?? []
  const rows: Row[] = regions.units.map(({ code }) => ({ unit: code, cells: new Map(ladders.filter(({ unit }) => unit === code).map((one) => [one.drug, one])) }))
  const columns: Column<Row>[] = [
    { id: 'unit', header: capital(places.unit), heading: true, sortable: false, value: (row) => unitName(row.unit), cell: (row) => <RegionLink code={row.unit} /> },
    ...drugs.map((drug): Column<Row> => ({
      id: drug, header: drugName(drug), value: (row) => rankOf(row.cells.get(drug)), cell: (row) => { const cell = row.cells.get(drug); return cell ? <Cell cell={cell} /> : null },
    })),
  ]
  return (
    <Frame<Row>
      id="board" title={t('progress.board.title')} unit={t('progress.board.unit', { unit: places.unit })} basis={answer.data?.basis ?? null} query={answer} height={420} picture={false} empty={answer.data && ladders.length === 0 ? t('progress.board.empty') : undefined}
      twin={{ columns, rows, rowKey: (row) => row.unit }} downloads={{ csv: downloadOf(list.code, 'ladders', { company }, 'csv'), xlsx: downloadOf(list.code, 'ladders', { company }, 'xlsx') }}
    >
      <p className="quiet">{t('progress.board.lead')}</p>
      <BoardSummary drugs={drugs} ladders={ladders} />
      <DataTable columns={columns} rows={rows} rowKey={(row) => row.unit} caption={t('progress.board.title')} maxHeight={560} />
    </Frame>
  )
}

/** How far a cell has come: for sorting. */
function rankOf(cell: LadderRow | undefined): number {
  return cell === undefined || cell.reach.highest === null ? -1 : climbRungs.indexOf(cell.reach.highest as (typeof climbRungs)[number])
}

function Cell({ cell }: { cell: LadderRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName, unitName } = useWorld()
  const climb = climbRungs.map((rung) => cell.rungs.find((one) => one.rung === rung)!)
  const furthest = climb.find(({ rung }) => rung === cell.reach.highest)
  const next = climb.find(({ state }) => !isHeld(state))
  const word = furthest ? t(`ladder.words.shorts.${furthest.rung}`) : t('progress.board.none')
  return (
    <div className={css.cell}>
      <CellLink drug={cell.drug} unit={cell.unit}><strong>{word}</strong></CellLink>
      {furthest && <small>{[furthest.since === null ? null : t(furthest.exact ? 'progress.board.since' : 'progress.board.sinceOrBefore', { day: format.shortDay(furthest.since, true) }), furthest.standing === null ? null : t(`ladder.words.standings.${furthest.standing}`)].filter((one) => one !== null).join(' · ')}</small>}
      {furthest?.evidence != null && furthest.institutions !== null && furthest.institutions > 0 && <small><NumberLink value={t('progress.board.institutions', { count: furthest.institutions, formatted: format.number(furthest.institutions) })} rows={{ drug: cell.drug, region: cell.unit, evidence: furthest.evidence, state: 'in_stock' }} strip={asPresent} label={t('progress.inUnit', { drug: drugName(cell.drug), unit: unitName(cell.unit) })} /></small>}
      {next && <small>{t(next.state === 'no' ? 'progress.board.nextMissing' : 'progress.board.nextUnknown', { rung: t(`ladder.words.shorts.${next.rung}`) })}</small>}
      {cell.contradictions.length > 0 && <Tag tone="warn">{t('progress.board.contradicted', { count: cell.contradictions.length, formatted: cell.contradictions.length })}</Tag>}
    </div>
  )
}
