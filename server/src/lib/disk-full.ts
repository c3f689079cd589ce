import { Refusal } from './refusal.js'

/** What a full disk, or a used-up quota, is called by the system and by PostgreSQL. */
const codes = new Set<unknown>(['ENOSPC', 'EDQUOT', '53100'])

/** Whether an error comes from a disk on which there is no room. */
export function isDiskFull(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (codes.has((one as { code?: unknown }).code)) return true
  return false
}

/** What whoever asked is told of it. */
export function diskFull(): Refusal {
  return new Refusal(507, 'server.disk_full', 'The disk of this server is full: nothing was stored. Whoever runs it must make room; then send again.', {}, 'DISK_FULL')
}
