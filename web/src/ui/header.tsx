import { can } from '@lastmile/shared/permission'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan, useConfirms } from '../lib/actor'
import { Icon } from './icons'
import { Identity } from './identity'
import { LanguageSwitch, LineState, SchemeSwitch } from './preferences'
import css from './shell.module.css'

const pages = [
  ['overview', '/$list'], ['matrix', '/$list/matrix'], ['gaps', '/$list/gaps'], ['standards', '/$list/standards'], ['contradictions', '/$list/contradictions'], ['duties', '/$list/duties'], ['cases', '/$list/cases'], ['companyRequests', '/$list/company-requests'], ['institutions', '/$list/institutions'], ['bulletins', '/$list/bulletins'], ['plans', '/$list/plans'], ['confirm', '/$list/confirm'], ['own', '/$list/my'], ['reports', '/$list/reports'], ['reporting', '/$list/reporting'], ['prices', '/$list/prices'],
] as const

/** Whoever is not signed in has no inbox, and needs not load the way to it. */
const Bell = lazy(() => import('./bell'))

/** The bar above every page: the product, who looks, language and colours, and the ways to the pages that are for him. `list`: the code of the list to whose pages they lead; `middle`: the switch to others. */
export function Header({ list, middle }: { list: string | undefined; middle?: ReactNode }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  const offices = useOffices()
  const hasInbox = can(useActor(), 'message.own') !== null
  // Who must set up his second factor first, and a server without a list, have nowhere else to go.
  const isAnywhere = list !== undefined || offices.length > 0
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    setOpen(false)
    opener.current?.focus()
  }
  const brand = (
    <>
      <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden="true"><path d="M4 23h9v-7h7V9h7" fill="none" stroke="currentColor" strokeWidth={3} /><circle cx={27} cy={9} r={3.4} fill="var(--focus-on-bar)" /></svg>
      <span><strong>{t('product')}</strong><small>{t('tagline')}</small></span>
    </>
  )
  return (
    <header className={css.header} onKeyDown={onKeyDown}>
      <div className={css.top}>
        {list === undefined ? <Link to="/" className={css.brand}>{brand}</Link> : <Link to="/$list" params={{ list }} className={css.brand}>{brand}</Link>}
        {middle}
        <div className={css.tools}>
          <LineState />
          <LanguageSwitch />
          <SchemeSwitch />
          {hasInbox && <Suspense fallback={<span style={{ width: 36 }} />}><Bell /></Suspense>}
          <div className={css.identity}><Identity /></div>
        </div>
        {isAnywhere && <button ref={opener} type="button" className={css.menu} aria-expanded={open} aria-controls="pages" onClick={() => setOpen(!open)}><Icon name={open ? 'close' : 'menu'} size={18} /><span>{t('nav.menu')}</span></button>}
      </div>
      {isAnywhere && (
        <nav id="pages" className={css.nav} data-open={open} aria-label={t('nav.label')}>
          {list !== undefined && <ListLinks list={list} onClick={close} />}
          {offices.map((one) => <Link key={one} to={`/${one}`} activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }} onClick={close}>{t(`nav.${one}`)}</Link>)}
        </nav>
      )}
    </header>
  )
}

/** The ways to the pages of a list. */
function ListLinks({ list, onClick }: { list: string; onClick: () => void }) {
  const { t } = useTranslation()
  const { institution } = useActor()
  const [sends, confirms] = [useCan('report.send'), useConfirms()]
  const may: Partial<Record<(typeof pages)[number][0], readonly unknown[]>> = {
    reports: [useCan('report.read'), useCan('source.read')], reporting: [useCan('source.read')], prices: [useCan('price.retail'), useCan('price.settlement')], contradictions: [useCan('contradiction.read')], duties: [useCan('duty.read')], cases: [useCan('case.read')], companyRequests: [useCan('company_request.read')],
    // An institution has a page of its own for it, and companies declare.
    confirm: [institution === null && confirms ? sends : null], own: [institution === null ? null : sends],
  }
  const offered = pages.filter(([name]) => may[name]?.some((one) => one !== null) ?? true)
  return offered.map(([name, to]) => (
    <Link key={name} to={to} params={{ list }} activeOptions={{ exact: name === 'overview', includeSearch: false }} activeProps={{ 'aria-current': 'page' }} onClick={onClick}>{t(`nav.${name}`)}</Link>
  ))
}

/** Which pages that stand in no list are for whoever looks. */
function useOffices(): readonly ('accounts' | 'keys' | 'feeds' | 'audit')[] {
  const may = { accounts: useCan('account.manage'), keys: useCan('key.manage'), feeds: useCan('feed.manage'), audit: useCan('audit.read') }
  return (['accounts', 'keys', 'feeds', 'audit'] as const).filter((one) => may[one] !== null)
}
