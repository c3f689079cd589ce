import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './page-head.module.css'

/** Names the browser's tab: the page, then the product. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  const product = t('product')
  useEffect(() => {
    document.title = `${title} · ${product}`
    return () => { document.title = product }
  }, [title, product])
}

/** The name of a page whose content says it all: for the tab and for screen readers. */
export function PageTitle({ children }: { children: string }) {
  useTitle(children)
  return <h1 className="sr-only">{children}</h1>
}

/** The head of a page: the way up, its name, what it is in a sentence, tags beside the name. Names the browser's tab. */
export function PageHead({ trail, title, tags, lead, children }: { trail?: ReactNode; title: string; tags?: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  useTitle(title)
  return (
    <header className={css.head}>
      {trail !== undefined && <p className={css.trail}>{trail}</p>}
      <div className={css.name}><h1>{title}</h1>{tags}</div>
      {lead !== undefined && <div className={css.lead}>{lead}</div>}
      {children}
    </header>
  )
}

/** A short word beside a name: "rare disease", "made for the patient". */
export function Tag({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'alarm' | 'warn' | 'good' }) {
  return <span className={css.tag} data-tone={tone}>{children}</span>
}

/** Labelled facts, side by side where there is room. What is null is left out. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode] | null)[] }) {
  return (
    <dl className={css.facts}>
      {facts.filter((fact) => fact !== null).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}

/** Parts of a page one below another. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={css.stack}>{children}</div>
}

/** Parts of a page side by side where there is room. `wide`: the first takes more of it. */
export function Columns({ children, count = 2, wide = false }: { children: ReactNode; count?: 2 | 3; wide?: boolean }) {
  return <div className={css.columns} data-count={count} data-wide={wide}>{children}</div>
}
