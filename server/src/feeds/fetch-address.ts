import type { Instant } from '@lastmile/shared/day'
import { allowedAddress, CannotFetch, tokenFor, type FeedBounds } from './feed-bounds.js'

/** What an address answered: a file, as its bytes come. */
export interface FetchedFile {
  filename: string
  /** When it was last changed, as the address says; null where it does not. */
  modified: Instant | null
  etag: string | null
  lastModified: string | null
  read(): AsyncGenerator<Uint8Array>
}

/** What is asked of an address. */
export interface Asked {
  url: string
  /** The name of the token that is sent along; null: none. */
  token: string | null
  /** What it said of its last answer: what is still that, it need not send. */
  etag: string | null
  lastModified: string | null
  /** How many bytes a file may have. */
  largest: number
  signal: AbortSignal
}

/** How long may pass until an answer begins, and between two pieces of it. A file of gigabytes comes for as long as its line takes. */
const silentAtMostMs = 60_000
const redirectsAtMost = 5

/**
 * Asks an address for its file. It is followed to others that are allowed, which are told no token unless they are its
 * host. Null: it is what it was.
 * @throws CannotFetch
 */
export async function fetchAddress(bounds: FeedBounds, asked: Asked): Promise<FetchedFile | null> {
  let url = allowedAddress(bounds, asked.url)
  const token = asked.token === null ? null : { host: url.host, value: await tokenFor(bounds, asked.token, url.host) }
  for (let hop = 0; hop <= redirectsAtMost; hop++) {
    const { answer, watch } = await ask(url, token?.host === url.host ? token.value : null, asked)
    const location = answer.headers.get('location')
    if ([301, 302, 303, 307, 308].includes(answer.status) && location !== null) {
      await leave(answer, watch)
      url = allowedAddress(bounds, location, url)
      continue
    }
    if (answer.status === 304) {
      await leave(answer, watch)
      return null
    }
    if (answer.status !== 200 || answer.body === null) {
      await leave(answer, watch)
      throw new CannotFetch('HTTP_STATUS', `${url.host} answered ${answer.status}.`)
    }
    const announced = Number(answer.headers.get('content-length') ?? 0)
    if (announced > asked.largest) {
      await leave(answer, watch)
      throw tooLarge(asked.largest)
    }
    const modified = Date.parse(answer.headers.get('last-modified') ?? '')
    return {
      filename: nameOf(answer, url), modified: Number.isNaN(modified) ? null : new Date(modified).toISOString(), etag: answer.headers.get('etag'), lastModified: answer.headers.get('last-modified'),
      read: () => bytesOf(answer.body!, url, asked, watch),
    }
  }
  throw new CannotFetch('TOO_MANY_REDIRECTS', `The address leads on to others more than ${redirectsAtMost} times.`)
}

/** Ends a request that says nothing for too long, or whose run is stopped. */
interface Watch {
  signal: AbortSignal
  heard(): void
  end(): void
}

function newWatch(stopped: AbortSignal): Watch {
  const silence = new AbortController()
  const tooSilent = () => silence.abort(new CannotFetch('TIMED_OUT', `Nothing came for ${silentAtMostMs / 1_000} seconds.`))
  let timer = setTimeout(tooSilent, silentAtMostMs)
  return {
    signal: AbortSignal.any([stopped, silence.signal]),
    heard: () => {
      clearTimeout(timer)
      timer = setTimeout(tooSilent, silentAtMostMs)
    },
    end: () => clearTimeout(timer),
  }
}

async function ask(url: URL, token: string | null, { etag, lastModified, signal }: Asked): Promise<{ answer: Response; watch: Watch }> {
  const watch = newWatch(signal)
  const headers = {
    Accept: 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5', 'Accept-Encoding': 'identity', 'User-Agent': 'Lastmile',
    ...(etag === null ? {} : { 'If-None-Match': etag }), ...(lastModified === null || etag !== null ? {} : { 'If-Modified-Since': lastModified }), ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
  }
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: watch.signal, headers })
    watch.heard()
    return { answer, watch }
  } catch (error) {
    watch.end()
    throw explained(error, url, watch.signal)
  }
}

async function leave(answer: Response, watch: Watch): Promise<void> {
  watch.end()
  await answer.body?.cancel().catch(() => {})
}

async function* bytesOf(body: ReadableStream<Uint8Array>, url: URL, { largest }: Asked, watch: Watch): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      watch.heard()
      bytes += piece.byteLength
      if (bytes > largest) throw tooLarge(largest)
      yield piece
    }
  } catch (error) {
    throw explained(error, url, watch.signal)
  } finally {
    watch.end()
  }
}

/** Why a request came to nothing. What the network says of names and addresses is said by its code alone. */
function explained(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof CannotFetch) return error
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code
  return new CannotFetch('UNREACHABLE', `${url.host} cannot be reached, or broke off${typeof code === 'string' ? ` (${code})` : ''}.`)
}

function tooLarge(largest: number): CannotFetch {
  return new CannotFetch('TOO_LARGE', `The file is larger than the ${largest} bytes that its source's feed may have.`)
}

/** How the file is called: as the answer says, else as the last part of the address. */
function nameOf(answer: Response, url: URL): string {
  const said = answer.headers.get('content-disposition') ?? ''
  const [, encoded] = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(said) ?? []
  const [, quoted] = /filename\s*=\s*"?([^";]+)"?/i.exec(said) ?? []
  const name = (decoded(encoded) ?? quoted ?? decoded(url.pathname.split('/').pop()) ?? '').replace(/^.*[\\/]/s, '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return Buffer.from(name.slice(0, 255)).toString() || 'report'
}

function decoded(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
