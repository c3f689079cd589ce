import { useEffect, useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/field'
import css from './institutions.module.css'

/** A search for names and codes, asked when Enter or the button is pressed. */
export function SearchBox({ value, onSearch, label }: { value: string | undefined; onSearch: (search: string | undefined) => void; label: string }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => { if (input.current) input.current.value = value ?? '' }, [value])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(input.current?.value.trim() || undefined)
  }
  return (
    <form role="search" className={css.search} onSubmit={submit}>
      <input ref={input} type="search" maxLength={80} defaultValue={value} aria-label={label} placeholder={label} onInput={(event) => { if (event.currentTarget.value === '' && value !== undefined) onSearch(undefined) }} />
      <Button type="submit" primary>{t('institution.search')}</Button>
    </form>
  )
}
