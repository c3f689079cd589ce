import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'

/** Header that carries the data folder's secret. */
export const commandHeader = 'x-lastmile-command'

/** True if a request comes from a command on this machine: it knows the data folder's secret. */
export function isCommand(c: Context, token: string): boolean {
  const [given, secret] = [Buffer.from(c.req.header(commandHeader) ?? ''), Buffer.from(token)]
  return given.length === secret.length && timingSafeEqual(given, secret)
}
