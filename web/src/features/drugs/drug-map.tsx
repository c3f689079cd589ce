import { states } from '@lastmile/shared/state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { allInstitutionsQuery } from '../../lib/queries/points'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { WorldPointMap } from '../../map/lazy'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { StateMark } from '../../ui/state-mark'
import { Choices } from '../../ui/choices'
import type { MapChoice } from './map-choice'

type Row = { code: string; name: string; kind: 'hospital' | 'pharmacy' | 'other'; unit: string | null; state: (typeof states)[number] | null; position: { lat: number; lng: number } | null }

/** Most points that one map is asked for; more is said to be cut. */
const most = 3000
/** All states that somebody has said something for. */
const stated = states.filter((state) => state !== 'not_reported').join(',')

/** The institutions of a drug as points, grouped until there is room; those that stock it, or all of which anything is said. */
export function DrugPointMap({ code, shown, onShown, choice }: { code: string; shown: 'stocked' | 'stated'; onShown: (shown: 'stocked' | 'stated') => void; choice: MapChoice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName, drugName, places } = useWorld()
  const { evidence, asOf, params } = useAsking()
  const navigate = useNavigate()
  const question = { drug: code, evidence, asOf: params.asOf, knownOn: params.knownOn, state: shown === 'stocked' ? 'in_stock' : stated }
  const answer = useQuery({ ...allInstitutionsQuery(list.code, question, most), placeholderData: keepPreviousData })
  const rows: Row[] = answer.data?.rows ?? []
  const placed = useMemo(() => (answer.data?.rows ?? []).flatMap((row) => (row.position === null ? [] : [{
    id: row.code, lat: row.position.lat, lng: row.position.lng, kind: row.kind, state: row.state ?? 'not_reported', label: `${row.name}, ${t(`words.state.${row.state ?? 'not_reported'}`)}`,
  }])), [answer.data, t])
  const columns = useMemo<Column<Row>[]>(() => [
    { id: 'name', header: t('rows.institution'), heading: true, value: (row) => row.name, cell: (row) => <InstitutionName institution={row} /> },
    { id: 'unit', header: capital(places.unit), value: (row) => (row.unit === null ? null : unitName(row.unit)) },
    { id: 'kind', header: t('rows.kind'), value: (row) => t(`words.kind.${row.kind}`) },
    { id: 'state', header: t('rows.state'), value: (row) => t(`words.state.${row.state ?? 'not_reported'}`), cell: (row) => <StateMark state={row.state ?? 'not_reported'} /> },
  ], [t, unitName, places])
  const total = answer.data?.total ?? 0
  const basis = { list: list.code, evidence, asOf, today: list.today, knownOn: params.knownOn ?? null, since: evidence === 'supplied' ? list.inForce : null, demonstration: list.demonstration }
  const unplaced = rows.length - placed.length
  return (
    <Frame<Row>
      id="map" title={t(shown === 'stocked' ? 'drug.mapStocked' : 'drug.mapStated', { drug: drugName(code) })} unit={t('parts.institutions')} basis={basis} query={answer} height={560}
      empty={answer.data && rows.length === 0 ? t('drug.mapNone') : undefined}
      twin={{ columns, rows, rowKey: (row) => row.code }}
      downloads={{ csv: downloadOf(list.code, 'institutions', question, 'csv'), xlsx: downloadOf(list.code, 'institutions', question, 'xlsx') }}
      actions={<>
        <Choices label={t('drug.shown')} value={shown} options={[{ value: 'stocked', label: t('drug.shownStocked') }, { value: 'stated', label: t('drug.shownStated') }]} onChange={onShown} />
        <Choices {...choice} />
      </>}
    >
      <p className="quiet" role="status">
        {t('drug.points', { count: placed.length, formatted: format.number(placed.length) })}
        {total > rows.length && <> <strong>{t('drug.cut', { shown: format.number(rows.length), total: format.number(total) })}</strong></>}
        {unplaced > 0 && ` ${t('drug.unplaced', { count: unplaced, formatted: format.number(unplaced) })}`}
      </p>
      <WorldPointMap
        points={placed} height={560} legend={t('words.legend')} ariaLabel={t('drug.mapLabel', { drug: drugName(code) })}
        onSelect={(id) => void navigate({ to: '/$list/institutions/$code', params: { list: list.code, code: id } })}
      />
    </Frame>
  )
}
