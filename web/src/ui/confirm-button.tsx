import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOpening } from '../lib/use-opening'
import css from './confirm-button.module.css'
import { Button } from './field'

/** A button for what cannot be taken back: it asks once more, in words, before it does it, and has the focus back then. */
export function ConfirmButton({ children, question, confirm, onConfirm, disabled = false }: { children: ReactNode; question: string; confirm: string; onConfirm: () => void; disabled?: boolean }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { opener, part } = useOpening(asking ? question : null)
  if (!asking) return <Button ref={opener} onClick={() => setAsking(true)} disabled={disabled}>{children}</Button>
  return (
    <div ref={part} tabIndex={-1} className={css.asks} role="group" aria-label={question} onKeyDown={(event) => { if (event.key === 'Escape') setAsking(false) }}>
      <p>{question}</p>
      <div className={css.buttons}>
        <Button primary onClick={() => { setAsking(false); onConfirm() }}>{confirm}</Button>
        <Button onClick={() => setAsking(false)}>{t('account.cancel')}</Button>
      </div>
    </div>
  )
}
