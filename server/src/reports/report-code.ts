import { randomBytes } from 'node:crypto'
import type { Submission } from './submission.js'

/**
 * A report's public code: sixteen hexadecimal digits of chance, which tell nothing of its file; of one that waited, and of a
 * kept one that is accepted again, those that it has.
 */
export function reportCodeOf({ held, code }: Pick<Submission, 'held' | 'code'>): string {
  return held?.code ?? code ?? randomBytes(8).toString('hex')
}
