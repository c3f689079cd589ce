import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@lastmile/db/database'
import { awaitCode, hasAccounts } from '@lastmile/db/query/accounts'
import { fingerprint } from './accounts.js'

/** Letters and digits that are not taken for each other. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A code that a person can type: 25 letters, 122 bits of chance. */
function newCode(): string {
  const drawn = Array.from({ length: 25 }, () => {
    for (;;) {
      const byte = randomBytes(1)[0]!
      // Those beyond the last whole round would come more often.
      if (byte < 240) return letters[byte % 30]!
    }
  }).join('')
  return drawn.match(/.{5}/g)!.join('-')
}

/** The name under which a typed code is waited for, however it was typed. */
export function codeIdentifier(purpose: 'invitation' | 'set_up', code: string): string {
  return `${purpose}:${fingerprint(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))}`
}

const day = 86_400_000
const invitationDays = 7

/** A code with which an account's owner sets a password, once, within a week. An earlier one holds no more. */
export async function newInvitation(db: Database, account: string): Promise<{ code: string; expiresAt: string }> {
  const code = newCode()
  const expiresAt = new Date(Date.now() + invitationDays * day)
  await awaitCode(db, { id: randomUUID(), identifier: codeIdentifier('invitation', code), value: account, expiresAt })
  return { code, expiresAt: expiresAt.toISOString() }
}

/** True until there is a first account. */
export async function needsSetUp(db: Database): Promise<boolean> {
  return !(await hasAccounts(db))
}

/** A code with which the first administrator makes his account; null where there are accounts. Whoever starts the server sees it, and nobody else. */
export async function newSetUpCode(db: Database): Promise<string | null> {
  if (!(await needsSetUp(db))) return null
  const code = newCode()
  await awaitCode(db, { id: randomUUID(), identifier: codeIdentifier('set_up', code), value: 'set_up', expiresAt: new Date(Date.now() + invitationDays * day) })
  return code
}
