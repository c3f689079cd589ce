import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import type { Services } from '../lib/services.js'
import { actionOf, mayAsk } from './actor.js'
import { isOf, keyOf, newHeldAnswers, type Form, type HeldAnswers, type ReadyAnswer } from './held-answers.js'
import { routeOf } from './route-of.js'
import { headersOfAll } from './security.js'
import { keyOfActor } from './who-asks.js'

const compress = promisify(brotliCompress)

/** Finished answers of lists. Made once, for the routes that fill them and the listener that sends them. */
export interface ReadyAnswers {
  held: HeldAnswers
  lists: Services['lists']
  /** Whether who has not said who he is may look. */
  publicMayLook: boolean
  /** Parts the answers of one release and start from those of another. */
  build: string
}

export function newReadyAnswers(services: Pick<Services, 'lists' | 'publicMayLook'>, build: string): ReadyAnswers {
  return { held: newHeldAnswers(), lists: services.lists, publicMayLook: services.publicMayLook, build }
}

/**
 * Keeps finished answers of a list for as long as its data stays the same, ready to send. The ETag is the version of what
 * anybody may see of the list and its today (time passes without a report), and the question: only who was answered can
 * name it, so an unchanged answer costs a 304 before the question is looked at, and a wrong question is refused whatever it names.
 * It is weak, since an answer has the same one plain and packed.
 *
 * An answer is never sent under a version whose data it does not hold. The version is read before the answer is computed
 * and once more, from the database, after: versions only grow, and data changes in the transaction that raises them, so
 * where both are the same every query between saw just that version. Where a change was committed between the two, the
 * answer goes out once, without an ETag, and is not kept. What is asked of reports is kept for nobody.
 */
export function readyAnswers(services: Services, ready: ReadyAnswers): MiddlewareHandler {
  const { held, lists } = ready
  /** Questions that are being answered: who asks the same meanwhile (all windows do, when a report arrives) waits for that answer. */
  const making = new Map<string, Promise<void>>()
  return async (c, next) => {
    const { method, path } = c.req
    if ((method !== 'GET' && method !== 'HEAD') || path.endsWith('/file') || !mayAsk(c)) return next()
    const [, , , listPart = '', noun] = path.split('/')
    // Every look at a price is noted, and a 304 would be one of which the routes know nothing.
    if (noun === 'prices') return next()
    const code = decodeURIComponent(listPart)
    const list = await lists.find(code)
    if (!list) return next()
    // Drafts, embargoes and approvals move reports without anybody being to know of them: what is asked of reports is named by itself.
    // Nor is anybody to know that a source was asked to confirm, or that a duty was answered, or of a supervision case or a company's request, or that a bulletin is kept; and lines of it are shown when their time comes. A sheet for inspections holds some of both, and so does a scorecard.
    if (['report.read', 'contradiction.read', 'duty.read', 'case.read', 'company_request.read', 'scorecard.read', 'progress.read', 'candidacy.read', 'demand.read', 'bulletin.read', 'bulletin.keep', 'bulletin.comment'].includes(actionOf(c) ?? '') || noun === 'reporting' || noun === 'inspection') return namedByItself(c, next)
    const key = keyOf(keyOfActor(c.get('actor')), pathAndQuery(c.req.url))
    const etag = etagOf(ready.build, list, key)
    const ifNoneMatch = c.req.header('if-none-match')
    // `*` is whatever there is: whether there is anything, the route says.
    if (ifNoneMatch?.trim() !== '*' && isUnchanged(ifNoneMatch, etag)) return respond(304, unchangedHead(etag), null)
    const found = () => {
      const answer = held.find(key)
      return answer && isOf(answer, list) ? answer : undefined
    }
    let answer = found()
    if (!answer && making.has(key)) {
      await making.get(key)
      answer = found()
    }
    if (answer) return send(c, answer)
    let made = () => {}
    const own = new Promise<void>((resolve) => (made = resolve))
    making.set(key, own)
    try {
      await next()
      if (c.res.status !== 200 || c.res.headers.get('Cache-Control') === 'no-store') return
      const same = (await publicVersionNow(services.db, list.id)) === list.publicVersion && (await lists.find(code))?.today === list.today
      if (!same) return
      answer = await finished(c, { id: list.id, code: list.code, today: list.today, publicVersion: list.publicVersion }, etag)
      held.hold(key, answer)
      // Set in two steps: Hono would carry the headers of the first answer over to the second.
      c.res = undefined
      c.res = send(c, answer)
    } finally {
      if (making.get(key) === own) making.delete(key)
      made()
    }
  }
}

