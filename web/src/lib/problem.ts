import type { UnitsNotMet } from '@lastmile/shared/standard-limits'

/** A request that the server refused, or that never got there (`code` is then `offline`). */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  /** The parameter to blame, if one is. */
  readonly field: string | null
  /** Units in which a standard could not be met, if that is what is wrong. */
  readonly cannotBeMet: UnitsNotMet | null

  constructor(status: number, code: string, message: string, field: string | null = null, cannotBeMet: UnitsNotMet | null = null) {
    super(message)
    this.name = 'ProblemError'
    this.code = code
    this.status = status
    this.field = field
    this.cannotBeMet = cannotBeMet
  }
}

/** Of several things, each done by itself, which were refused and why; the others were done. `what`: in words, what was not. */
export class RefusedError extends Error {
  readonly refused: readonly { what: string; error: unknown }[]

  constructor(refused: RefusedError['refused']) {
    super(refused.map(({ what }) => what).join(', '))
    this.name = 'RefusedError'
    this.refused = refused
  }
}

/** True where asking again may help: the network, or a server that is busy or restarting. */
export function mayRetry(error: unknown): boolean {
  return !(error instanceof ProblemError) || error.status === 0 || error.status >= 500 || error.status === 429
}
