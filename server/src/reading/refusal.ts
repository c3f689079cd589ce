import type { FileReason } from '@lastmile/shared/reading'

/**
 * A reason about the file as a whole. Thrown anywhere while reading and turned into
 * `outcome: 'rejected'` by readReport, so no caller of the reader ever sees it.
 */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  constructor(readonly reason: FileReason, readonly detail: string) {
    super(`${reason}: ${detail}`)
  }
}

/** Refuse the file. `detail` is one sentence for the sender; it never quotes a cell. */
export function refuse(reason: FileReason, detail: string): never {
  throw new FileRefused(reason, detail)
}
