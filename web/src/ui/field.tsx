import { useId, type MouseEvent, type ReactNode, type Ref } from 'react'
import css from './field.module.css'

/** A choice with its label above; the empty value is "all". */
export function SelectField({ label, value, options, all, onChange, disabled = false, required = false, hint }: {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  /** Word for no choice; left out where one must be chosen. */
  all?: string | undefined
  onChange: (value: string | undefined) => void
  disabled?: boolean
  /** True where one must be chosen: the browser says so, of the first that lacks one. */
  required?: boolean
  hint?: string | undefined
}) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value ?? ''} disabled={disabled} required={required} onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** Any other control with its label above; `children` gets the id that the label names. */
export function Field({ label, hint, children }: { label: string; hint?: ReactNode; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <small>{hint}</small>}
    </div>
  )
}

/** Fields and switches in a row that wraps. */
export function Toolbar({ children, label }: { children: ReactNode; label: string }) {
  return <div className={css.toolbar} role="group" aria-label={label}>{children}</div>
}

/** A button in the product's looks. `disabled`: it says so and does nothing; it stays where the focus is, which would else be lost while what was pressed is done. */
export function Button({ children, onClick, primary = false, type = 'button', disabled = false, expanded, ref }: { children: ReactNode; onClick?: (() => void) | undefined; primary?: boolean; type?: 'button' | 'submit'; disabled?: boolean; expanded?: boolean | undefined; ref?: Ref<HTMLButtonElement> }) {
  const press = (event: MouseEvent) => {
    // A form is not sent then, by Enter in one of its fields either.
    if (disabled) event.preventDefault()
    else onClick?.()
  }
  return <button ref={ref} type={type} className={css.button} data-primary={primary} onClick={press} aria-disabled={disabled || undefined} aria-expanded={expanded}>{children}</button>
}
