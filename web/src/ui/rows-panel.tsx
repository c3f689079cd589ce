import { Drawer } from '@mantine/core'
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../lib/use-opening'
import css from './rows-panel.module.css'

/** A panel at the right in which rows are read, open while the address asks for them. `without`: what leaves the address when it is closed. */
export function RowsPanel({ isOpen, title, without, children }: { isOpen: boolean; title: string; without: Readonly<Record<string, undefined>>; children: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { history } = useRouter()
  // It is loaded late, maybe by the press that opens it: born open it would not know to whom the focus goes back.
  const [isBorn, setIsBorn] = useState(false)
  useEffect(() => setIsBorn(true), [])
  const opened = useLocation({ select: ({ state }) => state.rowsOpened === true })
  // Closing is the way back from opening; who came by an address with rows in it has no way back.
  const close = () => (opened ? history.back() : void navigate({ to: '.', search: (previous) => ({ ...previous, ...without }), replace: true, resetScroll: false }))
  // Where what opened it is not known (the page was loaded anew, or one came back to it), nothing took the focus from the panel: one reads on at the page's beginning.
  const onClosed = () => { if (isFocusLost() || document.activeElement?.closest('[role="dialog"]')) document.getElementById('main')?.focus({ preventScroll: true }) }
  return (
    <Drawer.Root opened={isBorn && isOpen} onClose={close} onExitTransitionEnd={onClosed} position="right" size="min(1080px, 100vw)" classNames={{ content: css.content ?? '', inner: css.unprinted ?? '', overlay: css.unprinted ?? '' }}>
      <Drawer.Overlay backgroundOpacity={0.45} />
      <Drawer.Content>
        <div className={css.head}>
          <Drawer.Title className={css.title ?? ''} tabIndex={-1} data-rows-title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('rows.close')} size={36} />
        </div>
        <Drawer.Body className={css.body ?? ''}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

/** Puts the focus at the head of the open panel, for who pressed what is gone with the rows that it stood among. */
export function focusRows(): void {
  document.querySelector<HTMLElement>('[data-rows-title]')?.focus()
}

/** What is asked for, above the rows: each thing that the question names. */
export function RowsAsked({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return <p className={css.asked}><span className="sr-only">{t('rows.filters')}: </span>{children}</p>
}

/** How many rows there are, and the ways to take them along. */
export function RowsCount({ children, downloads }: { children: ReactNode; downloads: ReactNode }) {
  return <p className={css.count}><span>{children}</span><span className={css.downloads}>{downloads}</span></p>
}
