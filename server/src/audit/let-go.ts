import { letAuditGo } from '@lastmile/db/audit/retention'
import type { Services } from '../lib/services.js'
import { byItself } from './event-of.js'

const dayMs = 86_400_000

/** Lets go of entries that are older than so many days, now and once a day; 0 keeps them for ever. Answers how to end it. */
export async function letGoDaily(services: Pick<Services, 'db' | 'clock' | 'log' | 'audit'>, days: number): Promise<() => void> {
  if (days === 0) return () => {}
  const letGo = () => letGoOnce(services, days).catch((err: unknown) => services.log.error({ event: 'audit.retention', err }, 'entries of the audit were not let go'))
  await letGo()
  const timer = setInterval(() => void letGo(), dayMs).unref()
  return () => clearInterval(timer)
}

async function letGoOnce({ db, clock, log, audit }: Pick<Services, 'db' | 'clock' | 'log' | 'audit'>, days: number): Promise<void> {
  const entries = await letAuditGo(db, clock.now(), new Date(clock.ms() - days * dayMs).toISOString(), byItself)
  if (entries === 0) return
  audit.appended()
  log.info({ event: 'audit.retention', entries }, 'entries of the audit were let go after their time')
}
