import type { PlannerAnswer, PlannerChoice, PlannerPlace } from '@lastmile/shared/planner'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { regionQuery } from '../../lib/queries/lists'
import { plannerFile, type PlannerAsked } from '../../lib/queries/planner'
import { saveFile } from '../../lib/save'
import { useDoing } from '../../lib/use-doing'
import { useAsking, useWorld } from '../../lib/world'
import { WorldPointMap } from '../../map/lazy'
import type { Column } from '../../ui/data-table'
import { DataTable } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Frame, type FrameQuery } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { StateMark } from '../../ui/state-mark'
import { CandidatesFigure } from './candidates-figure'
import css from './planner.module.css'
import { PlannerFigures } from './planner-figures'
import { useHowGood } from './use-how-good'
import { useInstitutionWords } from './use-institution-words'
import { usePlannerMarks } from './use-planner-marks'

/** A plan: what it changes, on the map, and the list of the chosen with what each adds. `isOld`: data came since it was made. */
export function PlannerResult({ answer, asked, isOld, query, at, onAt }: { answer: PlannerAnswer; asked: PlannerAsked; isOld: boolean; query: FrameQuery; at: string | undefined; onAt: (at: string | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, regions, drugName, unitName } = useWorld()
  const text = useText()
  const isUnit = regions.units.some(({ code }) => code === answer.region)
  const city = useQuery({ ...regionQuery(list.code, answer.region ?? ''), enabled: answer.region !== null && !isUnit }).data
  const where = answer.region === null ? t('planner.nation') : city ? text(city.name) : unitName(answer.region)
  const twin = usePlaceColumns(answer)
  const columns = useChoiceColumns(answer)
  // Why nobody is chosen is said in both places in the same words: that nobody can be is not that nobody need be.
  const howGood = useHowGood()(answer)
  return (
    <>
      <Frame<PlannerPlace>
        id="planner-map" title={t('planner.mapTitle', { drug: drugName(answer.drug), where })} unit={t('planner.unit')} basis={answer.basis} query={query} height={420}
        empty={answer.rows.length === 0 ? t('planner.noPlaces') : undefined} twin={{ columns: twin, rows: answer.rows, rowKey: (row) => row.code }}
      >
        <PlannerFigures answer={answer} />
        <PlannerMap answer={answer} at={at} onAt={onAt} />
      </Frame>
      <Frame<PlannerChoice>
        id="planner-chosen" title={t('planner.chosenTitle')} unit={t('planner.chosenUnit')} basis={answer.basis} query={query} picture={false}
        empty={answer.chosen.length === 0 ? howGood : undefined} twin={{ columns, rows: answer.chosen, rowKey: (row) => row.code }} actions={<Files asked={asked} isOld={isOld} />}
      >
        <DataTable columns={columns} rows={answer.chosen} rowKey={(row) => row.code} caption={t('planner.chosenTitle')} />
        <p className="quiet">{t('planner.why', { km: format.number(answer.km) })}</p>
      </Frame>
    </>
  )
}

function PlannerMap({ answer, at, onAt }: { answer: PlannerAnswer; at: string | undefined; onAt: (at: string | undefined) => void }) {
  const { t } = useTranslation()
  const { list, regions } = useWorld()
  const { params } = useAsking()
  const navigate = useNavigate()
  const { marks, states } = usePlannerMarks(answer)
  const within = regions.units.some(({ code, polygon }) => code === answer.region && polygon) ? answer.region ?? undefined : undefined
  return (
    <WorldPointMap
      marks={marks} whole={marks} within={within} height={520} legend={t('words.legend')} states={states} ariaLabel={t('planner.mapLabel')} at={at} onAt={onAt}
      onOpen={({ id }) => {
        const place = /^place (.+)$/.exec(id)?.[1]
        if (place === undefined) void navigate({ to: '/$list/institutions/$code', params: { list: list.code, code: id } })
        else void navigate({ to: '/$list/institutions', params: { list: list.code }, search: { ...params, drug: answer.drug, region: answer.rows.find(({ code }) => code === place)?.unit } })
      }}
    />
  )
}

/** The same plan as a file, made by the server anew: the same question of the same data has the same plan. `isOld`: the data are others by now, so would be the plan. */
function Files({ asked, isOld }: { asked: PlannerAsked; isOld: boolean }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const save = useDoing((wanted: 'csv' | 'xlsx') => plannerFile(list.code, { of: 'planner', question: asked }, wanted), (file, wanted) => saveFile(`planner-${asked.drug}.${wanted}`, file))
  const button = (wanted: 'csv' | 'xlsx') => (
    <Button disabled={save.busy || isOld} onClick={() => void save.run(wanted)}>{t(`frame.${wanted}`)}</Button>
  )
  return <span className={css.files}>{button('csv')}{button('xlsx')}<Button onClick={() => window.print()}>{t('planner.print')}</Button><FormProblem error={save.error} /></span>
}

function useChoiceColumns({ residents, goal }: PlannerAnswer): Column<PlannerChoice>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useInstitutionWords()
  const { places } = useWorld()
  return useMemo(() => {
    const gain: Column<PlannerChoice>[] = [
      { id: 'places', header: t('planner.placesGained'), numeric: true, value: (row) => row.gained.places },
      ...(residents ? [{ id: 'residents', header: t('planner.residentsGained'), numeric: true, value: (row: PlannerChoice) => row.gained.residents }] : []),
      { id: 'nearer', header: t('planner.kmGained'), numeric: true, value: (row) => row.gained.km, cell: (row) => (row.gained.km === null ? '–' : format.number(row.gained.km)) },
    ]
    const then: Column<PlannerChoice>[] = [
      { id: 'after', header: t('planner.placesAfter'), numeric: true, value: (row) => row.after.places },
      { id: 'farthest', header: t('planner.farthestAfter'), numeric: true, value: (row) => row.after.farthestKm },
    ]
    return [
      { id: 'no', header: t('planner.no'), numeric: true, value: (row) => row.no },
      { id: 'name', header: t('rows.institution'), heading: true, value: (row) => row.name, cell: (row) => <InstitutionName institution={row} /> },
      { id: 'kind', header: t('rows.kind'), value: words.kind },
      { id: 'where', header: capital(places.city), value: words.where, cell: (row) => <>{words.where(row)}{row.isAtMiddle && <small className="quiet"> {t('planner.atMiddle', { cityWord: places.city })}</small>}</> },
      { id: 'state', header: t('planner.stateToday'), value: (row) => t(`words.state.${row.state ?? 'not_reported'}`), cell: (row) => <StateMark state={row.state ?? 'not_reported'} /> },
      ...gain, ...then,
      ...(goal === 'most' ? [{ id: 'alike', header: t('planner.alike'), numeric: true, value: (row: PlannerChoice) => row.alike, cell: (row: PlannerChoice) => (row.alike === null ? '–' : <CandidatesFigure value={row.alike} label={`${row.name} · ${t('planner.alike')}`} of={{ alikeTo: row.code }} />) }] : []),
    ]
  }, [t, format, words, places, residents, goal])
}