/** Answers, and names the answer by its own bytes. It is held for nobody. */
async function namedByItself(c: Context, next: Next): Promise<void> {
  await next()
  if (c.res.status !== 200) return
  const { headers } = c.res
  const body = new Uint8Array(await c.res.arrayBuffer())
  const head = unchangedHead(`W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`)
  const same = isUnchanged(c.req.header('if-none-match'), head[1]!)
  const kept = ['Content-Type', 'Content-Disposition'].flatMap((name) => (headers.has(name) ? [name, headers.get(name)!] : []))
  c.res = undefined
  c.res = same ? respond(304, head, null) : respond(200, [...head, ...kept], body)
}

/** Names what an answer was made of, and to which question of whom. */
function etagOf(build: string, list: ListRow, key: string): string {
  return `W/"${build}-${list.id}-${list.publicVersion}-${list.today}-${createHash('sha256').update(key).digest('base64url').slice(0, 12)}"`
}

/** Whether `If-None-Match` names the ETag of what there is, or says that anything will do. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch === etag || ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one.trim()) === opaque(etag))
}

/** An ETag without the sign that it is weak: who asks whether something changed need not tell them apart. */
function opaque(etag: string): string {
  return etag.replace(/^W\//, '')
}

/** The form of an answer for an `Accept-Encoding`: packed, where packing pays and the asker takes it. */
export function formFor(answer: ReadyAnswer, acceptEncoding: string | undefined): Form {
  return answer.brotli !== null && acceptEncoding !== undefined && takesBrotli.test(acceptEncoding) ? answer.brotli : answer.plain
}

/** `br`, unless it is said to be worth nothing. */
const takesBrotli = /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/

/** Takes what a route has answered and makes it ready to send. */
async function finished(c: Context, list: ReadyAnswer['list'], etag: string): Promise<ReadyAnswer> {
  const body = new Uint8Array(await c.res.arrayBuffer())
  const type = c.res.headers.get('Content-Type') ?? 'application/json'
  const disposition = c.res.headers.get('Content-Disposition')
  const packable = body.byteLength > 1_024 && !type.includes('spreadsheet')
  const packed = packable ? new Uint8Array(await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })) : null
  const form = (bytes: Uint8Array<ArrayBuffer>, encoding: string | null): Form => ({
    head: [
      ...unchangedHead(etag), ...Object.entries(headersOfAll).flat(), 'Content-Type', type, 'Content-Length', String(bytes.byteLength),
      ...(disposition === null ? [] : ['Content-Disposition', disposition]), ...(encoding === null ? [] : ['Content-Encoding', encoding]),
    ],
    body: bytes,
  })
  return {
    list, etag, route: routeOf(c), isFile: disposition !== null,
    plain: form(body, null), brotli: packed && form(packed, 'br'), unchangedHead: unchangedHead(etag),
  }
}

function unchangedHead(etag: string): string[] {
  return ['ETag', etag, 'Cache-Control', 'private, no-cache', 'Vary', 'Accept-Encoding, Cookie, Authorization']
}

function send(c: Context, answer: ReadyAnswer): Response {
  if (isUnchanged(c.req.header('if-none-match'), answer.etag)) return respond(304, answer.unchangedHead, null)
  const { head, body } = formFor(answer, c.req.header('accept-encoding'))
  return respond(200, head, body)
}

function respond(status: 200 | 304, head: readonly string[], body: Uint8Array<ArrayBuffer> | null): Response {
  const headers: Record<string, string> = {}
  for (let i = 0; i < head.length; i += 2) headers[head[i]!] = head[i + 1]!
  return new Response(body, { status, headers })
}

/** The path and query of an absolute address. */
function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('://') + 3))
}
