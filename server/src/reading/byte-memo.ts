const entriesAtMost = 1 << 17
const bytesAtMost = 8 * 1024 * 1024
const longest = 200
/** A key that is not found within so many steps is not looked for any further: nobody can make a table slow by choosing its keys. */
const stepsAtMost = 24

/**
 * Remembers texts by their bytes: each gets the number under which its owner keeps what it knows of it. A report repeats
 * few texts many times, so most cells are known by the time they come, and no string is made of them. Bounded: where it
 * is full, {@link ByteMemo.add} answers −1 and the owner starts again with {@link ByteMemo.clear}.
 */
export class ByteMemo {
  #slots = new Int32Array(1024)
  #hashes = new Int32Array(512)
  #ends = new Int32Array(513)
  #bytes = new Uint8Array(8192)
  #count = 0

  get full(): boolean {
    return this.#count >= entriesAtMost || this.#ends[this.#count]! + longest > bytesAtMost
  }

  /** The number of a text, or −1. `hash` is {@link hashOf} of its bytes. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let step = 0; step < stepsAtMost; step++) {
      const entry = slots[slot]! - 1
      if (entry < 0) return -1
      if (this.#hashes[entry] === hash && this.#same(entry, bytes, start, end)) return entry
      slot = (slot + 1) & mask
    }
    return -1
  }

  /** Remembers a text that was not found, and answers its number: one more than the last. −1 if it is too long to be remembered, or its place is taken. */
  add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (end - start > longest || this.full) return -1
    if (this.#count >= this.#hashes.length) this.#grow()
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let step = 0; this.#slots[slot] !== 0; step++) {
      if (step >= stepsAtMost) return -1
      slot = (slot + 1) & mask
    }
    const entry = this.#count++
    const from = this.#ends[entry]!
    if (from + end - start > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    for (let at = start; at < end; at++) this.#bytes[from + at - start] = bytes[at]!
    this.#ends[entry + 1] = from + end - start
    this.#hashes[entry] = hash
    this.#slots[slot] = entry + 1
    return entry
  }

  clear(): void {
    this.#slots.fill(0)
    this.#count = 0
  }

  #same(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[entry]!
    const length = end - start
    if (this.#ends[entry + 1]! - from !== length) return false
    const known = this.#bytes
    for (let at = 0; at < length; at++) if (known[from + at] !== bytes[start + at]) return false
    return true
  }

  #grow(): void {
    const size = this.#hashes.length * 2
    const hashes = new Int32Array(size)
    hashes.set(this.#hashes)
    const ends = new Int32Array(size + 1)
    ends.set(this.#ends)
    const slots = new Int32Array(size * 2)
    for (let entry = 0; entry < this.#count; entry++) {
      const hash = hashes[entry]!
      let slot = (hash ^ (hash >>> 15)) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry + 1
    }
    this.#hashes = hashes
    this.#ends = ends
    this.#slots = slots
  }
}

/** A hash of some bytes, four at a step. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  let at = start
  for (; at + 4 <= end; at += 4) hash = mixed(hash, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
  let rest = 0
  for (; at < end; at++) rest = (rest << 8) | bytes[at]!
  return mixed(hash, rest)
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}
