import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { invalidate } from '../../lib/live'
import { newName } from '../../lib/new-name'
import { sendFile, type Sent } from '../../lib/queries/send'
import { useWorld } from '../../lib/world'

/** What a person fills in to send a report. */
export interface Letter {
  file: File
  source: string
  /** Either a month or a day. */
  period: string | null
  asOf: string | null
  mode: 'changes' | 'snapshot' | null
  /** Not before this instant; null: at once. */
  publishAt: string | null
  scope: { drugs: string[] | null; regions: string[] | null; kinds: string[] | null } | null
}

/** How far a sending has come. */
export type Sending =
  | { at: 'idle' }
  | { at: 'sending'; upload: string; sent: number; dryRun: boolean; letter: Letter }
  | { at: 'answered'; result: Sent; dryRun: boolean; letter: Letter }
  | { at: 'failed'; error: unknown; letter: Letter }

/** Sends a letter and keeps what became of it. `ifMatch` is the version that it corrects. */
export function useSending(): { sending: Sending; send: (letter: Letter, options?: { dryRun?: boolean; ifMatch?: number }) => Promise<void>; reset: () => void } {
  const client = useQueryClient()
  const { list } = useWorld()
  const [sending, setSending] = useState<Sending>({ at: 'idle' })
  const send = useCallback(async (letter: Letter, { dryRun = false, ifMatch }: { dryRun?: boolean; ifMatch?: number } = {}) => {
    const upload = newName()
    setSending({ at: 'sending', upload, sent: 0, dryRun, letter })
    try {
      const result = await sendFile(list.code, formOf(letter, dryRun), { upload, ifMatch, onBytes: (sent) => setSending((now) => (now.at === 'sending' && now.upload === upload ? { ...now, sent } : now)) })
      setSending({ at: 'answered', result, dryRun, letter })
      // The server tells all windows; this one does not wait for it.
      if (!dryRun && result.kind === 'receipt' && result.receipt.id !== null) await invalidate(client, 'report', list.code)
    } catch (error) {
      setSending({ at: 'failed', error, letter })
    }
  }, [client, list.code])
  return { sending, send, reset: useCallback(() => setSending({ at: 'idle' }), []) }
}

function formOf({ file, source, period, asOf, mode, scope, publishAt }: Letter, dryRun: boolean): FormData {
  const form = new FormData()
  form.set('file', file, file.name)
  form.set('source', source)
  if (period !== null) form.set('period', period)
  else if (asOf !== null) form.set('asOf', asOf)
  if (mode !== null) form.set('mode', mode)
  if (scope !== null) form.set('scope', JSON.stringify(scope))
  if (publishAt !== null) form.set('publishAt', publishAt)
  if (dryRun) form.set('dryRun', 'true')
  return form
}
