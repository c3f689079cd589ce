import { useElementSize } from '@mantine/hooks'
import { funnelLevels, funnelLimits, type Funnel, type FunnelPlace } from '@lastmile/shared/funnel'
import css from './charts.module.css'

/** A unit in a funnel: so many of so many. */
export interface FunnelPoint { key: string; label: string; title: string; count: number; of: number; place: FunnelPlace | null; isOwn: boolean }

export interface FunnelPlotProps {
  points: readonly FunnelPoint[]
  mean: number
  /** Around which share limits lie, and how wide. */
  funnel: Funnel
  /** What it shows, in a sentence. */
  label: string
  /** Along the edges: how many cases, and which share. */
  sizeLabel: string
  percent: (share: number) => string
  number: (value: number) => string
}

const height = 300
const edge = { left: 56, right: 16, top: 14, bottom: 44 }
const steps = 60

/** Round numbers of cases along the edge, as far from each other. */
function sizeTicks(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => most / one <= 6) ?? 10 * power)
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step)
}

/** Shares by size with their limits: a line for the mean, dashes for 95 %, dots for 99.8 %. Within: a ring; one that is not judged: a dashed ring; beyond: filled, a triangle that points to the side; the own one has a ring around it. */
export function FunnelPlot({ points, mean, funnel, label, sizeLabel, percent, number }: FunnelPlotProps) {
  const { ref, width: measured } = useElementSize()
  const width = Math.max(280, measured)
  const most = Math.max(4, ...points.map(({ of }) => of)) * 1.08
  const x = (of: number) => edge.left + (of / most) * (width - edge.left - edge.right)
  const y = (share: number) => height - edge.bottom - share * (height - edge.top - edge.bottom)
  const sizes = [...new Set(Array.from({ length: steps + 1 }, (_, n) => Math.max(1, Math.round((n * most) / steps))))]
  // Names that would stand on each other are left to the table and to what a point says of itself.
  const named = new Set<string>()
  const taken: { x: number; y: number }[] = []
  for (const { key, count, of, place, isOwn } of [...points].sort((a, b) => Number(b.isOwn) - Number(a.isOwn))) {
    const spot = { x: x(of), y: y(count / of) }
    if ((!isOwn && (place === null || place === 'within')) || taken.some((other) => Math.abs(other.x - spot.x) < 110 && Math.abs(other.y - spot.y) < 14)) continue
    named.add(key)
    taken.push(spot)
  }
  const curve = (level: (typeof funnelLevels)[number], side: 'low' | 'high') => sizes.map((of, n) => `${n === 0 ? 'M' : 'L'}${x(of).toFixed(1)},${y(funnelLimits(funnel, of, level)[side]).toFixed(1)}`).join('')
  return (
    <div ref={ref}>
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className={css.funnel}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <path d={`M${edge.left} ${y(share)}H${width - edge.right}`} stroke="var(--line)" />
          <text x={edge.left - 6} y={y(share) + 4} textAnchor="end" fill="var(--ink-2)">{percent(share)}</text>
        </g>
      ))}
      {sizeTicks(most).map((of) => <text key={of} x={x(of)} y={height - edge.bottom + 16} textAnchor="middle" fill="var(--ink-2)">{number(of)}</text>)}
      <text x={(edge.left + width - edge.right) / 2} y={height - 8} textAnchor="middle" fill="var(--ink-2)">{sizeLabel}</text>
      <path d={`M${edge.left} ${y(mean)}H${width - edge.right}`} stroke="var(--ink)" strokeWidth={1.5} />
      {funnelLevels.map((level, n) => (['low', 'high'] as const).map((side) => <path key={`${level}${side}`} d={curve(level, side)} fill="none" stroke="var(--ink-2)" strokeWidth={1.5} strokeDasharray={n === 0 ? '7 4' : '2 4'} />))}
      {points.map(({ key, label: name, title, count, of, place, isOwn }) => {
        const [cx, cy] = [x(of), y(count / of)]
        const beyond = place !== null && place !== 'within'
        const up = place?.startsWith('above') ?? false
        return (
          <g key={key}>
            <title>{title}</title>
            {isOwn && <circle cx={cx} cy={cy} r={10} fill="none" stroke="var(--accent)" strokeWidth={2} />}
            {beyond ? <path d={up ? `M${cx} ${cy - 6}l6 10h-12z` : `M${cx} ${cy + 6}l6-10h-12z`} fill={place?.endsWith('998') ? 'var(--alarm)' : 'var(--warn-line)'} stroke="var(--ink)" /> : <circle cx={cx} cy={cy} r={4.5} fill="var(--surface)" stroke="var(--accent)" strokeWidth={2} strokeDasharray={place === null ? '2.5 2' : undefined} />}
            {named.has(key) && <text x={cx + (cx > width - 120 ? -12 : 12)} y={cy + 4} textAnchor={cx > width - 120 ? 'end' : 'start'} fill="var(--ink)" fontWeight={isOwn ? 700 : 400} stroke="var(--surface)" strokeWidth={3} paintOrder="stroke">{name}</text>}
          </g>
        )
      })}
    </svg>
    </div>
  )
}
