import type { ReactNode } from 'react'
import css from './charts.module.css'

/** The box beside the pointer. */
export function TipBox({ title, lines }: { title: string; lines: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <div className={css.tip}>
      <p>{title}</p>
      <dl>{lines.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
    </div>
  )
}
