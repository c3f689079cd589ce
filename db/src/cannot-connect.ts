import { CannotOpen } from './cannot-open.js'

/** A PostgreSQL server that cannot be used as its URL says. The message names the place and never the password. */
export class CannotConnect extends CannotOpen {
  override readonly name = 'CannotConnect'
  constructor(setting: string, url: string, why: string, cause: unknown) {
    super(`${setting} leads to ${placeIn(url)}, and ${why}.`)
    this.cause = cause
  }
}

/** What went wrong with the first connection to a server, in a sentence where it is known: the system's words for it, and PostgreSQL's. */
export function explainedConnection(url: string, error: unknown, setting: 'DATABASE_URL' | 'DATABASE_OWNER_URL' = 'DATABASE_URL'): unknown {
  if (error instanceof CannotOpen) return error
  const why = whyNot[codeOf(error)] ?? whyNot[codeOf((error as { cause?: unknown } | null)?.cause)]
  return why === undefined ? error : new CannotConnect(setting, url, why, error)
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null | undefined)?.code)
}

const noServer = 'no server answers there: start it, or mend the address'
const notIn = 'that server does not let this user in: mend the user or the password'
const whyNot: Record<string, string> = {
  ECONNREFUSED: noServer, ECONNRESET: noServer, ETIMEDOUT: noServer, EHOSTUNREACH: noServer, ENETUNREACH: noServer, ENOENT: noServer,
  ENOTFOUND: 'no machine has that name: mend the address', EAI_AGAIN: 'no machine is found by that name now: mend the address, or look at the network',
  '3D000': 'there is no such database on that server: make it (createdb), or mend the name', '28P01': notIn, '28000': notIn,
  '57P03': 'that server is only just starting: try again in a moment', '53300': 'that server has no connection left: raise its max_connections, or stop what uses them',
  '42501': 'that user may not make tables there: give it a database of its own, or name whose tables they are in DATABASE_OWNER_URL',
}

function placeIn(url: string): string {
  const match = /^\w+:\/\/(?:[^@/]*@)?([^/?]*)(?:\/([^?]*))?/.exec(url)
  return `${match?.[1] || 'this machine'}, database "${match?.[2] ?? ''}"`
}
