import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { Refusal } from '../lib/refusal.js'

/** Failures from one address that are borne in one window of time, and the addresses remembered. */
const failuresAtMost = 30
const windowMs = 5 * 60_000
const addressesAtMost = 50_000

/** Keeps whoever guesses from guessing much: failures are counted by the address they come from, whatever account they name; of who is signed in, by his account. */
export interface SignInLimits {
  /** @throws Refusal 429 for an address (or account) from which too much failed lately */
  check(from: string): void
  failed(from: string): void
}

export function newSignInLimits(): SignInLimits {
  const failures = new Map<string, { count: number; until: number }>()
  return {
    check: (from) => {
      const one = failures.get(from)
      if (one && one.until > Date.now() && one.count >= failuresAtMost) throw new Refusal(429, 'session.too_many', 'Too many attempts from here. Wait five minutes.')
    },
    failed: (from) => {
      const one = failures.get(from)
      if (one && one.until > Date.now()) one.count += 1
      else {
        failures.delete(from)
        failures.set(from, { count: 1, until: Date.now() + windowMs })
        if (failures.size > addressesAtMost) failures.delete(failures.keys().next().value!)
      }
    },
  }
}

/** Where a request comes from: its connection, or what the proxy before this server says (`TRUST_PROXY`). */
export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').pop()?.trim() : undefined
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return forwarded ?? incoming?.socket.remoteAddress ?? 'unknown'
}
