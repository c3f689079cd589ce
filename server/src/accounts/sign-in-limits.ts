import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Context } from 'hono'
import { Refusal } from '../lib/refusal.js'

/** Failures from one place that are borne in one window of time, and the places remembered. */
const failuresAtMost = 30
const windowMs = 5 * 60_000
const placesAtMost = 50_000

/**
 * Keeps whoever guesses from guessing much. Attempts are counted by the place they come from, whatever account they name
 * (of who is signed in, by his account), before they are looked at: of many at once no more are looked at than of many in turn.
 */
export interface SignInLimits {
  /** Counts an attempt as failed. @throws Refusal 429 where too much failed lately */
  attempt(from: string): void
  /** It succeeded: it is no guess. */
  forgive(from: string): void
}

/** @param atMost failures from one place that are borne in five minutes */
export function newSignInLimits(atMost = failuresAtMost): SignInLimits {
  const failures = new Map<string, { count: number; until: number }>()
  return {
    attempt: (from) => {
      const one = failures.get(from)
      if (!one || one.until <= Date.now()) {
        failures.delete(from)
        failures.set(from, { count: 1, until: Date.now() + windowMs })
        if (failures.size > placesAtMost) failures.delete(failures.keys().next().value!)
      } else if (one.count < atMost) one.count += 1
      else throw new Refusal(429, 'session.too_many', 'Too many attempts from here. Wait five minutes.')
    },
    forgive: (from) => {
      const one = failures.get(from)
      if (one && one.count > 0) one.count -= 1
    },
  }
}

/** Where a request comes from: its connection, or what the proxy before this server says (`TRUST_PROXY`). */
export function placeOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').pop()?.trim() : undefined
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return networkOf(forwarded ?? incoming?.socket.remoteAddress ?? 'unknown')
}

/** An address by which one is told from another: of IPv6 the first 64 bits, since whoever has one address there has all that begin so. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain)) return address
  const [before = '', after] = plain.split('::')
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]]
  // An address that ends as one of IPv4 does holds two groups in its last.
  const groups = 8 - head.length - tail.length - (plain.includes('.') ? 1 : 0)
  return `${[...head, ...Array.from({ length: after === undefined ? 0 : groups }, () => '0'), ...tail].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
