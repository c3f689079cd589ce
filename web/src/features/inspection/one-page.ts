import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Of how many pixels the text of a sheet is, the largest that fits; the smallest is still read on paper. */
const sizes = [12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9]
/** A sheet of A4 at 96 pixels an inch. */
const paper = { width: Math.floor((210 / 25.4) * 96), height: Math.ceil((297 / 25.4) * 96) }

/** Sets the text of a sheet as large as leaves it one page long. It is as wide on the screen as on paper, so what fits here fits there; a window that is narrower says nothing of it. */
export function useOnePage(): RefObject<HTMLElement | null> {
  const sheet = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = sheet.current
    if (!element) return
    let gone = false
    fit(element)
    // Letters that come later are of another width.
    void document.fonts.ready.then(() => { if (!gone) fit(element) })
    return () => { gone = true }
  })
  return sheet
}

function fit(element: HTMLElement): void {
  element.style.removeProperty('--sheet-size')
  if (element.offsetWidth < paper.width) return
  for (const size of sizes) {
    element.style.setProperty('--sheet-size', `${size}px`)
    if (element.offsetHeight <= paper.height) return
  }
}
