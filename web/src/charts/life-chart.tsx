import { useElementSize } from '@mantine/hooks'
import { addDays, dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { useId } from 'react'
import { useFormat } from '../lib/format'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { monthTicks } from './month-ticks'
import { linesOf, Tick } from './tick'

/** A stage that is known of a lane: a mark on its day. `sign`: what stands in the mark, and in the legend. */
export interface LifeMark { key: string; sign: string; words: string; day: Day; tone: 'course' | 'end' | 'later' | 'temporary' }

/**
 * A drug's life: a lane for each edition, a mark for each stage on its day, a bar for each window, and a line for the day shown. Marks
 * that lie close stand above each other. Stages whose day is not known stand in no place of the axis: they are named below the lane.
 */
export interface LifeChartProps {
  lanes: readonly { key: string; name: string; marks: readonly LifeMark[]; windows: readonly { from: Day; to: Day | null; temporary: boolean; words: string }[]; undated: string | null }[]
  /** The day shown. */
  asOf: Day
  asOfWords: string
  /** Says what the chart shows, for those who do not see it. */
  label: string
}

const size = 12
const mark = 9
const colors = { course: 'var(--accent)', end: 'var(--alarm)', later: 'var(--confirmed)', temporary: 'var(--warn)' } as const

export function LifeChart({ lanes, asOf, asOfWords, label }: LifeChartProps) {
  const format = useFormat()
  const { ref, width: measured } = useElementSize()
  const id = useId().replace(/\W/g, '')
  const width = Math.max(280, measured)
  const days = [asOf, ...lanes.flatMap(({ marks, windows }) => [...marks.map(({ day }) => day), ...windows.flatMap(({ from, to }) => [from, to ?? addDays(asOf, 90)])])]
  const [first, last] = [addDays(days.reduce((a, b) => (a < b ? a : b)), -20), addDays(days.reduce((a, b) => (a > b ? a : b)), 20)]
  const span = dayNumber(last) - dayNumber(first)
  const [left, right] = [mark + 4, width - mark - 4]
  const x = (day: Day) => left + ((dayNumber(day) - dayNumber(first)) / span) * (right - left)
  const laid = lanes.map((lane) => ({ ...lane, ...stacked(lane.marks, x), name: linesOf(lane.name, width - 8, size, 2), undated: lane.undated === null ? [] : linesOf(lane.undated, width - 8, size - 1, 4) }))
  let top = 8
  const placed = laid.map((lane) => {
    const base = top + lane.name.length * 16 + (lane.levels + 1) * (mark * 2 + 4)
    const at = { ...lane, top, base }
    top = base + 20 + lane.undated.length * 14 + 12
    return at
  })
  const bottom = top
  const ticks = monthTicks(first, last).filter((tick, i, all) => i === 0 || x(dayOfNumber(tick)) - x(dayOfNumber(all[i - 1]!)) > 58)
  const asOfX = x(asOf)
  return (
    <div ref={ref} className={css.chart}>
      <svg width={width} height={bottom + 44} viewBox={`0 0 ${width} ${bottom + 44}`} role="img" aria-label={label} fontFamily="inherit">
        <title>{label}</title>
        <defs><Pattern id={`${id}-t`} name="diagonal" color={colors.temporary} /></defs>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={x(dayOfNumber(tick))} x2={x(dayOfNumber(tick))} y1={0} y2={bottom} stroke="var(--line)" />
            <Tick x={Math.min(Math.max(x(dayOfNumber(tick)), 22), width - 22)} y={bottom + 12} text={dayOfNumber(tick).slice(0, 7)} size={11} />
          </g>
        ))}
        <line x1={asOfX} x2={asOfX} y1={0} y2={bottom} stroke="var(--ink)" strokeDasharray="4 3" />
        <Tick x={asOfX > width / 2 ? asOfX + 4 : asOfX - 4} y={bottom + 32} text={asOfWords} anchor={asOfX > width * 0.75 ? 'end' : asOfX < width * 0.25 ? 'start' : 'middle'} size={11} color="var(--ink)" weight={600} />
        {placed.map(({ key, name, windows, marks, levelOf, top: y, base, undated }) => (
          <g key={key}>
            {name.map((line, i) => <Said key={line} y={y + 8 + i * 16} text={line} strong />)}
            <line x1={left} x2={right} y1={base + 6} y2={base + 6} stroke="var(--line-2)" />
            {windows.map(({ from, to, temporary, words }) => (
              <rect key={from} x={x(from)} y={base} width={Math.max(3, x(to ?? last) - x(from))} height={12} rx={2} fill={temporary ? `url(#${id}-t)` : 'var(--accent)'} fillOpacity={temporary ? 1 : 0.35} stroke={temporary ? colors.temporary : 'var(--accent)'}><title>{words}</title></rect>
            ))}
            {marks.map((one) => {
              const cy = base - mark - 3 - levelOf.get(one.key)! * (mark * 2 + 4)
              return (
                <g key={one.key}>
                  <title>{`${one.words} · ${format.day(one.day)}`}</title>
                  <line x1={x(one.day)} x2={x(one.day)} y1={cy} y2={base + 6} stroke={colors[one.tone]} />
                  <circle cx={x(one.day)} cy={cy} r={mark} fill={one.tone === 'course' ? 'var(--surface)' : colors[one.tone]} stroke={colors[one.tone]} strokeWidth={2} />
                  <text x={x(one.day)} y={cy} textAnchor="middle" dominantBaseline="central" fontSize={10.5} fontWeight={700} fill={one.tone === 'course' ? colors.course : 'var(--surface)'}>{one.sign}</text>
                </g>
              )
            })}
            {undated.map((line, i) => <Said key={line} y={base + 26 + i * 14} text={line} />)}
          </g>
        ))}
      </svg>
    </div>
  )
}

/** A line of text of a lane, readable over the lines of the days. */
function Said({ y, text, strong = false }: { y: number; text: string; strong?: boolean }) {
  return <text x={2} y={y} dominantBaseline="central" fontSize={strong ? size : size - 1} fontWeight={strong ? 600 : 400} fill={strong ? 'var(--ink)' : 'var(--ink-2)'} stroke="var(--surface)" strokeWidth={4} strokeLinejoin="round" paintOrder="stroke">{text}</text>
}

/** At which level each mark stands, so that none covers another: the lowest that is free at its place. */
function stacked(marks: readonly LifeMark[], x: (day: Day) => number): { levelOf: ReadonlyMap<string, number>; levels: number } {
  const levelOf = new Map<string, number>()
  const ends: number[] = []
  for (const one of [...marks].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const at = x(one.day)
    const free = ends.findIndex((end) => end <= at - mark)
    const level = free < 0 ? ends.length : free
    ends[level] = at + mark + 2
    levelOf.set(one.key, level)
  }
  return { levelOf, levels: Math.max(1, ends.length) }
}
