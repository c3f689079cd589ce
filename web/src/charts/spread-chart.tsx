import { useElementSize } from '@mantine/hooks'
import { useFormat } from '../lib/format'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { linesOf, Tick } from './tick'

/**
 * From the lowest to the highest of each kind, with the median, as shares of one base a row: 1 is the base, on one scale
 * for all rows. A kind without a spread says why (`few` sellers, or none at all).
 */
export interface SpreadChartProps {
  rows: readonly {
    key: string
    label: string
    /** What 100 % is in this row. */
    note: string
    bars: readonly { kind: 'hospital' | 'pharmacy'; sellers: number; spread: { low: number; median: number; high: number } | null }[]
  }[]
  label: string
  /** `said`: what is said of something, as the language puts it. */
  words: { hospital: string; pharmacy: string; few: string; none: string; said: (of: string, what: string) => string }
}

const looks = { hospital: { fill: 'var(--accent)', pattern: null }, pharmacy: { fill: 'var(--ink-2)', pattern: 'diagonal' } } as const
const tall = 58
const top = 26

export function SpreadChart({ rows, label, words }: SpreadChartProps) {
  const format = useFormat()
  const { ref, width } = useElementSize()
  const labels = Math.min(300, Math.max(118, width * 0.32))
  const [low, high] = extent(rows)
  const x = (share: number) => labels + 8 + ((share - low) / (high - low)) * Math.max(40, width - labels - 28)
  const height = top + rows.length * tall + 6
  return (
    <div className={css.chart} ref={ref}>
      <ul className={css.legend}>
        {(['hospital', 'pharmacy'] as const).map((kind) => <li key={kind}><svg width={22} height={12} aria-hidden="true"><Fill kind={kind} x={0.5} y={0.5} width={21} height={11} /></svg>{words[kind]}</li>)}
      </ul>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
          <defs><Pattern id="spread-pharmacy" name="diagonal" color="var(--ink-2)" size={5} /></defs>
          {stepsOf(low, high, Math.max(2, Math.floor((width - labels) / 64))).map((share) => (
            <g key={share}>
              <line x1={x(share)} x2={x(share)} y1={top - 6} y2={height} stroke={share === 1 ? 'var(--ink-2)' : 'var(--line)'} strokeWidth={share === 1 ? 1.6 : 1} />
              <Tick x={x(share)} y={10} text={format.percent(share)} weight={share === 1 ? 700 : 400} />
            </g>
          ))}
          {rows.map((row, index) => <Row key={row.key} row={row} y={top + index * tall} labels={labels} end={width} x={x} words={words} />)}
        </svg>
      )}
    </div>
  )
}

function Row({ row, y, labels, end, x, words }: { row: SpreadChartProps['rows'][number]; y: number; labels: number; end: number; x: (share: number) => number; words: SpreadChartProps['words'] }) {
  const format = useFormat()
  const names = linesOf(row.label, labels - 8, 13, 2)
  return (
    <g>
      <title>{words.said(row.label, row.note)}</title>
      {names.map((line, i) => <Tick key={line} x={labels - 2} y={y + 10 + i * 14} anchor="end" size={13} weight={600} color="var(--ink)" text={line} />)}
      <Tick x={labels - 2} y={y + 12 + names.length * 14} anchor="end" size={10.5} text={linesOf(row.note, labels - 4, 10.5, 1)[0] ?? ''} />
      {row.bars.map(({ kind, sellers, spread }, i) => {
        const at = y + 4 + i * 21
        if (!spread) return <Silent key={kind} base={x(1)} from={labels + 8} end={end} y={at} text={words.said(words[kind], sellers > 0 ? words.few : words.none)} />
        const [from, to] = [x(spread.low), x(spread.high)]
        return (
          <g key={kind}>
            <title>{words.said(`${row.label} · ${words[kind]}`, `${format.percent(spread.low)} – ${format.percent(spread.median)} – ${format.percent(spread.high)}`)}</title>
            <Fill kind={kind} x={from} y={at} width={Math.max(3, to - from)} height={14} />
            <line x1={x(spread.median)} x2={x(spread.median)} y1={at - 3} y2={at + 17} stroke="var(--ink)" strokeWidth={3} />
          </g>
        )
      })}
      <line x1={0} x2="100%" y1={y + tall - 6} y2={y + tall - 6} stroke="var(--line)" />
    </g>
  )
}

/** Why there is no bar: beside the line of 100 % (at `base`) where there is room between `from` and `end`, clear of the other lines and of the names. */
function Silent({ base, from, end, y, text }: { base: number; from: number; end: number; y: number; text: string }) {
  const wide = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 11 : 5.4), 0)
  const [right, left] = [base + 10, base - 10 - wide]
  const x = right + wide <= end ? right : left >= from ? left : Math.max(from, end - wide)
  return <><rect x={x - 4} y={y - 1} width={wide + 8} height={16} fill="var(--surface)" /><Tick x={x} y={y + 7} anchor="start" size={11} text={text} /></>
}

/** A kind by colour and pattern. */
function Fill({ kind, ...box }: { kind: 'hospital' | 'pharmacy'; x: number; y: number; width: number; height: number }) {
  const { fill, pattern } = looks[kind]
  return <><rect {...box} fill={pattern === null ? fill : 'var(--surface)'} stroke={fill} strokeWidth={1.4} />{pattern !== null && <rect {...box} fill="url(#spread-pharmacy)" />}</>
}

/** The ends of the scale: all that is drawn and 100 %, with some air. */
function extent(rows: SpreadChartProps['rows']): [number, number] {
  const all = rows.flatMap((row) => row.bars.flatMap(({ spread }) => (spread ? [spread.low, spread.high] : [])))
  const [low, high] = [Math.min(1, ...all), Math.max(1, ...all)]
  const air = Math.max(0.05, (high - low) * 0.06)
  return [Math.max(0, low - air), high + air]
}

/** Round shares between the ends, 1 among them; so many at most, as fit side by side. */
function stepsOf(low: number, high: number, most: number): number[] {
  const step = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10].find((one) => (high - low) / one <= Math.min(6, most)) ?? 50
  const first = Math.ceil((low - 1) / step)
  const last = Math.floor((high - 1) / step)
  return Array.from({ length: last - first + 1 }, (_, i) => Number((1 + (first + i) * step).toFixed(4)))
}
