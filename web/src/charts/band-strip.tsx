import type { Band } from '@lastmile/shared/peers'

const [width, height, edge] = [200, 20, 6]

/** A band in ink alone, from zero on: a thin line from the lowest to the highest, a box between the quartiles, a stroke at the median; and below it, as ▲, the one that is compared, where anything is said of it. */
export function BandStrip({ band, value, label }: { band: Band; value: number | null; label: string }) {
  const most = Math.max(1, band.high, value ?? 0)
  const x = (figure: number) => edge + (figure / most) * (width - 2 * edge)
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ display: 'block', width: '100%' }}>
      <path d={`M${x(0)} 7H${width - edge}`} stroke="var(--line)" strokeWidth={1} />
      <path d={`M${x(band.low)} 7H${x(band.high)}M${x(band.low)} 4v6M${x(band.high)} 4v6`} stroke="var(--ink-2)" strokeWidth={1} />
      <rect x={x(band.lower)} y={3} width={Math.max(1, x(band.upper) - x(band.lower))} height={8} fill="var(--surface)" stroke="var(--ink-2)" strokeWidth={1} />
      <path d={`M${x(band.median)} 3v8`} stroke="var(--ink)" strokeWidth={2} />
      {value !== null && <path d={`M${x(value)} 12.5l4.5 7h-9z`} fill="var(--ink)" />}
    </svg>
  )
}
