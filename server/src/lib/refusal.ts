import type { Problem } from '@lastmile/shared/problem'
import type { UnitsNotMet } from '@lastmile/shared/standard-limits'

/** A request that is refused: the status it answers, a dotted code, and a sentence that says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 412 | 413 | 415 | 422 | 429 | 503 | 507,
    readonly code: string,
    message: string,
    readonly details: { field?: string; report?: string; version?: number; cannotBeMet?: UnitsNotMet } = {},
    /** The word for it in an upload's answer. */
    readonly reason: string = code.toUpperCase().replace(/[^A-Z]+/g, '_'),
  ) {
    super(message)
  }

  /** The body it answers. */
  problem(): Problem {
    return { error: { code: this.code, message: this.message, ...this.details } }
  }
}

/** What does not exist. */
export function notFound(what: string, code: string): Refusal {
  return new Refusal(404, `${what}.not_found`, `There is no ${what} "${code.slice(0, 80)}".`)
}
