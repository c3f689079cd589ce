import { useState } from 'react'

/** Copies a text for any other application. Where the browser has no clipboard to write to, as within applications, by the old way; where neither works that is said. */
export function useCopy(): { state: 'not_yet' | 'copied' | 'failed'; copy: (text: string) => void } {
  const [state, setState] = useState<'not_yet' | 'copied' | 'failed'>('not_yet')
  const copy = (text: string) => {
    const old = () => setState(copyBySelection(text) ? 'copied' : 'failed')
    if (navigator.clipboard === undefined) return old()
    navigator.clipboard.writeText(text).then(() => setState('copied'), old)
  }
  return { state, copy }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}
