import { can } from '@lastmile/shared/permission'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../lib/actor'
import { Icon } from './icons'
import { Identity } from './identity'
import { PageLinks } from './page-links'
import { LanguageSwitch, LineState, SchemeSwitch } from './preferences'
import css from './shell.module.css'

/** Whoever is not signed in has no inbox, and needs not load the way to it. */
const Bell = lazy(() => import('./bell'))

/** The bar above every page: the product, who looks, language and colours, and the ways to the pages that are for him. `list`: the code of the list to whose pages they lead; `middle`: the switch to others. */
export function Header({ list, middle }: { list: string | undefined; middle?: ReactNode }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  const isOffice = useIsOffice()
  const hasInbox = can(useActor(), 'message.own') !== null
  // Who must set up his second factor first, and a server without a list, have nowhere else to go.
  const isAnywhere = list !== undefined || isOffice
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
          <PageLinks list={list} onClick={close} />
        </nav>
      )}
    </header>
  )
}

/** Whether any page that stands in no list is for whoever looks. */
function useIsOffice(): boolean {
  return [useCan('account.manage'), useCan('key.manage'), useCan('feed.manage'), useCan('audit.read')].some((one) => one !== null)
}
