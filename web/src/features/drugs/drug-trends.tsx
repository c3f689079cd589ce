import { breakReasons } from '@lastmile/shared/break'
import type { TrendAnswer } from '@lastmile/shared/coverage'
import { evidences } from '@lastmile/shared/evidence'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { TrendChart } from '../../charts/lazy'
import { useEvidenceWords } from '../../lib/evidence-words'
import { capital, useFormat } from '../../lib/format'
import { trendQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { valueOf, type Measure } from '../../lib/measure'
import { downloadOf } from '../../lib/queries/download'
import type { Column } from '../../ui/data-table'
import { Choices } from '../../ui/choices'
import { Toolbar } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { NowNote } from '../../ui/now-note'
import { Columns, Stack } from '../../ui/page-head'

type Point = TrendAnswer['points'][number]

/** The drug over time: one small chart a kind of evidence on the same scale, never one series of several kinds. */
export function DrugTrends({ code, measure, onMeasure }: { code: string; measure: Measure; onMeasure: (measure: Measure) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const evidenceWords = useEvidenceWords()
  const { list, drugName, places } = useWorld()
  const { asOf } = useAsking()
  const questions = evidences.map((evidence) => ({ evidence, drug: code, from: list.inForce, to: list.today }))
  const answers = useQueries({ queries: questions.map((question) => ({ ...trendQuery(list.code, question), placeholderData: keepPreviousData })) })
  const word = { institutions: t('parts.institutions'), units: capital(places.units), cities: capital(places.cities), share: t('parts.share') }
  const top = measure === 'share' ? 1 : Math.max(1, ...answers.flatMap((answer) => answer.data?.points.map((point) => valueOf(point, measure) ?? 0) ?? []))
  const columns: Column<Point>[] = [
    { id: 'day', header: t('charts.trend.day'), heading: true, value: (point) => point.day, cell: (point) => <span className="number">{format.shortDay(point.day, true)}</span> },
    ...(measure === 'share'
      ? [
        { id: 'low', header: t('charts.trend.low'), numeric: true, value: (point: Point) => point.share?.low ?? null, cell: (point: Point) => (point.share ? format.percent(point.share.low) : t('parts.few')) },
        { id: 'high', header: t('charts.trend.high'), numeric: true, value: (point: Point) => point.share?.high ?? null, cell: (point: Point) => (point.share ? format.percent(point.share.high) : t('parts.few')) },
      ]
      : [{ id: 'value', header: word[measure], numeric: true, value: (point: Point) => valueOf(point, measure) }]),
  ]
  return (
    <Stack>
      <Toolbar label={t('drug.measure')}>
        <h2 style={{ fontSize: '1.2em' }}>{t('drug.trends')}</h2>
        <Choices label={t('drug.measure')} value={measure} options={(['institutions', 'units', 'cities', 'share'] as const).map((one) => ({ value: one, label: one === 'share' ? t('drug.measureShare') : word[one] }))} onChange={onMeasure} />
      </Toolbar>
      <NowNote />
      <Columns count={3}>
        {evidences.map((evidence, index) => {
          const answer = answers[index]!
          const said = answer.data?.points.some((point) => Object.values(point.states).some((count) => count > 0))
          const label = t('drug.trendLabel', { drug: drugName(code), measure: word[measure], evidence: evidenceWords(evidence).name })
          return (
            <Frame<Point>
              key={evidence} id={`trend-${evidence}`} title={t('drug.trend', { measure: word[measure], evidence: t(`words.evidence.${evidence}.short`) })} unit={word[measure]} basis={answer.data?.basis ?? null} query={answer} height={230}
              empty={answer.data && !said ? t('drug.trendNone') : measure === 'share' && answer.data && answer.data.points.every((point) => point.share === null) ? t('parts.few') : undefined}
              twin={{ columns, rows: answer.data?.points ?? [], rowKey: (point) => point.day }}
              downloads={{ csv: downloadOf(list.code, 'trend', questions[index]!, 'csv'), xlsx: downloadOf(list.code, 'trend', questions[index]!, 'xlsx') }}
            >
              {answer.data && <TrendChart evidence={evidence} points={answer.data.points} breaks={breaksOf(answer.data.breaks)} from={answer.data.from} to={answer.data.to} measure={measure} label={label} top={top} mark={asOf} height={230} />}
            </Frame>
          )
        })}
      </Columns>
    </Stack>
  )

  /** Breaks of one day and reason, told once with how many sources they are of. */
  function breaksOf(breaks: TrendAnswer['breaks']): { day: string; reason: string }[] {
    const groups = new Map<string, TrendAnswer['breaks']>()
    for (const one of breaks) groups.set(`${one.day} ${one.reason}`, [...(groups.get(`${one.day} ${one.reason}`) ?? []), one])
    return [...groups.values()].map((same) => {
      const known = breakReasons.find((one) => one === same[0]!.reason)
      const word = known ? t(`drug.breaks.${known}`) : same[0]!.reason
      return { day: same[0]!.day, reason: same.length === 1 ? word : t('drug.breakTimes', { word, formatted: format.number(same.length) }) }
    })
  }
}
