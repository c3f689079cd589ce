import { tellOfAccount } from '@lastmile/db/query/accounts'
import type { Services } from '../lib/services.js'

/**
 * An account, its sessions, or a key (by its code) was changed and committed, here or by another server: what is known of
 * sessions and keys counts no more, and its open windows end, to be opened anew as whoever it is now. Null: anybody may have been.
 */
export function accountChanged({ accounts, events }: Pick<Services, 'accounts' | 'events'>, account: string | null): void {
  accounts.forget()
  events.publish({ event: 'session', to: account })
}

/** The same, for who made the change: other servers of the database hear of it too. */
export async function tellAccountChanged(services: Pick<Services, 'db' | 'accounts' | 'events'>, account: string): Promise<void> {
  accountChanged(services, account)
  await tellOfAccount(services.db, account)
}
