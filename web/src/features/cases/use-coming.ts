import type { Attachment } from '@lastmile/shared/attachment'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusedError } from '../../lib/problem'
import { sendAttachment, type Outside } from '../../lib/queries/cases'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'

/** How something came, and the files beside it, as it is typed. */
export interface CameDraft { channel: NonNullable<Outside['channel']>; on: string; files: readonly Attachment[] }

/** What of it is sent: by whom it is said himself, the files alone; of what goes out here, no file, since none is asked for. */
export function outsideOf({ channel, on, files }: CameDraft, isOutside: boolean): Outside {
  if (!isOutside) return { attachments: files.map(({ code }) => code) }
  return { channel, ...(on === '' ? {} : { on }), attachments: channel === 'system' ? [] : files.map(({ code }) => code) }
}

/**
 * How something comes, as it is typed, and the files that go with it: each is sent as it is chosen, one after the other, whatever
 * else is typed or chosen meanwhile. `sending`: the names of those under way. `waits`: a step
 * now would go without one of them.
 */
export function useComing(code: string, notice: string, first: Omit<CameDraft, 'files'>) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [came, setCame] = useState<CameDraft>({ ...first, files: [] })
  const [sending, setSending] = useState<readonly string[]>([])
  const waiting = useRef<File[]>([])
  const { run, error } = useDoing(async () => {
    const refused: { what: string; error: unknown }[] = []
    for (let file = waiting.current.shift(); file !== undefined; file = waiting.current.shift()) {
      const { name } = file
      try {
        const sent = await sendAttachment(list.code, code, notice, file)
        setCame((before) => ({ ...before, files: [...before.files, sent] }))
      } catch (failed) {
        refused.push({ what: t('cases.fileFailed', { name }), error: failed })
      }
      setSending((before) => before.slice(1))
    }
    if (refused.length > 0) throw new RefusedError(refused)
  })
  return {
    came, sending, error, waits: came.channel !== 'system' && sending.length > 0,
    change: (next: Partial<Omit<CameDraft, 'files'>>) => setCame((before) => ({ ...before, ...next })),
    remove: (file: Attachment) => setCame((before) => ({ ...before, files: before.files.filter(({ code: one }) => one !== file.code) })),
    attach: (files: readonly File[]) => {
      waiting.current.push(...files)
      setSending((before) => [...before, ...files.map(({ name }) => name)])
      void run()
    },
  }
}

export type Coming = ReturnType<typeof useComing>
