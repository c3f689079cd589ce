import { findDrugs, type DrugFound } from '@lastmile/shared/find-drugs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { finderWordsQuery } from '../../lib/queries/finder'
import { useWorld } from '../../lib/world'
import { Field } from '../../ui/field'
import css from './finder.module.css'

/** What was typed last in this window: who comes back from a drug finds it again. Not in the address: what somebody looks for is nobody's matter. */
let typedLast = ''

/** A field that finds drugs by whatever one knows of them, and what it finds. */
export function DrugSearch() {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, drugs, companies } = useWorld()
  const words = useQuery(finderWordsQuery(list.code)).data?.words ?? null
  const [typed, setTyped] = useState(typedLast)
  const asked = useDeferredValue(typed)
  const found = useMemo(() => findDrugs(asked, drugs, companies, words), [asked, drugs, companies, words])
  const type = (next: string) => {
    typedLast = next
    setTyped(next)
  }
  const isAll = asked.trim() === ''
  const count = { count: found.drugs.length, formatted: format.number(found.drugs.length) }
  return (
    <>
      <form className={css.search} role="search" autoComplete="off" onSubmit={(event) => event.preventDefault()}>
        <Field label={t('finder.search')} hint={t('finder.searchHint')}>{(id) => <input id={id} type="search" inputMode="search" autoComplete="off" spellCheck={false} maxLength={80} value={typed} onChange={(event) => type(event.target.value)} />}</Field>
        {typed !== '' && <button type="button" className={css.large} onClick={() => type('')}>{t('finder.clear')}</button>}
      </form>
      {found.notListed.map((one) => (
        <section key={one.name.en} className={css.notListed} aria-label={t('finder.notListed')}>
          <h2>{t('finder.notListed')}{' · '}{text(one.name)}</h2>
          <p>{text(one.note)}</p>
        </section>
      ))}
      <p role="status" className="quiet">{isAll ? t('finder.all', { formatted: count.formatted }) : found.drugs.length > 0 ? t('finder.found', count) : found.notListed.length > 0 ? t('finder.listedOnly') : t('finder.none', { typed: asked.trim() })}</p>
      <ul className={css.drugs} aria-label={t('finder.page')}>{found.drugs.map((one) => <Hit key={one.drug} found={one} plain={words?.drugs.find(({ drug }) => drug === one.drug)?.plain ?? null} isAll={isAll} />)}</ul>
    </>
  )
}

const told = ['press', 'disease', 'company', 'pinyin'] as const

function Hit({ found, plain, isAll }: { found: DrugFound; plain: { zh: string; en: string } | null; isAll: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const { list, drug: find } = useWorld()
  const drug = find(found.drug)!
  const by = isAll ? undefined : told.find((one) => one === found.by)
  const names = [...new Set([drug.name.zh, drug.name.en, drug.brand?.zh, drug.brand?.en])].filter((name) => name && name !== text(drug.name))
  return (
    <li>
      <Link className={css.hit} to="/$list/find/$drug" params={{ list: list.code, drug: drug.code }}>
        <strong>{text(drug.name)}</strong>
        <span className="quiet">{names.join(' · ')}</span>
        {plain !== null && <span>{text(plain)}</span>}
        {by !== undefined && <span className={css.by} data-press={by === 'press'}>{found.note !== null ? text(found.note) : t(`finder.by.${by}`, { word: found.word })}</span>}
      </Link>
    </li>
  )
}
