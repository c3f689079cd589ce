import { createHash } from 'node:crypto'
import type { Instant } from '@lastmile/shared/day'
import type { AuditEvent } from '@lastmile/shared/audit'

/** An entry's place in the chain and the hash that ties it to the one before. */
export interface Link {
  seq: number
  hash: string
}

/** What stands before the first entry of all. */
export const beforeTheFirst = ''

/** The hash of an entry, in hexadecimal: SHA-256 of its number, the hash before it and its body. */
export function hashOf(seq: number | string, previous: string, body: string): string {
  return createHash('sha256').update(`${seq}\n${previous}\n${body}`).digest('hex')
}

/** An event as it is kept: JSON with its fields in the order of their names, so that the same event is always the same text. */
export function bodyOf(event: AuditEvent, at: Instant): string {
  return canonical({ ...event, at })
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one === undefined ? null : one)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([name, one]) => `${JSON.stringify(storable(name))}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(typeof value === 'string' ? storable(value) : value)
}

/** A text as PostgreSQL takes it: what is no character, and NUL, are a sign that something stood there. What a stranger writes must not keep anything from being noted. */
function storable(text: string): string {
  return Buffer.from(text).toString().replaceAll('\0', '\uFFFD')
}
