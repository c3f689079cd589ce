/** What a full disk, or a used-up quota, is called by the system and by PostgreSQL. */
const codes = new Set<unknown>(['ENOSPC', 'EDQUOT', '53100'])

/** Whether an error comes from a disk on which there is no room. */
export function isDiskFull(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (codes.has((one as { code?: unknown }).code)) return true
  return false
}
