import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusedError } from '../lib/problem'
import { useProblemWords } from '../lib/problem-words'
import { Icon } from './icons'
import css from './message.module.css'

/** What went wrong with a form, in a sentence, or a sentence for each that was refused, where the eyes and the focus go next. Nothing where nothing did. */
export function FormProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const box = useRef<HTMLDivElement>(null)
  const said = error === null ? [] : error instanceof RefusedError ? error.refused.map((one) => t('account.problems.each', { what: one.what, why: words(one.error) })) : [words(error)]
  const all = said.join('\n')
  // By what it says: the same error made anew, when something else on the page is drawn, does not take the focus away again.
  useEffect(() => { if (all !== '') box.current?.focus() }, [all])
  if (said.length === 0) return null
  return <div ref={box} tabIndex={-1} className={css.wrong} role="alert"><Icon name="warning" size={18} />{said.length === 1 ? <p>{said[0]}</p> : <ul>{said.map((one) => <li key={one}>{one}</li>)}</ul>}</div>
}

/** What was done, in a sentence, which has the focus next as what went wrong would. `takesFocus`: false where it is no news, or a field comes next. */
export function Done({ children, takesFocus = true }: { children: string; takesFocus?: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (takesFocus) box.current?.focus() }, [takesFocus])
  return <div ref={box} tabIndex={-1} className={css.done} role="status"><p>{children}</p></div>
}
