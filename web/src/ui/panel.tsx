import { useId, type ReactNode, type Ref } from 'react'
import css from './panel.module.css'

/** A part of a page that stands in no list: a heading, what it is, and its content. `id`: by which an address leads to it, and to its heading the focus. `place`: where the focus can be put when what had it is taken away. */
export function Panel({ id, title, lead, tools, place, children }: { id?: string; title: string; lead?: ReactNode; tools?: ReactNode; place?: Ref<HTMLHeadingElement>; children: ReactNode }) {
  const heading = useId()
  return (
    <section id={id} className={css.panel} aria-labelledby={heading}>
      <header className={css.head}><h2 id={heading} ref={place} tabIndex={place === undefined && id === undefined ? undefined : -1}>{title}</h2>{tools}</header>
      {lead !== undefined && <p className={css.lead}>{lead}</p>}
      {children}
    </section>
  )
}

/** The fields of a form one below another. `label` names the form; `narrow`: of few short fields. */
export function Form({ label, onSubmit, narrow = false, children }: { label: string; onSubmit: () => void; narrow?: boolean; children: ReactNode }) {
  return <form className={css.form} data-narrow={narrow} aria-label={label} onSubmit={(event) => { event.preventDefault(); onSubmit() }}>{children}</form>
}

/** The buttons at the end of a form. */
export function Buttons({ children }: { children: ReactNode }) {
  return <div className={css.buttons}>{children}</div>
}

/** Fields side by side where there is room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={css.fields}>{children}</div>
}
