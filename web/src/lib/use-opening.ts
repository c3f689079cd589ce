import { useEffect, useRef, type RefObject } from 'react'

/** Whether nothing on the page has the focus, as when what had it was taken away. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/**
 * A part that opens beside its button or in the place of it: once it opens, or another is opened instead, the focus goes to `part`; once it
 * is closed, back to what opened it (`opener`, where that was taken away meanwhile), unless something took it that is read next.
 * `open` names what is open. What stands open from the start takes no focus.
 */
export function useOpening<Part extends HTMLElement = HTMLDivElement>(open: string | null): { opener: RefObject<HTMLButtonElement | null>; part: RefObject<Part | null> } {
  const opener = useRef<HTMLButtonElement>(null)
  const part = useRef<Part>(null)
  const shown = useRef(open)
  const pressed = useRef<Element | null>(null)
  useEffect(() => {
    if (open === shown.current) return
    shown.current = open
    if (open !== null) {
      pressed.current = isFocusLost() ? null : document.activeElement
      part.current?.focus()
    } else if (isFocusLost()) {
      const back = pressed.current?.isConnected ? pressed.current : opener.current
      if (back instanceof HTMLElement) back.focus()
    }
  }, [open])
  return { opener, part }
}
