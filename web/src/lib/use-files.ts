import type { Attachment } from '@lastmile/shared/attachment'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusedError } from './problem'
import { useDoing } from './use-doing'
import { useKept } from './use-kept'

/**
 * Files that go with a step: each is sent as it is chosen, one after the other, whatever else is typed or chosen meanwhile.
 * `sending`: the names of those under way; a step that is taken now goes without them. `keptAs`: those that
 * are there are kept with what is typed ({@link useKept}).
 */
export function useFiles(send: (file: File) => Promise<Attachment>, keptAs: string | null = null) {
  const { t } = useTranslation()
  const [files, setFiles] = useKept<readonly Attachment[]>(keptAs, [])
  const [sending, setSending] = useState<readonly string[]>([])
  const waiting = useRef<File[]>([])
  const { run, error } = useDoing(async () => {
    const refused: { what: string; error: unknown }[] = []
    for (let file = waiting.current.shift(); file !== undefined; file = waiting.current.shift()) {
      const { name } = file
      try {
        const sent = await send(file)
        setFiles((before) => [...before, sent])
      } catch (failed) {
        refused.push({ what: t('cases.fileFailed', { name }), error: failed })
      }
      setSending((before) => before.slice(1))
    }
    if (refused.length > 0) throw new RefusedError(refused)
  })
  return {
    files, sending, error,
    remove: (file: Attachment) => setFiles((before) => before.filter(({ code }) => code !== file.code)),
    attach: (chosen: readonly File[]) => {
      waiting.current.push(...chosen)
      setSending((before) => [...before, ...chosen.map(({ name }) => name)])
      void run()
    },
  }
}

export type Files = ReturnType<typeof useFiles>
