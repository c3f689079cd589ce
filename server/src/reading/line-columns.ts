/** Four 32-bit numbers, then two doubles: a row lies in one piece of 32 bytes, so that whoever goes over rows in another order than the file's fetches each once. */
const ints = 8
const doubles = 4

/**
 * Checked rows in the order of the file; no object is made of a row. Institutions and drugs are ranks, which sort as
 * their narrow ids do. What a row does not say is −1, or not a number.
 */
export class LineColumns {
  count = 0
  #institution = new Int32Array(0)
  #drug = new Int32Array(0)
  #ints = new Int32Array(0)
  #doubles = new Float64Array(0)

  /** Adds a row. `quantity` is not a number where none is given; `price` counts hundredths of a yuan. */
  add(institution: number, drug: number, line: number, status: number, day: number, dayBasis: number, reason: number, leadDays: number, quantity: number, price: number): void {
    const at = this.count
    if (at === this.#institution.length) this.#grow()
    this.#institution[at] = institution
    this.#drug[at] = drug
    const int = at * ints
    this.#ints[int] = drug
    this.#ints[int + 1] = line
    this.#ints[int + 2] = day
    this.#ints[int + 3] = status | (dayBasis << 3) | ((reason + 1) << 5) | ((leadDays + 1) << 16)
    const double = at * doubles
    this.#doubles[double + 2] = quantity
    this.#doubles[double + 3] = price
    this.count = at + 1
  }

  institution(at: number): number {
    return this.#institution[at]!
  }

  drug(at: number): number {
    return this.#ints[at * ints]!
  }

  line(at: number): number {
    return this.#ints[at * ints + 1]!
  }

  day(at: number): number {
    return this.#ints[at * ints + 2]!
  }

  status(at: number): number {
    return this.#ints[at * ints + 3]! & 7
  }

  dayBasis(at: number): number {
    return (this.#ints[at * ints + 3]! >> 3) & 3
  }

  reason(at: number): number {
    return ((this.#ints[at * ints + 3]! >> 5) & 0x7ff) - 1
  }

  leadDays(at: number): number {
    return (this.#ints[at * ints + 3]! >>> 16) - 1
  }

  quantity(at: number): number {
    return this.#doubles[at * doubles + 2]!
  }

  price(at: number): number {
    return this.#doubles[at * doubles + 3]!
  }

  setQuantity(at: number, quantity: number): void {
    this.#doubles[at * doubles + 2] = quantity
  }

  /** True if two rows say the same of whatever they name. */
  areAlike(a: number, b: number): boolean {
    return this.#ints[a * ints + 2] === this.#ints[b * ints + 2] && this.#ints[a * ints + 3] === this.#ints[b * ints + 3]
      && this.price(a) === this.price(b) && Object.is(this.quantity(a), this.quantity(b))
  }

  /** The places of the rows, by institution, then drug, then line. */
  order(institutions: number, drugs: number): Uint32Array {
    const { count } = this
    const [institution, drug] = [this.#institution, this.#drug]
    const order = new Uint32Array(count)
    let sorted = true
    for (let at = 0; at < count; at++) {
      order[at] = at
      if (at > 0 && (institution[at]! < institution[at - 1]! || (institution[at] === institution[at - 1] && drug[at]! < drug[at - 1]!))) sorted = false
    }
    return sorted ? order : sortBy(institution, institutions, sortBy(drug, drugs, order))
  }

  #grow(): void {
    const size = Math.max(1024, this.#institution.length * 2)
    const [institution, drug] = [new Int32Array(size), new Int32Array(size)]
    institution.set(this.#institution)
    drug.set(this.#drug)
    const buffer = new ArrayBuffer(size * ints * 4)
    const rows = new Int32Array(buffer)
    rows.set(this.#ints)
    this.#institution = institution
    this.#drug = drug
    this.#ints = rows
    this.#doubles = new Float64Array(buffer)
  }
}

/** Places in the order of their keys (0 up to `keys` − 1); places of one key stay in the order in which they come. */
function sortBy(key: Int32Array, keys: number, places: Uint32Array): Uint32Array {
  const next = new Uint32Array(keys + 1)
  for (let i = 0; i < places.length; i++) next[key[places[i]!]! + 1]!++
  for (let at = 1; at <= keys; at++) next[at]! += next[at - 1]!
  const sorted = new Uint32Array(places.length)
  for (let i = 0; i < places.length; i++) sorted[next[key[places[i]!]!]!++] = places[i]!
  return sorted
}
