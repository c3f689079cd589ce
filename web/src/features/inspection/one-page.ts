import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Of how many pixels the text of a sheet is, the largest that fits; the smallest is still read on paper. */
const sizes = [12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9]
/** Of a sheet of A4 at 96 pixels an inch. */
const height = Math.ceil((297 / 25.4) * 96)

/** Sets the text of a sheet as large as leaves it one printed page long, whatever it looks like on the screen: it is measured as it is on paper. */
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
  element.toggleAttribute('data-paper', true)
  for (const size of sizes) {
    element.style.setProperty('--sheet-size', `${size}px`)
    if (element.offsetHeight <= height) break
  }
  element.toggleAttribute('data-paper', false)
}
