import type { PatternName } from './marks'

/** The `<pattern>` of a look, for `fill="url(#id)"`. Solid and outline need none. */
export function Pattern({ id, name, color, size = 6 }: { id: string; name: PatternName; color: string; size?: number }) {
  const half = size / 2
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
      <rect width={size} height={size} fill={color} opacity={name === 'solid' ? 1 : 0.12} />
      {name === 'diagonal' && <path d={`M-1 1 1 -1M0 ${size} ${size} 0M${size - 1} ${size + 1} ${size + 1} ${size - 1}`} stroke={color} strokeWidth={1.3} />}
      {name === 'cross' && <path d={`M0 0 ${size} ${size}M0 ${size} ${size} 0`} stroke={color} strokeWidth={1.1} />}
      {name === 'lines' && <path d={`M0 ${half}h${size}`} stroke={color} strokeWidth={1.5} />}
      {name === 'dots' && <circle cx={half} cy={half} r={1.2} fill={color} />}
    </pattern>
  )
}

/** What to write into `fill` for a look whose `Pattern` has this id. */
export function fillOf(name: PatternName, color: string, id: string): string {
  if (name === 'solid') return color
  return name === 'outline' ? 'transparent' : `url(#${id})`
}
