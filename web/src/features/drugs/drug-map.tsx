import { states } from '@lastmile/shared/state'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { clustersQuery } from '../../lib/queries/clusters'
import { downloadOf } from '../../lib/queries/download'
import { institutionsQuery } from '../../lib/queries/rows'
import { useAsking, useWorld } from '../../lib/world'
import { wholeView } from '../../map/asked-view'
import { WorldPointMap } from '../../map/lazy'
import type { LookProps } from '../../map/use-look'
import { Choices } from '../../ui/choices'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { StateMark } from '../../ui/state-mark'
import type { MapChoice } from './map-choice'
import { openedBy, openedByView, useMarks, type MarkRow } from './use-marks'

/** All states that somebody has said something for. */
const stated = states.filter((state) => state !== 'not_reported').join(',')
/** Milliseconds for which the map must rest before its view is asked for. */
const rest = 180

/** The institutions of a drug as marks for the view on the screen; those that stock it, or all of which anything is said. */
export function DrugPointMap({ code, shown, onShown, choice, at, onAt }: LookProps & {
  code: string
  shown: 'stocked' | 'stated'
  onShown: (shown: 'stocked' | 'stated') => void
  choice: MapChoice
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, places } = useWorld()
  const { params } = useAsking()
  const navigate = useNavigate()
  const [view, setView] = useState(wholeView)
  const [asked] = useDebouncedValue(view, rest)
  const { evidence, asOf, knownOn, since } = params
  const question = useMemo(() => ({ evidence, asOf, knownOn, since, drug: code, state: shown === 'stocked' ? 'in_stock' : stated }), [evidence, asOf, knownOn, since, code, shown])
  const whole = useQuery({ ...clustersQuery(list.code, { ...question, ...wholeView }), placeholderData: keepPreviousData })
  const inView = useQuery({ ...clustersQuery(list.code, { ...question, ...asked }), placeholderData: (previous) => previous ?? whole.data })
  const unplaced = useQuery({ ...institutionsQuery(list.code, { ...question, placed: 'false', limit: 1 }), placeholderData: keepPreviousData })
  const marks = useMarks(inView.data ?? whole.data)
  const wholeMarks = useMarks(whole.data)
  const searchOf = useCallback(({ mark }: MarkRow) => ({ ...question, ...openedBy(mark) }), [question])
  const columns = useMemo<Column<MarkRow>[]>(() => [
    { id: 'place', header: t('drug.place'), heading: true, value: (row) => row.place, cell: (row) => (row.mark.institution ? <InstitutionName institution={row.mark.institution} /> : row.place) },
    { id: 'count', header: t('parts.institutions'), numeric: true, value: (row) => row.count, cell: (row) => <Link to="/$list/institutions" params={{ list: list.code }} search={searchOf(row)} aria-label={t('drug.openPlace', { place: row.place, formatted: format.number(row.count) })}>{format.number(row.count)}</Link> },
    { id: 'states', header: t('rows.state'), sortable: false, value: (row) => format.join(states.filter((state) => row.mark.states[state] > 0).map((state) => `${t(`words.state.${state}`)} ${format.number(row.mark.states[state])}`)), cell: (row) => <>{states.filter((state) => row.mark.states[state] > 0).map((state) => <div key={state}><StateMark state={state} count={format.number(row.mark.states[state])} /></div>)}</> },
  ], [t, format, list.code, searchOf])
  const here = inView.data ?? whole.data
  const total = here?.institutions ?? 0
  const without = unplaced.data?.page.total ?? 0
  return (
    <Frame<MarkRow>
      id="map" title={t(shown === 'stocked' ? 'drug.mapStocked' : 'drug.mapStated', { drug: drugName(code) })} unit={t('parts.institutions')} basis={whole.data?.basis ?? null} query={[whole, unplaced, ...(inView.error ? [inView] : [])]} height={560}
      empty={whole.data?.marks.length === 0 && without === 0 ? t('drug.mapNone') : undefined}
      twin={{ columns, rows: marks, rowKey: (row) => row.id, note: t('drug.viewTwin') }}
      downloads={{ csv: downloadOf(list.code, 'institutions', question, 'csv'), xlsx: downloadOf(list.code, 'institutions', question, 'xlsx') }}
      actions={<>
        <Choices label={t('drug.shown')} value={shown} options={[{ value: 'stocked', label: t('drug.shownStocked') }, { value: 'stated', label: t('drug.shownStated') }]} onChange={onShown} />
        <Choices {...choice} />
      </>}
    >
      <p className="quiet" role="status" aria-busy={inView.isPlaceholderData}>
        {t(`drug.view.${here?.by ?? 'institution'}`, { formatted: format.number(total), cities: places.cities, units: places.units })}
        {here && total > 0 && <> · <Link to="/$list/institutions" params={{ list: list.code }} search={{ ...question, ...openedByView(here) }}>{t('drug.openView')}</Link></>}
        {without > 0 && <> · <Link to="/$list/institutions" params={{ list: list.code }} search={{ ...question, placed: 'false' }}>{t('drug.unplaced', { formatted: format.number(without) })}</Link></>}
      </p>
      <WorldPointMap
        marks={marks} whole={wholeMarks} at={at} onAt={onAt} onView={setView} height={560} legend={t('words.legend')} ariaLabel={t('drug.mapLabel', { drug: drugName(code) })}
        onOpen={({ id }) => {
          const row = marks.find((one) => one.id === id)
          if (row?.mark.institution) void navigate({ to: '/$list/institutions/$code', params: { list: list.code, code: row.mark.institution.code } })
          else if (row) void navigate({ to: '/$list/institutions', params: { list: list.code }, search: searchOf(row) })
        }}
      />
    </Frame>
  )
}
