import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../lib/i18n'
import { useWorld } from '../lib/world'
import { EvidenceLegend } from './evidence-badge'
import { Icon } from './icons'
import { LanguageSwitch, LineState, SchemeSwitch } from './preferences'
import { RowsDrawer } from './rows-drawer'
import css from './shell.module.css'
import { StateLegend } from './state-mark'

const pages = [
  ['overview', '/$list'], ['matrix', '/$list/matrix'], ['gaps', '/$list/gaps'], ['institutions', '/$list/institutions'], ['reports', '/$list/reports'],
] as const

/** What stands around every page of a list: its name and the switch to others, the way to the pages, language, colours, what the marks mean, and that the data are a demonstration. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { list, lists } = useWorld()
  const text = useText()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">{t('skip')}</a>
      <header className={css.header} onKeyDown={onKeyDown}>
        <div className={css.top}>
          <Link to="/$list" params={{ list: list.code }} className={css.brand}>
            <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden="true"><path d="M4 23h9v-7h7V9h7" fill="none" stroke="currentColor" strokeWidth={3} /><circle cx={27} cy={9} r={3.4} fill="var(--focus-on-bar)" /></svg>
            <span><strong>{t('product')}</strong><small>{t('tagline')}</small></span>
          </Link>
          <label className={css.list}>
            <span className="sr-only">{t('list')}</span>
            <select value={list.code} onChange={(event) => void navigate({ to: '/$list', params: { list: event.target.value }, search: { evidence: undefined, asOf: undefined, knownOn: undefined, since: undefined } })}>
              {lists.map((one) => <option key={one.code} value={one.code}>{text(one.name)}</option>)}
            </select>
          </label>
          <div className={css.tools}>
            <LineState />
            <LanguageSwitch />
            <SchemeSwitch />
          </div>
          <button ref={opener} type="button" className={css.menu} aria-expanded={open} aria-controls="pages" onClick={() => setOpen(!open)}><Icon name={open ? 'close' : 'menu'} size={18} /><span>{t('nav.menu')}</span></button>
        </div>
        <nav id="pages" className={css.nav} data-open={open} aria-label={t('nav.label')}>
          {pages.map(([name, to]) => (
            <Link key={name} to={to} params={{ list: list.code }} activeOptions={{ exact: name === 'overview', includeSearch: false }} activeProps={{ 'aria-current': 'page' }} onClick={() => setOpen(false)}>{t(`nav.${name}`)}</Link>
          ))}
        </nav>
      </header>
      {list.demonstration && (
        <aside className={css.demonstration} aria-label={t('demonstration.title')}>
          <Icon name="info" /><p><strong>{t('demonstration.title')}</strong> {t('demonstration.text')}</p>
        </aside>
      )}
      <main id="main" className={css.main} tabIndex={-1}>{children}</main>
      <footer className={css.footer}>
        <section aria-label={t('legend.evidence')}><h2>{t('legend.evidence')}</h2><EvidenceLegend /></section>
        <section aria-label={t('legend.states')}><h2>{t('legend.states')}</h2><StateLegend /></section>
      </footer>
      <RowsDrawer />
    </div>
  )
}
