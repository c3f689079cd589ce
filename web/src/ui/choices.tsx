import type { ReactNode } from 'react'
import css from './choices.module.css'

/** A row of buttons of which one is pressed. `labelled`: the label stands above it too, as above a field. */
export function Choices<V extends string>({ label, labelled = false, value, options, onChange }: { label: string; labelled?: boolean; value: V; options: readonly { value: V; label: ReactNode }[]; onChange: (value: V) => void }) {
  return (
    <div className={css.group} role="group" aria-label={label}>
      {labelled && <span className={css.label} aria-hidden="true">{label}</span>}
      <div className={css.choices}>
        {options.map((option) => <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>{option.label}</button>)}
      </div>
    </div>
  )
}
