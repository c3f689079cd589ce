import { useEffect, useRef } from 'react'
import { useProblemWords } from '../lib/problem-words'
import { Icon } from './icons'
import css from './message.module.css'

/** What went wrong with a form, in a sentence, where the eyes and the focus go next. Nothing where nothing did. */
export function FormProblem({ error }: { error: unknown }) {
  const words = useProblemWords()
  const box = useRef<HTMLDivElement>(null)
  const said = error === null ? null : words(error)
  // By what it says: the same error made anew, when something else on the page is drawn, does not take the focus away again.
  useEffect(() => { if (said !== null) box.current?.focus() }, [said])
  if (said === null) return null
  return <div ref={box} tabIndex={-1} className={css.wrong} role="alert"><Icon name="warning" size={18} /><p>{said}</p></div>
}

/** What was done, in a sentence, which has the focus next as what went wrong would. `takesFocus`: false where it is no news, or a field comes next. */
export function Done({ children, takesFocus = true }: { children: string; takesFocus?: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (takesFocus) box.current?.focus() }, [takesFocus])
  return <div ref={box} tabIndex={-1} className={css.done} role="status"><p>{children}</p></div>
}
