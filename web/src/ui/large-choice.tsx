import { useId } from 'react'
import css from './large-choice.module.css'

/** One of a few, each as large as a thumb. */
export function LargeChoice<V extends string>({ label, value, options, onChange }: { label: string; value: V | undefined; options: readonly { value: V; label: string }[]; onChange: (value: V) => void }) {
  const name = useId()
  return (
    <fieldset className={css.choice}>
      <legend>{label}</legend>
      <div className={css.choices}>
        {options.map((one) => <label key={one.value}><input type="radio" name={name} required checked={value === one.value} onChange={() => onChange(one.value)} />{one.label}</label>)}
      </div>
    </fieldset>
  )
}
