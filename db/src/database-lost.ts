/**
 * What it is called when the database cannot be reached, or went away in the middle: by the system, and by PostgreSQL
 * (connection exceptions; ended by its administrator, by a crash, or just starting).
 */
const codes = new Set<unknown>(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', '08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03'])
/** What node-postgres says without a code, and what the embedded database's door says. */
const words = /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|The embedded database (?:ended|is closed))/

/** Whether an error says that the database does not answer; what was asked of it may or may not have been done. */
export function isDatabaseLost(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    // Another server that was asked over HTTP is not the database, nor is a sender who goes away in the middle.
    if ((one instanceof TypeError && one.message === 'fetch failed') || one.message === 'aborted') return false
    if (codes.has((one as { code?: unknown }).code) || words.test(one.message)) return true
  }
  return false
}
