import { useEffect, useId, useRef, type ReactNode } from 'react'
import css from './field.module.css'

/** The first and last a day or time can be: no year is typed that the server does not know. */
const ends: Partial<Record<string, { min: string; max: string }>> = { date: { min: '1900-01-01', max: '2999-12-31' }, 'datetime-local': { min: '1900-01-01T00:00', max: '2999-12-31T23:59' } }

/** A line of text with its label above. `complete` tells the browser what it is, so that it fills in what it has kept. */
export function TextField({ label, value, onChange, type = 'text', complete = 'off', hint, required = true, minLength, maxLength, pattern, inputMode, takesFocus = false, invalid = false, name, placeholder, min }: {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'password' | 'datetime-local' | 'date'
  complete?: string
  hint?: ReactNode
  required?: boolean
  minLength?: number | undefined
  maxLength?: number | undefined
  pattern?: string | undefined
  inputMode?: 'numeric' | 'decimal' | undefined
  /** True where it comes on the screen because of what was just done, and is what comes next. */
  takesFocus?: boolean
  /** True where what is wrong with the form is this. */
  invalid?: boolean
  name?: string
  placeholder?: string | undefined
  /** The first day or time that it can be, where that is not the first there is. */
  min?: string | undefined
}) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => { if (takesFocus) box.current?.focus() }, [takesFocus])
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input ref={box} id={id} name={name} type={type} value={value} onChange={(event) => onChange(event.target.value)} autoComplete={complete} required={required} minLength={minLength} maxLength={maxLength} pattern={pattern} inputMode={inputMode} {...ends[type]} {...(min === undefined ? {} : { min })} placeholder={placeholder} autoCapitalize="none" spellCheck={false} aria-invalid={invalid || undefined} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}
