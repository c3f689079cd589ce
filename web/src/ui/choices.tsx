import type { ReactNode } from 'react'
import css from './choices.module.css'

/** A row of buttons of which one is pressed. */
export function Choices<V extends string>({ label, value, options, onChange }: { label: string; value: V; options: readonly { value: V; label: ReactNode; disabled?: boolean | undefined }[]; onChange: (value: V) => void }) {
  return (
    <div className={css.group} role="group" aria-label={label}>
      <span className={css.label} aria-hidden="true">{label}</span>
      <div className={css.choices}>
        {options.map((option) => <button key={option.value} type="button" aria-pressed={option.value === value} disabled={option.disabled} onClick={() => onChange(option.value)}>{option.label}</button>)}
      </div>
    </div>
  )
}
