import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './field'
import css from './secret.module.css'

/** Something that is shown this once, with the ways to take it along. `shown`: as it is read, where that differs from what is copied. */
export function Secret({ label, value, shown, file, takesFocus = false, children }: {
  label: string
  value: string
  shown?: ReactNode
  /** Name of the text file it can be saved as. */
  file?: { name: string; save: (name: string, content: Blob) => void } | undefined
  /** True where it comes on the screen because of what was just done. */
  takesFocus?: boolean
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  useEffect(() => { if (takesFocus) box.current?.focus() }, [takesFocus])
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <div className={css.secret} role="group" aria-label={label}>
      <p className={css.label}>{label}</p>
      {/* A selection of it is what is left where the browser does not let pages copy. */}
      <code ref={box} className={css.value} tabIndex={0}>{shown ?? value}</code>
      <div className={css.buttons}>
        <Button onClick={() => void copy(value, box.current).then(setCopied)}>{t('account.copy')}</Button>
        {file && <Button onClick={() => file.save(file.name, new Blob([`${value}\r\n`], { type: 'text/plain;charset=utf-8' }))}>{t('account.save')}</Button>}
        <span role="status" className="quiet">{copied === null ? '' : t(copied ? 'account.copied' : 'account.notCopied')}</span>
      </div>
      {children}
    </div>
  )
}

/** Copies a text; where pages may not (plain HTTP from another machine), selects it instead and answers false. */
async function copy(text: string, box: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (box) getSelection()?.selectAllChildren(box)
    return false
  }
}
