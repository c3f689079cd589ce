import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'

/**
 * One stop for Tab among all links and buttons in the body of a table, arrow keys from one to the next: a page of fifty
 * rows with seven links each is not three hundred stops. Home and End lead to the ends of a row. Where `on` is false
 * every link stays a stop of its own.
 */
export function useRovingLinks(box: RefObject<HTMLElement | null>, on: boolean): { onKeyDown: (event: KeyboardEvent) => void; onFocus: (event: { target: EventTarget }) => void } {
  const current = useRef<Element | null>(null)
  const mark = () => {
    const all = linksIn(box.current)
    const stop = current.current && all.includes(current.current as HTMLElement) ? current.current : all[0]
    for (const link of all) link.tabIndex = link === stop ? 0 : -1
  }
  // After every drawing: rows come and go.
  useEffect(() => {
    if (on) mark()
  })
  return {
    onFocus: ({ target }) => {
      if (!on || !(target instanceof HTMLElement) || !linksIn(box.current).includes(target)) return
      current.current = target
      mark()
    },
    onKeyDown: (event) => {
      if (!on || !(event.target instanceof HTMLElement)) return
      const next = nextLink(box.current, event.target, event.key)
      if (!next) return
      event.preventDefault()
      next.focus()
    },
  }
}

function linksIn(box: Element | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('tbody a, tbody button') ?? [])]
}

function nextLink(box: Element | null, from: HTMLElement, key: string): HTMLElement | null {
  const row = from.closest('tr')
  const all = linksIn(box)
  if (!row || !all.includes(from)) return null
  const own = linksOf(row)
  if (key === 'Home') return own[0] ?? null
  if (key === 'End') return own.at(-1) ?? null
  if (key === 'ArrowRight' || key === 'ArrowLeft') return all[all.indexOf(from) + (key === 'ArrowRight' ? 1 : -1)] ?? null
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  const beside = linksOf(key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling)
  return beside[Math.min(own.indexOf(from), beside.length - 1)] ?? null
}

function linksOf(row: Element | null): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>('a, button') ?? [])]
}
