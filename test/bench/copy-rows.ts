/** Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts. */
const postgresEpoch = 10_957
const chunkBytes = 1 << 18
/** Room left for the largest row and the trailer. */
const spareBytes = 4_096

/** Writes rows in PostgreSQL's binary COPY format into chunks: {@link row}, then a call for each field; {@link take} when {@link full}. */
export class CopyRows {
  #buffer = Buffer.allocUnsafe(chunkBytes)
  #at = 0

  constructor() {
    this.#at += this.#buffer.write('PGCOPY\n\xff\r\n\0', 'latin1')
    this.#at = this.#buffer.writeInt32BE(0, this.#at)
    this.#at = this.#buffer.writeInt32BE(0, this.#at)
  }

  get full(): boolean {
    return this.#at > chunkBytes - spareBytes
  }

  row(fields: number): void {
    this.#at = this.#buffer.writeInt16BE(fields, this.#at)
  }

  smallint(value: number): void {
    this.#at = this.#buffer.writeInt32BE(2, this.#at)
    this.#at = this.#buffer.writeInt16BE(value, this.#at)
  }

  integer(value: number): void {
    this.#at = this.#buffer.writeInt32BE(4, this.#at)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
  }

  double(value: number): void {
    this.#at = this.#buffer.writeInt32BE(8, this.#at)
    this.#at = this.#buffer.writeDoubleBE(value, this.#at)
  }

  /** A day given as days since 1970. */
  date(day: number): void {
    this.integer(day - postgresEpoch)
  }

  /** At most a thousand characters. */
  text(value: string): void {
    const length = this.#buffer.write(value, this.#at + 4)
    this.#buffer.writeInt32BE(length, this.#at)
    this.#at += 4 + length
  }

  /** What was written since the last call. */
  take(): Buffer {
    const chunk = this.#buffer.subarray(0, this.#at)
    this.#buffer = Buffer.allocUnsafe(chunkBytes)
    this.#at = 0
    return chunk
  }

  /** The last chunk. */
  end(): Buffer {
    this.#at = this.#buffer.writeInt16BE(-1, this.#at)
    return this.take()
  }
}
