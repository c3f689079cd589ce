/** What the main thread asks of the thread that holds the embedded database. */
export interface Request {
  id: number
  /** `keep`: what is in the database becomes the pattern of new ones. */
  kind: 'query' | 'exec' | 'keep' | 'close'
  statement: string
  params: unknown[]
  rowMode: 'array' | 'object'
  /** Types (by their oid) whose values stay the text that PostgreSQL writes. */
  asText: number[]
  /** What `COPY … FROM '/dev/blob'` reads. */
  blob: Uint8Array | null
}

/** What a statement answered, as PGlite says it. `blob` is what `COPY … TO '/dev/blob'` wrote. */
export interface Answer {
  rows: unknown[]
  fields: { name: string; dataTypeID: number }[]
  affectedRows?: number | undefined
  rowCount?: number | undefined
  blob: Uint8Array<ArrayBuffer> | null
}

/** An error with what PostgreSQL says of it (`code`, `constraint`, …): errors lose such fields on their way between threads. */
export interface Failure {
  message: string
  fields: Record<string, string | number | boolean>
}

/** What comes back. The first of all, with id 0, says that the database is open. `told`: a word on the channel of changes, when the transaction that says it is committed. */
export type Reply = { id: number; answer: Answer } | { id: number; failure: Failure } | { told: string }
