import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'

/** A place in the grid: row −1 is the head, column −1 what names the row. */
export interface Place { row: number; column: number }

/**
 * Keyboard of a grid with a roving tabindex: one place is reached by Tab, arrows move it, Home and End go to the ends of
 * a row (with Ctrl of the grid), Page keys by ten rows. `show` must bring a place into the DOM; places carry
 * `data-place="row:column"`. `head`: whether one goes up into the head.
 */
export function useGridKeys({ rows, columns, box, show, open, head = true }: {
  rows: number
  columns: number
  box: RefObject<HTMLDivElement | null>
  show: (place: Place) => void
  open: (place: Place) => void
  head?: boolean
}) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const wanted = useRef(false)
  const first = head ? -1 : 0
  const row = Math.min(active.row, rows - 1)
  const column = Math.min(active.column, columns - 1)

  useEffect(() => {
    if (!wanted.current) return
    let tries = 0
    let frame = 0
    const focus = () => {
      const cell = box.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)
      if (cell) {
        cell.focus({ preventScroll: true })
        // The grid shows it already; the page may not show that part of the grid.
        cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        wanted.current = false
      } else if (tries++ < 20) frame = requestAnimationFrame(focus)
    }
    focus()
    return () => cancelAnimationFrame(frame)
  }, [row, column, box])

  const onKeyDown = useCallback((event: KeyboardEvent) => {
    const all = event.ctrlKey || event.metaKey
    const next: Place | null =
      event.key === 'ArrowRight' ? { row, column: column + 1 }
      : event.key === 'ArrowLeft' ? { row, column: column - 1 }
      : event.key === 'ArrowDown' ? { row: row + 1, column }
      : event.key === 'ArrowUp' ? { row: row - 1, column }
      : event.key === 'Home' ? { row: all ? first : row, column: -1 }
      : event.key === 'End' ? { row: all ? rows - 1 : row, column: columns - 1 }
      : event.key === 'PageDown' ? { row: row + 10, column }
      : event.key === 'PageUp' ? { row: Math.max(0, row - 10), column }
      : null
    if (next) {
      event.preventDefault()
      const kept = { row: Math.max(first, Math.min(rows - 1, next.row)), column: Math.max(-1, Math.min(columns - 1, next.column)) }
      wanted.current = true
      setActive(kept)
      show(kept)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      open({ row, column })
    }
  }, [row, column, rows, columns, first, show, open])

  return { active: { row, column }, setActive, onKeyDown }
}
