import { sendAttachment, type Outside } from '../../lib/queries/cases'
import { useFiles, type Files } from '../../lib/use-files'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'

/** By which way and on which day something came, as it is typed. */
export interface CameDraft { channel: NonNullable<Outside['channel']>; on: string }

/** What of it is sent: by whom it is said himself, the files alone; of what goes out here, no file, since none is asked for. */
export function outsideOf({ came: { channel, on }, files: { files } }: { came: CameDraft; files: Files }, isOutside: boolean): Outside {
  const attachments = files.map(({ code }) => code)
  return isOutside ? { channel, ...(on === '' ? {} : { on }), attachments: channel === 'system' ? [] : attachments } : { attachments }
}

/** How something comes, as it is typed, and the files that go with it. `waits`: a step now would go without one of them. */
export function useComing(code: string, notice: string, first: CameDraft, keptAs: string | null = null) {
  const { list } = useWorld()
  const [came, setCame] = useKept(keptAs === null ? null : `${keptAs} came`, first)
  const files = useFiles((file) => sendAttachment(list.code, code, notice, file), keptAs === null ? null : `${keptAs} files`)
  return { came, files, waits: came.channel !== 'system' && files.sending.length > 0, change: (next: Partial<CameDraft>) => setCame((before) => ({ ...before, ...next })) }
}

export type Coming = ReturnType<typeof useComing>
