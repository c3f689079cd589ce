/** A count on each of some days as a small line of steps, the last day at the right. Decoration beside the figure that it ends with: `label` says it. */
export function Sparkline({ values, label, width = 92, height = 22 }: { values: readonly number[]; label: string; width?: number; height?: number }) {
  const most = Math.max(1, ...values)
  const x = (i: number) => (values.length < 2 ? width : (i / (values.length - 1)) * (width - 4) + 2)
  const y = (value: number) => height - 3 - (value / most) * (height - 6)
  const path = values.map((value, i) => (i === 0 ? `M${x(0).toFixed(1)} ${y(value).toFixed(1)}` : `H${x(i).toFixed(1)}V${y(value).toFixed(1)}`)).join('')
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ display: 'block' }}>
      <title>{label}</title>
      <path d={`M2 ${height - 2.5}H${width - 2}`} stroke="var(--line-2)" strokeWidth={1} />
      <path d={path} fill="none" stroke="var(--accent)" strokeWidth={1.6} strokeLinejoin="round" />
      {values.length > 0 && <circle cx={x(values.length - 1)} cy={y(values.at(-1)!)} r={2.2} fill="var(--accent)" />}
    </svg>
  )
}
