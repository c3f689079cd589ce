import { randomBytes } from 'node:crypto'
import type { Database } from '@lastmile/db/database'
import type { AccountRow } from '@lastmile/db/query/accounts'
import { accountsToMail, claimDigest, endDigest, insertDigest, lastMessage, lockDigests, messagesToMail, postponeDigest, type DigestRow } from '@lastmile/db/query/digests'
import { usualMessageSettings } from '@lastmile/db/query/message-settings'
import { messagesOf } from '@lastmile/db/query/messages'
import { thePublic } from '@lastmile/shared/account'
import { dayIn, type Day, type Instant } from '@lastmile/shared/day'
import { messageReader, type MessageReader } from '@lastmile/shared/message'
import { paces } from '@lastmile/shared/subscription'
import type { Services } from '../lib/services.js'
import { MailRefused, type Mailer } from './mailer.js'
import { renderDigest } from './render-digest.js'

/** How often it is looked whether there is mail to send. */
const everyMs = 60_000
/** Whoever has taken a mail to send it has so long; then another server, or this one when it is back, sends it. */
const claimedMs = 10 * 60_000
/** A mail that the mail server does not take is tried again after a minute, two, four, … */
const pause = { firstMs: 60_000, longestMs: 6 * 3_600_000 }
/** For so long; its messages are in the inbox all the same. */
const triedForMs = 3 * 86_400_000
/** Mail is about messages of the last days: where a mail server is set for the first time, nobody is told of a whole year. */
const backMs = 14 * 86_400_000
/** As many messages a mail is of. */
const messagesAtMost = 500

/** Sends mail about new messages until it is stopped. Without a mail server it does nothing. */
export function startDigests(services: Services): () => Promise<void> {
  if (!services.mailer) return async () => {}
  let running: Promise<void> | null = null
  const looked = new Map<string, string>()
  const stopping = new AbortController()
  const send = () => {
    running ??= sendDigests(services, { looked, signal: stopping.signal }).then(() => {}, (err: unknown) => services.log.error({ event: 'mail', err }, 'mail was not sent')).finally(() => (running = null))
  }
  send()
  const timer = setInterval(send, everyMs).unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}

/**
 * Writes down the mails that are due, and sends those that wait. Of several servers each may do it: a mail is written once,
 * and taken by one of them at a time. One that was sent while its server was killed before it could say so is sent again, under the
 * same name. Answers how many the mail server has taken.
 * @param looked for whom it was looked when, and up to which message: nobody's are looked through again before there are others
 */
export async function sendDigests(services: Services, { looked = new Map(), signal }: { looked?: Map<string, string>; signal?: AbortSignal } = {}): Promise<number> {
  const { db, clock, mailer, log } = services
  if (!mailer) return 0
  await writeDigests(services, mailer, looked)
  let sent = 0
  for (;;) {
    const now = clock.now()
    const digest = signal?.aborted ? null : await claimDigest(db, now, later(now, claimedMs))
    if (!digest) break
    try {
      if (await sendDigest(services, mailer, digest)) sent += 1
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error
      const isOver = error.isForGood || Date.parse(now) - Date.parse(digest.madeAt) >= triedForMs
      log.warn({ event: 'mail', digest: digest.code, attempts: digest.attempts, why: error.message }, isOver ? 'a mail is given up; what it says is in the inbox' : 'a mail was not taken, and is tried again later')
      if (isOver) await endDigest(db, digest.id, 'failed', now)
      else await postponeDigest(db, digest.id, later(now, Math.min(pause.firstMs * 2 ** (digest.attempts - 1), pause.longestMs)))
    }
  }
  if (sent > 0) log.info({ event: 'mail', sent }, 'mail was sent')
  return sent
}

/** Writes down a mail for each account that wants one now and has messages of which it was not told. */
async function writeDigests({ db, clock, lists }: Services, mailer: Mailer, looked: Map<string, string>): Promise<void> {
  const now = clock.now()
  const zones = new Map((await lists.all()).map(({ code, timeZone }) => [code, timeZone]))
  const [usual, last] = [[...zones.values()][0], await lastMessage(db)]
  for (const { settings, ...account } of await accountsToMail(db, usualMessageSettings)) {
    const zone = (account.list === null ? undefined : zones.get(account.list)) ?? usual
    if (zone === undefined) continue
    // A message may have a pace of its own: whoever subscribes says how he hears of it.
    for (const pace of paces) {
      const key = pace === 'daily' ? dayOfMail(zone, now, mailer.hour) : now
      const look = `${settings.mail} ${pace === 'daily' ? key : ''} ${last}`
      if (key === null || looked.get(`${account.id} ${pace}`) === look) continue
      await db.transaction(async (transaction) => {
        const tx = transaction as Database
        // Of two servers that look at once, the second finds what the first has written.
        await lockDigests(tx, account.id)
        const usual = settings.mail === 'at_once' ? 'at_once' : 'daily'
        const messages = await messagesToMail(tx, readerOf(account), { pace, usual }, laterOf(account.createdAt, later(now, -backMs)), messagesAtMost)
        if (messages.length > 0) await insertDigest(tx, { code: randomBytes(8).toString('hex'), account: account.id, key: `${pace} ${key}`, messages, at: now })
        else looked.set(`${account.id} ${pace}`, look)
      })
    }
  }
}

/** Sends a mail about what of its messages its account may see and has open when it goes out. False where that is nothing, or nobody wants it any more. */
async function sendDigest({ db, clock }: Services, mailer: Mailer, digest: DigestRow): Promise<boolean> {
  const account = (await accountsToMail(db, usualMessageSettings)).find(({ id }) => id === digest.account)
  const page = { offset: 0, limit: messagesAtMost }
  const messages = account ? (await messagesOf(db, readerOf(account), { state: 'open', ids: digest.messages }, page)).messages : []
  if (!account || messages.length === 0) {
    await endDigest(db, digest.id, 'dropped', clock.now())
    return false
  }
  await mailer.send(renderDigest(messages, { address: mailer.address, language: account.settings.language, to: account.email, code: digest.code }))
  await endDigest(db, digest.id, 'sent', clock.now())
  return true
}

/** Who gets mail, as a reader of messages: by what he is now. */
function readerOf({ id, role, list, unit, city, company, insurer, institution }: AccountRow): MessageReader {
  return messageReader({ ...thePublic, kind: 'account', id, role, list, unit, city, company, insurer, institution })
}

/** The day whose mail is sent at an instant; null before its hour. */
function dayOfMail(timeZone: string, now: Instant, hour: number): Day | null {
  const at = Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date(now)))
  return at >= hour ? dayIn(timeZone, now) : null
}

function later(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString()
}

function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
