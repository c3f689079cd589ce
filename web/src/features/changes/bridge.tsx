import { addDays, laterDay } from '@lastmile/shared/day'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BridgeChart } from '../../charts/lazy'
import { useFormat } from '../../lib/format'
import { changesQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { Frame } from '../../ui/frame'
import css from './changes.module.css'

/**
 * What changed since a chosen day as a bridge: before + entered − left = after, by cause. Without a chosen day: the last
 * 30. Both ends are as known at the page's instant, so that they are the headlines that the page would show of those days. `silence`: why the page has nothing to count.
 */
export function Bridge({ from, onFrom, silence }: { from: string | undefined; onFrom: (day: string | undefined) => void; silence: string | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { evidence, asOf, knownOn } = useAsking()
  const start = from ?? laterDay(list.inForce, addDays(asOf, -30))
  const nothing = start >= asOf
  const params = { evidence, from: start, to: asOf, knownFrom: knownOn, knownTo: knownOn }
  const query = useQuery({ ...changesQuery(list.code, params), placeholderData: keepPreviousData, enabled: !nothing })
  const { data } = query
  const entered = data?.institutions.entered ?? []
  const left = data?.institutions.left ?? []
  const steps = [
    ...entered.map((one) => ({ key: `in ${one.cause}`, cause: t(`words.cause.${one.cause}`), direction: t('charts.bridge.entered'), change: one.count })),
    ...left.map((one) => ({ key: `out ${one.cause}`, cause: t(`words.cause.${one.cause}`), direction: t('charts.bridge.left'), change: -one.count })),
  ].filter((step) => step.change !== 0)
  const sum = (counts: readonly { count: number }[]) => counts.reduce((total, one) => total + one.count, 0)
  const presets = [['week', addDays(asOf, -7)], ['month', addDays(asOf, -30)], ['start', list.inForce]] as const
  return (
    <Frame
      id="changes" title={t('overview.changes.title', { day: format.day(start) })} unit={t('overview.changes.unit')} basis={data?.basis ?? null} height={300}
      query={nothing ? { isPending: false, isPlaceholderData: false, error: null, refetch: () => undefined } : query}
      empty={silence ?? (nothing ? t('overview.changes.same') : undefined)}
      downloads={{ csv: downloadOf(list.code, 'changes', params, 'csv'), xlsx: downloadOf(list.code, 'changes', params, 'xlsx') }}
      actions={
        <div className={css.since}>
          <label>{t('overview.changes.from')} <input type="date" value={start} min={list.inForce} max={asOf} onChange={(event) => { if (event.target.value !== '') onFrom(event.target.value) }} /></label>
          {presets.map(([name, day]) => <button key={name} type="button" aria-pressed={presets.find(([, one]) => laterDay(list.inForce, one) === start)?.[0] === name} onClick={() => onFrom(laterDay(list.inForce, day))}>{t(`overview.changes.preset.${name}`)}</button>)}
        </div>
      }
      twin={{
        rows: steps, rowKey: (step) => step.key,
        columns: [
          { id: 'cause', header: t('overview.changes.cause'), heading: true, value: (step) => step.cause },
          { id: 'direction', header: t('overview.changes.direction'), value: (step) => step.direction },
          { id: 'count', header: t('overview.changes.count'), numeric: true, value: (step) => step.change, cell: (step) => format.signed(step.change) },
        ],
      }}
    >
      {data && (
        <>
          <p className={css.sum}>{t('overview.changes.sentence', { before: format.number(data.institutions.before), entered: format.number(sum(entered)), left: format.number(sum(left)), after: format.number(data.institutions.after) })}</p>
          <BridgeChart
            label={t('overview.changes.title', { day: format.day(start) })}
            before={{ label: format.shortDay(data.from, true), value: data.institutions.before }} after={{ label: format.shortDay(data.to, true), value: data.institutions.after }}
            steps={steps.map((step) => ({ key: step.key, label: step.cause, change: step.change }))}
          />
        </>
      )}
    </Frame>
  )
}
