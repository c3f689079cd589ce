import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { invalidate } from '../../lib/live'
import { newName } from '../../lib/new-name'
import { sendEntries, type Letter } from '../../lib/queries/entries'
import type { Sent } from '../../lib/queries/send'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'

/** What became of a form: what was sent, and what the server said. */
export interface Stated {
  letter: Letter
  result: Sent
}

/** Sends what is stated on screen, once at a time, and keeps what became of it. What is sent again after the line failed is taken once. */
export function useStating(done?: (letter: Letter) => void): { stated: Stated | null; busy: boolean; error: unknown; send: (letter: Letter, corrects?: number) => Promise<void>; reset: () => void } {
  const client = useQueryClient()
  const { list } = useWorld()
  const [stated, setStated] = useState<Stated | null>(null)
  const key = useRef({ of: '', name: '' })
  const doing = useDoing(async (letter: Letter, corrects?: number) => {
    setStated(null)
    const text = JSON.stringify(letter)
    if (key.current.of !== text) key.current = { of: text, name: newName() }
    const result = await sendEntries(list.code, letter, { key: key.current.name, corrects })
    setStated({ letter, result })
    const taken = !letter.dryRun && result.kind === 'receipt' && result.receipt.id !== null && result.receipt.outcome !== 'row_errors'
    if (taken) {
      // Whoever says the same later says it anew.
      key.current = { of: '', name: '' }
      done?.(letter)
    }
    // What changed meanwhile is shown anew; the server tells all windows, and this one does not wait for it.
    if (taken || result.kind === 'conflict') await invalidate(client, 'report', list.code)
  })
  const { clear } = doing
  return { stated, busy: doing.busy, error: doing.error, send: doing.run, reset: useCallback(() => { setStated(null); clear() }, [clear]) }
}
