import pg from 'pg'

/** Statements that a connection keeps prepared at most. What stands in code is some hundreds; what is beyond is planned each time. */
const preparedAtMost = 300

/**
 * A connection that has the server prepare statements with parameters when they are first sent, and names them from then
 * on: a question of ten statements spends more time on planning them than on carrying them out.
 */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()

  /** As {@link pg.Client.query}. */
  override query = ((config: unknown, values?: unknown, callback?: unknown) => {
    const name = this.#nameOf(config, values)
    return (pg.Client.prototype.query as (...args: unknown[]) => unknown).call(this, name === null ? config : { ...(config as pg.QueryConfig), name }, values, callback)
  }) as pg.Client['query']

  #nameOf(config: unknown, values: unknown): string | null {
    if (typeof config !== 'object' || config === null || 'submit' in config) return null
    const { text, name } = config as Partial<pg.QueryConfig>
    if (text === undefined || name !== undefined || !Array.isArray(values) || values.length === 0) return null
    let own = this.#names.get(text)
    if (own === undefined) {
      if (this.#names.size >= preparedAtMost) return null
      own = `s${this.#names.size}`
      this.#names.set(text, own)
    }
    return own
  }
}
