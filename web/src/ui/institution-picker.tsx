import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../lib/problem-words'
import { institutionQuery, institutionsQuery } from '../lib/queries/rows'
import { SelectField } from './field'
import { TextField } from './text-field'

/** Chooses one institution of a list's many (or of a unit's): part of its name or code, then one of those found. */
export function InstitutionPicker({ list, value, region, required = true, onChange }: { list: string; value: string | null; region?: string | undefined; required?: boolean; onChange: (code: string | null) => void }) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [search, setSearch] = useState('')
  const isAsked = search.trim().length >= 2
  const found = useQuery({ ...institutionsQuery(list, { search: search.trim(), region, limit: 20 }), enabled: isAsked, placeholderData: keepPreviousData })
  const chosen = useQuery({ ...institutionQuery(list, value ?? ''), enabled: value !== null })
  const rows = isAsked ? found.data?.rows ?? [] : []
  const options = rows.map((one) => ({ value: one.code, label: `${one.name} (${one.code})` }))
  if (value !== null && !options.some((one) => one.value === value)) options.unshift({ value, label: chosen.data ? `${chosen.data.institution.name} (${value})` : value })
  const state = !isAsked ? t('accounts.findHint')
    : found.error ? t('accounts.searchFailed', { problem: words(found.error) })
    : found.isPending || found.isPlaceholderData ? t('accounts.searching')
    : t(rows.length === 0 ? 'accounts.foundNone' : 'accounts.found')
  return (
    <>
      <TextField label={t('accounts.find')} value={search} onChange={setSearch} required={false} hint={<span role="status">{state}</span>} maxLength={100} />
      <SelectField label={t('accounts.institution')} value={value ?? undefined} all={t('accounts.choose')} required={required} options={options} onChange={(code) => onChange(code ?? null)} />
    </>
  )
}
