/** Plain SVG text for axes, so that downloaded pictures keep it. */
export function Tick({ x, y, text, anchor = 'middle', size = 12, color = 'var(--ink-2)', weight = 400 }: {
  x: number
  y: number
  text: string
  anchor?: 'start' | 'middle' | 'end'
  size?: number
  color?: string
  weight?: number
}) {
  return <text x={x} y={y} textAnchor={anchor} dominantBaseline="central" fontSize={size} fontWeight={weight} fill={color}>{text}</text>
}

/** Text cut to a width in pixels: a CJK letter is about as wide as it is high, others about half. */
export function cut(text: string, width: number, size: number): string {
  let used = 0
  for (let i = 0; i < text.length; i++) {
    used += text.charCodeAt(i) > 0x2e80 ? size : size * 0.56
    if (used > width) return `${text.slice(0, Math.max(1, i - 1))}…`
  }
  return text
}

/** Text as one line or up to `most`, each no wider than `width` in pixels; what does not fit into them is cut. */
export function linesOf(text: string, width: number, size: number, most: number): readonly string[] {
  if (cut(text, width, size) === text) return [text]
  const words = text.split(/(?<=[\s-])|(?<=[\u2e80-\uffef])/u)
  let first = ''
  while (words.length > 1 && cut(first + (words[0] ?? ''), width, size) === first + (words[0] ?? '')) first += words.shift() ?? ''
  return first === '' || most === 1 ? [cut(text, width, size)] : [first.trimEnd(), ...linesOf(words.join(''), width, size, most - 1)]
}
