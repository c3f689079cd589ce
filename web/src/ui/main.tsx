import { useEffect, useRef, type ReactNode } from 'react'
import css from './shell.module.css'

let isFirst = true

/** What a page holds, below what stands around it. Where the focus went with the page before, it has it: one reads on from its beginning. `narrow`: the page is read like a letter. */
export function Main({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    // A page that was just loaded begins where the browser begins.
    if (!isFirst && document.activeElement === document.body) box.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return <main ref={box} id="main" className={css.main} data-narrow={narrow} tabIndex={-1}>{children}</main>
}
