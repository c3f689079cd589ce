import { randomBytes } from 'node:crypto'
import { chmod, link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEmbedded, openServer } from '@lastmile/db/open'
import { accountChanged } from './accounts/account-changed.js'
import { newAccounts, type AccountsOptions } from './accounts/accounts.js'
import { newAuditLog } from './audit/audit-log.js'
import { headFileName } from './audit/head-file.js'
import { newSmtpMailer } from './digests/smtp.js'
import type { Mailer } from './digests/mailer.js'
import { clockOf } from './lib/clock.js'
import { CannotStart } from './lib/cannot-start.js'
import { makeDataFolder } from './lib/data-folder.js'
import { newEvents } from './lib/events.js'
import { openKeptFiles } from './lib/kept-files.js'
import { newKnownLists } from './lib/known-lists.js'
import { anyListChanged, listChanged } from './lib/list-changed.js'
import { newLog } from './lib/log.js'
import type { Services } from './lib/services.js'
import { newStoring } from './reports/storing.js'
import type { Settings } from './settings.js'

/** Services of a process and how to end them. */
export interface Composed {
  services: Services
  close(): Promise<void>
}

/** The one place where the parts of a process are put together. */
export async function compose(settings: Settings): Promise<Composed> {
  const log = newLog(settings.LOG_LEVEL)
  await makeDataFolder(settings.DATA_DIR)
  const database = settings.DATABASE_URL
    ? await openServer(settings.DATABASE_URL, { ownerUrl: settings.DATABASE_OWNER_URL || undefined, questionTimeoutMs: settings.QUESTION_SECONDS * 1_000, onError: (err) => log.warn({ err }, 'a database connection was lost') })
    : await openEmbedded(join(settings.DATA_DIR, 'database'), {
      onLost: (err) => {
        log.error({ event: 'database.lost', err }, 'the embedded database ended; the process ends too, to be started again')
        process.exit(1)
      },
    })
  const clock = clockOf(settings.LASTMILE_CLOCK)
  const lists = newKnownLists(database.db, clock, false)
  const services: Services = {
    db: database.db, home: database.home, asOwner: database.asOwner, clock, lists, events: newEvents(), files: await openKeptFiles(settings.DATA_DIR),
    storing: newStoring(database), audit: newAuditLog({ db: database.db, clock, log, headFile: join(settings.DATA_DIR, headFileName) }), log, accounts: newAccounts(database.db, clock, log, await accountsOptions(settings)), trustProxy: settings.TRUST_PROXY === 'on', publicMayLook: settings.PUBLIC_MAY_LOOK === 'on', secretFile: settings.SESSION_SECRET === undefined ? join(settings.DATA_DIR, secretFileName) : null, commandToken: await commandTokenOf(settings.DATA_DIR),
  }
  const mailer = mailerOf(settings)
  if (mailer) services.mailer = mailer
  database.listen({
    listening: () => {
      lists.hears(true)
      accountChanged(services, null)
      anyListChanged(services).catch((err: unknown) => log.warn({ err }, 'the lists were not read'))
    },
    changed: (change) => {
      if (change === null) lists.forget()
      else if ('list' in change) return listChanged(services, change)
      else if ('addresses' in change) return services.events.publish({ event: 'message', to: change.addresses })
      accountChanged(services, change?.account ?? null)
    },
    lost: (err) => {
      lists.hears(false)
      log.warn({ err }, 'the line on which the database tells of changes was lost; it is being made again')
    },
  })
  return {
    services,
    close: async () => {
      services.mailer?.close()
      await services.storing.close()
      await services.audit.close()
      await database.close()
    },
  }
}

const secretFileName = 'session-secret'

async function accountsOptions(settings: Settings): Promise<AccountsOptions> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = settings
  if (issuer !== undefined && (clientId === undefined || clientSecret === undefined)) throw new CannotStart('The environment variable OIDC_ISSUER asks for OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.')
  return {
    secret: settings.SESSION_SECRET ?? await secretOf(settings.DATA_DIR, secretFileName), address: settings.PUBLIC_ADDRESS ?? `http://${settings.HOST}:${settings.PORT}`,
    idleMinutes: settings.SESSION_IDLE_MINUTES, sessionHours: settings.SESSION_HOURS, singleSignOn: issuer === undefined ? null : { name, issuer, clientId: clientId!, clientSecret: clientSecret! },
  }
}

/** @throws CannotStart where what mail needs is not said */
function mailerOf({ SMTP_URL: url, MAIL_FROM: from, PUBLIC_ADDRESS: address, MAIL_HOUR: hour }: Settings): Mailer | null {
  if (url === undefined) return null
  if (from === undefined || address === undefined) throw new CannotStart('The environment variable SMTP_URL asks for MAIL_FROM and PUBLIC_ADDRESS beside it: who mail is from, and where its links lead.')
  return newSmtpMailer({ url, from, address, hour })
}

/** The secret by which commands on this machine are known, readable by this user alone. */
export async function commandTokenOf(dataDir: string): Promise<string> {
  await makeDataFolder(dataDir)
  return secretOf(dataDir, 'command-token')
}

/** A secret of the data folder, made when it is first asked for; of two processes that make it at once both have that of the first. */
async function secretOf(dataDir: string, name: string): Promise<string> {
  const path = join(dataDir, name)
  const known = await readFile(path, 'utf8').catch(() => null)
  if (known !== null && known.length >= 32) return known
  const whole = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(whole, randomBytes(32).toString('hex'), { mode: 0o600 })
  // A link is made only where there is nothing yet, and never to half a secret; what is no secret is replaced, as where a disk knows no links.
  if (known !== null) await rm(path, { force: true })
  await link(whole, path).then(() => rm(whole), async (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? rm(whole) : rename(whole, path)))
  await chmod(path, 0o600)
  return readFile(path, 'utf8')
}
