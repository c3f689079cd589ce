import { addDays, daysBetween, type Day } from '@lastmile/shared/day'
import type { GapEpisode, GapPhase } from '@lastmile/shared/gap-episode'
import { gapClasses } from '@lastmile/shared/gap-act'
import { Fragment, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { fillOf, Pattern } from '../../ui/pattern'
import { LookMark } from '../../ui/state-mark'
import { classLooks } from './class-looks'
import css from './gaps.module.css'

/** Bars are drawn in a box as wide as this, and stretched. */
const width = 1000
const height = 22

/** Gaps over time, a row a unit: each is a bar from its first day to its last, and each stretch of it has the look of its kind. */
export function SpansPicture({ rows, from, to }: { rows: readonly { name: string; episodes: readonly GapEpisode[] }[]; from: Day; to: Day }) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const days = daysBetween(from, to) + 1
  const x = (day: Day) => (daysBetween(from, day) / days) * width
  const said = ({ from: first, to: last }: { from: Day; to: Day | null }) => t('gaps.history.span', { from: format.shortDay(first, true), to: last === null ? t('gaps.history.lasts') : format.shortDay(last, true) })
  return (
    <>
      <ul className={css.legend}>{gapClasses.map((one) => <li key={one}><LookMark look={classLooks[one]} />{t(`gaps.classes.${one}`)}</li>)}</ul>
      <div className={css.spans}>
        {rows.map(({ name, episodes }, at) => (
          <Fragment key={name}>
            <span>{name}</span>
            <svg viewBox={`0 0 ${width} ${height}`} height={height} preserveAspectRatio="none" role="img" aria-label={t('parts.labelled', { label: name, value: episodes.length === 0 ? t('gaps.history.none') : format.apart(episodes.map(said)) })}>
              <defs>{gapClasses.map((one) => <Pattern key={one} id={`${id}-${at}-${one}`} name={classLooks[one].pattern} color={classLooks[one].color} size={6} />)}</defs>
              <path d={`M0 ${height / 2}H${width}`} stroke="var(--line-2)" vectorEffect="non-scaling-stroke" />
              {episodes.flatMap(({ phases }) => byClass(phases).map((phase) => {
                const look = classLooks[phase.class]
                const end = phase.to === null ? addDays(to, 1) : addDays(phase.to, 1)
                return <rect key={phase.from} x={x(phase.from)} y={3} width={Math.max(2, x(end) - x(phase.from))} height={height - 6} fill={fillOf(look.pattern, look.color, `${id}-${at}-${phase.class}`)} stroke={look.color} vectorEffect="non-scaling-stroke"><title>{`${said(phase)} · ${t(`gaps.classes.${phase.class}`)}`}</title></rect>
              }))}
            </svg>
          </Fragment>
        ))}
        <span className={css.axis}><span>{format.shortDay(from, true)}</span><span>{format.shortDay(to, true)}</span></span>
      </div>
    </>
  )
}

/** Stretches of one kind: another reason within it is no other bar. */
function byClass(phases: readonly GapPhase[]): Pick<GapPhase, 'from' | 'to' | 'class'>[] {
  const bars: Pick<GapPhase, 'from' | 'to' | 'class'>[] = []
  for (const { from, to, class: is } of phases) {
    const last = bars.at(-1)
    if (last?.class === is) last.to = to
    else bars.push({ from, to, class: is })
  }
  return bars
}
