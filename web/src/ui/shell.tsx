import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../lib/i18n'
import { useWorld } from '../lib/world'
import { EvidenceLegend } from './evidence-badge'
import { Header } from './header'
import { Icon } from './icons'
import { Main } from './main'
import { Notices } from './notices'
import css from './shell.module.css'
import { StateLegend } from './state-mark'

/** Comes after the page, which does not wait for it; and before anybody has clicked, so that it knows where the focus goes back to. */
const RowsDrawer = lazy(async () => ({ default: (await import('./rows-drawer')).RowsDrawer }))

/** What stands around every page of a list: its name and the switch to others, the way to the pages, language, colours, what the marks mean, and that the data are a demonstration. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { list, lists } = useWorld()
  const text = useText()
  const navigate = useNavigate()
  const choice = (
    <label className={css.list}>
      <span className="sr-only">{t('list')}</span>
      <select value={list.code} title={text(list.name)} onChange={(event) => void navigate({ to: '/$list', params: { list: event.target.value }, search: { evidence: undefined, asOf: undefined, knownOn: undefined, since: undefined } })}>
        {lists.map((one) => <option key={one.code} value={one.code}>{text(one.name)}</option>)}
      </select>
    </label>
  )
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">{t('skip')}</a>
      <Header list={list.code} middle={choice} />
      <Notices />
      {list.demonstration && (
        <aside className={css.demonstration} aria-label={t('demonstration.title')}>
          <Icon name="info" /><p><strong>{t('demonstration.title')}</strong> {t('demonstration.text')}</p>
        </aside>
      )}
      <Main>{children}</Main>
      <footer className={css.footer}>
        <section aria-label={t('legend.evidence')}><h2>{t('legend.evidence')}</h2><EvidenceLegend /></section>
        <section aria-label={t('legend.states')}><h2>{t('legend.states')}</h2><StateLegend /></section>
      </footer>
      <Suspense><RowsDrawer /></Suspense>
    </div>
  )
}
