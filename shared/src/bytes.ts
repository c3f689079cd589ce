/*
 * Packed rows are written and read as variable-length integers: seven bits a byte, the lowest first, the eighth bit set
 * where more follow (LEB128). Most numbers of ours are small, so most take one byte.
 */

/** Writes packed integers into a buffer that grows. One writer is used again and again: {@link ByteWriter.take} empties it. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #at = 0
  readonly #float = new DataView(new ArrayBuffer(8))

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Bytes written since the last {@link take}. */
  get length(): number {
    return this.#at
  }

  /** One byte, 0 to 255. */
  byte(value: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#at++] = value
  }

  /** A whole number from 0 to 2³² − 1. @throws RangeError for any other; what was half written is forgotten, so that it is no part of what is written next */
  varint(value: number): void {
    if (!(value >= 0 && value <= 0xffff_ffff)) {
      this.#at = 0
      throw new RangeError(`not a number to pack: ${value}`)
    }
    if (this.#at + 5 > this.#bytes.length) this.#grow(5)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80
      rest = rest > 0x7fff_ffff ? Math.floor(rest / 128) : rest >>> 7
    }
    this.#bytes[this.#at++] = rest
  }

  /** A whole number of either sign, from −2³¹ to 2³¹ − 1: zigzag, so that small ones of both signs take one byte. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** A double, eight bytes, the lowest first. */
  double(value: number): void {
    this.#float.setFloat64(0, value, true)
    for (let i = 0; i < 8; i++) this.byte(this.#float.getUint8(i))
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    if (this.#at + bytes.length > this.#bytes.length) this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  /** What was written, as a copy of its own; the writer is empty again. */
  take(): Uint8Array<ArrayBuffer> {
    const copy = this.#bytes.slice(0, this.#at)
    this.#at = 0
    return copy
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at + by))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}

/** Reads what {@link ByteWriter} wrote. @throws RangeError where the bytes end in the middle of a number */
export class ByteReader {
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0

  /** Begins at the start of other bytes, or of a part of them. */
  open(bytes: Uint8Array, from = 0, end = bytes.length): this {
    this.#bytes = bytes
    this.#at = from
    this.#end = end
    return this
  }

  /** True where nothing is left. */
  get done(): boolean {
    return this.#at >= this.#end
  }

  byte(): number {
    if (this.#at >= this.#end) throw new RangeError('packed bytes end too early')
    return this.#bytes[this.#at++]!
  }

  varint(): number {
    const first = this.byte()
    if (first < 0x80) return first
    let value = first & 0x7f
    let scale = 0x80
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 0x80
    }
  }

  signed(): number {
    const value = this.varint()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  double(): number {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, 8)
    this.#at += 8
    return view.getFloat64(0, true)
  }
}
