import type { Logger } from 'pino'
import type { Database } from '@lastmile/db/database'
import type { AuditLog } from '../audit/audit-log.js'
import type { OpenDatabase } from '@lastmile/db/open'
import type { Clock } from './clock.js'
import type { Events } from './events.js'
import type { KeptFiles } from './kept-files.js'
import type { KnownLists } from './known-lists.js'
import type { Accounts } from '../accounts/accounts.js'
import type { Mailer } from '../digests/mailer.js'
import type { Storing } from '../reports/storing.js'

/** What verbs and routes work with. Made in one place, at start. */
export interface Services {
  db: Database
  home: 'embedded' | 'server'
  /** See {@link OpenDatabase}. Without it, whoever works here owns the tables. */
  asOwner?: OpenDatabase['asOwner']
  clock: Clock
  lists: KnownLists
  events: Events
  files: KeptFiles
  storing: Storing
  audit: AuditLog
  /** Whether who has not said who he is may look at what is public. */
  publicMayLook: boolean
  /** Whether `X-Forwarded-For` says where a request comes from. */
  trustProxy: boolean
  accounts: Accounts
  /** Sends mail; left out where no mail server is set. */
  mailer?: Mailer
  /** Where the secret of sessions and second factors lies, to go into copies; null where a setting says it. */
  secretFile: string | null
  log: Logger
  /** Secret of this data folder: who knows it runs on this machine and may send with a past acceptance instant. */
  commandToken: string
}
