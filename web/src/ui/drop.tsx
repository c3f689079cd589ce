import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import css from './drop.module.css'

/**
 * A button that opens a small panel below it. Escape, a press outside and leaving by Tab close it; Escape gives the
 * focus back. `children` gets the way to close it. The panel hangs from the right edge of the button.
 */
export function Drop({ button, label, className, panelLabel, children, width, leftOnPhone = false }: {
  button: ReactNode
  /** Name of the button where its content says none. */
  label?: string | undefined
  className?: string | undefined
  panelLabel: string
  children: (close: () => void) => ReactNode
  width?: number | undefined
  /** True where the button stands at the left edge of a phone. */
  leftOnPhone?: boolean | undefined
}) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }
  const onBlur = (event: FocusEvent) => {
    if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    <div ref={box} className={css.box} data-left={leftOnPhone} onKeyDown={onKeyDown} onBlur={onBlur}>
      <button ref={opener} type="button" className={className} aria-expanded={open} aria-controls={open ? panel : undefined} aria-label={label} title={label} onClick={() => setOpen(!open)}>{button}</button>
      {open && <div id={panel} className={css.panel} role="group" aria-label={panelLabel} style={{ width }}>{children(close)}</div>}
    </div>
  )
}