function usePlaceColumns({ residents, km, today, chosen }: PlannerAnswer): Column<PlannerPlace>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { places, unitName } = useWorld()
  return useMemo(() => {
    const names = new Map([...today, ...chosen].map(({ code, name }) => [code, name]))
    const far = format.number(km)
    return [
      { id: 'name', header: t('planner.place'), heading: true, value: (row) => text(row.name) },
      { id: 'unit', header: capital(places.unit), value: (row) => unitName(row.unit) },
      { id: 'reached', header: t('planner.isReached'), value: (row) => t(`planner.reached.${row.reached}`, { km: far }) },
      ...(residents ? [{ id: 'residents', header: t('planner.residents'), numeric: true, value: (row: PlannerPlace) => row.residents }] : []),
      { id: 'today', header: t('planner.kmToday'), numeric: true, value: (row) => row.today?.km ?? null, cell: (row) => (row.today === null ? t('planner.nowhere') : format.number(row.today.km)) },
      { id: 'after', header: t('planner.kmAfter'), numeric: true, value: (row) => row.after?.km ?? null, cell: (row) => (row.after === null ? t('planner.nowhere') : format.number(row.after.km)) },
      { id: 'to', header: t('planner.to'), value: (row) => (row.after === null ? null : names.get(row.after.institution) ?? row.after.institution), cell: (row) => (row.after === null ? '–' : <InstitutionName institution={{ code: row.after.institution, name: names.get(row.after.institution) ?? row.after.institution }} />) },
    ]
  }, [t, format, text, places, unitName, residents, km, today, chosen])
}
