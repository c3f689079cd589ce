import { curveOf, type CurveOf, type DrugClass, type DrugCurve } from '@lastmile/shared/listing-curve'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BandCurveChart } from '../../charts/lazy'
import { capital, useFormat } from '../../lib/format'
import { downloadOf } from '../../lib/queries/download'
import { pageBefore } from '../../lib/queries/page-before'
import { curvesQuery } from '../../lib/queries/progress'
import { useAsking, useWorld, type Asking } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import css from './progress.module.css'

/** How many days after its listing each drug reached its n-th unit, or so many institutions at one time, beside the band of its class. */
export function CurvesFrame({ company, of, onOf }: { company: string; of: CurveOf; onOf: (of: CurveOf) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, unitName, places } = useWorld()
  const { evidence } = useAsking()
  const params = { company, evidence, of }
  const query = curvesQuery(list.code, params)
  const answer = useQuery({ ...query, placeholderData: pageBefore(query.queryKey) })
  const what = of === 'units' ? places.units : t('progress.curves.institutions')
  const rows = (answer.data?.drugs ?? []).flatMap((one) => one.reached.map((step) => ({ ...step, drug: one.drug, point: one.band?.points.filter(({ days }) => days <= Math.max(0, step.days)).at(-1) })))
  const inBand = (value: number | undefined) => (value === undefined ? <span className="quiet">{t('progress.curves.noBandShort')}</span> : <span className="number">{format.number(value)}</span>)
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'n', header: t('progress.curves.reached', { what }), numeric: true, value: (row) => row.n, cell: (row) => (row.units === null ? <NumberLink value={row.n} rows={{ drug: row.drug, evidence, state: 'in_stock', asOf: row.day }} label={drugName(row.drug)} /> : format.number(row.n)) },
    ...(of === 'units' ? [{
      id: 'units', header: t('progress.curves.newUnits'), value: (row: (typeof rows)[number]) => format.join((row.units ?? []).map(unitName)),
      cell: (row: (typeof rows)[number]) => <>{(row.units ?? []).map((unit, at) => <span key={unit}>{at > 0 && t('progress.curves.comma')}<NumberLink value={unitName(unit)} rows={{ drug: row.drug, region: unit, evidence, state: 'in_stock', asOf: row.day }} label={drugName(row.drug)} /></span>)}</>,
    }] : []),
    { id: 'days', header: capital(t('drug.days')), numeric: true, value: (row) => row.days },
    { id: 'day', header: t('progress.day'), value: (row) => row.day, cell: (row) => <span className="number">{format.shortDay(row.day, true)}</span> },
    { id: 'lower', header: t('progress.curves.p25'), numeric: true, value: (row) => row.point?.lower ?? null, cell: (row) => inBand(row.point?.lower) },
    { id: 'median', header: t('progress.curves.median'), numeric: true, value: (row) => row.point?.median ?? null, cell: (row) => inBand(row.point?.median) },
    { id: 'upper', header: t('progress.curves.p75'), numeric: true, value: (row) => row.point?.upper ?? null, cell: (row) => inBand(row.point?.upper) },
  ]
  return (
    <Frame<(typeof rows)[number]>
      id="curves" title={of === 'units' ? t('progress.curves.title', { what }) : t('progress.curves.titleAtOnce')} unit={what} basis={answer.data?.basis ?? null} query={answer} height={320}
      actions={<span className={css.tools} role="group" aria-label={t('progress.curves.count')}>{curveOf.map((one) => <button key={one} type="button" aria-pressed={of === one} onClick={() => onOf(one)}>{one === 'units' ? places.units : t('progress.curves.institutions')}</button>)}</span>}
      twin={{ columns, rows, rowKey: (row) => `${row.drug} ${row.n}`, note: of === 'units' ? t('progress.curves.never') : t('progress.curves.neverAtOnce') }} downloads={{ csv: downloadOf(list.code, 'progress/curves', params, 'csv'), xlsx: downloadOf(list.code, 'progress/curves', params, 'xlsx') }}
    >
      <p className="quiet">{of === 'units' ? t('progress.curves.never') : t('progress.curves.neverAtOnce')}</p>
      <div className={css.curves}>
        {(answer.data?.drugs ?? []).map((one) => <Curve key={one.drug} curve={one} evidence={evidence} most={answer.data!.most} what={what} />)}
      </div>
    </Frame>
  )
}

function Curve({ curve, evidence, most, what }: { curve: DrugCurve; evidence: Asking['evidence']; most: number | null; what: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName } = useWorld()
  const classWords = useClassWords()
  const { band, reached, said, days } = curve
  const last = reached.at(-1)
  const name = drugName(curve.drug)
  const now = last === undefined ? t(said ? 'progress.curves.nothingYet' : 'progress.curves.silent') : t('progress.curves.now', { n: format.number(last.n), what, days: format.number(last.days), first: format.number(reached[0]!.days) })
  const top = most === null ? null : Math.min(most, Math.max(5, last?.n ?? 0, ...(band?.points.map(({ high, upper }) => Math.ceil(high ?? upper)) ?? [])))
  return (
    <div>
      <h3><DrugLink code={curve.drug} /></h3>
      <p className="quiet">{now}</p>
      {(said || band !== null) && (
        <BandCurveChart
          evidence={evidence} reached={said ? reached : null} band={band?.points ?? []} days={days} most={top} label={t('parts.labelled', { label: name, value: now })}
          words={{ own: name, median: t('progress.curves.median'), quartiles: t('progress.curves.quartiles'), ends: t('progress.curves.ends'), days: t('drug.daysAxis') }}
        />
      )}
      <p className="quiet">{band === null ? t('progress.curves.noBand') : <>{t('progress.curves.band', { class: classWords(band.class), companies: format.number(band.companies), drugs: format.number(band.drugs) })} {t('progress.curves.fromFirst')}{band.narrower && ` ${t('progress.curves.wider')}`}{band.silent > 0 && ` ${t('progress.curves.silentOf', { formatted: format.number(band.silent) })}`}</>}</p>
    </div>
  )
}

/** A class in words. */
function useClassWords(): (of: DrugClass) => string {
  const { t } = useTranslation()
  return ({ level, rareDisease, supplyForm, group }) => {
    if (level === 'list') return t('progress.curves.class.list')
    const need = t(rareDisease ? 'progress.curves.class.rare' : 'progress.curves.class.common')
    const form = supplyForm === 'shelf' || supplyForm === 'named_patient' || supplyForm === 'made_for_patient' ? [t(`words.supplyForm.${supplyForm}`)] : []
    return [need, ...form, ...(group === null ? [] : [t('progress.curves.class.group', { group })])].join(' · ')
  }
}
