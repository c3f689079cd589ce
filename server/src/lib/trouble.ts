import { isDatabaseLost } from '@lastmile/db/database-lost'
import { isDiskFull } from '@lastmile/db/disk-full'
import { Refusal } from './refusal.js'
import type { Services } from './services.js'

/**
 * What is told to whoever asked for what the server's disk or database does not allow now; null for any other error. It
 * may have come after a report was stored and before that could be noted or told, so nothing is said of that.
 */
export function troubleOf(error: unknown, { log }: Pick<Services, 'log'>, requestId: string): Refusal | null {
  if (isDiskFull(error)) {
    log.error({ event: 'disk.full', err: error, requestId }, 'the disk is full')
    return new Refusal(507, 'server.disk_full', `The disk of this server is full. Whoever runs it must make room; then try again: ${storedAllTheSame}.`, {}, 'DISK_FULL')
  }
  if (isDatabaseLost(error)) {
    log.error({ event: 'database.lost', err: error, requestId }, 'the database does not answer')
    return new Refusal(503, 'server.database_lost', `The database of this server does not answer. Try again in a moment: ${storedAllTheSame}.`, {}, 'DATABASE_LOST')
  }
  return null
}

const storedAllTheSame = 'a report that was stored all the same is answered as one that was sent before'
