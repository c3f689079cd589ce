/**
 * Checked rows as columns, in the order of the file: no object is made of a row. Institutions and drugs are ranks, which
 * sort as their narrow ids do. What a row does not say is below zero, or not a number.
 */
export class LineColumns {
  count = 0
  institution = new Int32Array(0)
  drug = new Int32Array(0)
  line = new Uint32Array(0)
  status = new Uint8Array(0)
  day = new Int32Array(0)
  dayBasis = new Uint8Array(0)
  reason = new Int8Array(0)
  leadDays = new Int16Array(0)
  /** Not a number where none is given. */
  quantity = new Float64Array(0)
  /** Hundredths of a yuan. */
  price = new Float64Array(0)

  add(institution: number, drug: number, line: number, status: number, day: number, dayBasis: number, reason: number, leadDays: number, quantity: number, price: number): void {
    const at = this.count
    if (at === this.line.length) this.#grow()
    this.institution[at] = institution
    this.drug[at] = drug
    this.line[at] = line
    this.status[at] = status
    this.day[at] = day
    this.dayBasis[at] = dayBasis
    this.reason[at] = reason
    this.leadDays[at] = leadDays
    this.quantity[at] = quantity
    this.price[at] = price
    this.count = at + 1
  }

  /** The places of the rows, by institution, then drug, then line. */
  order(institutions: number, drugs: number): Uint32Array {
    const { institution, drug, count } = this
    const order = new Uint32Array(count)
    let sorted = true
    for (let at = 0; at < count; at++) {
      order[at] = at
      if (at > 0 && (institution[at]! < institution[at - 1]! || (institution[at] === institution[at - 1] && drug[at]! < drug[at - 1]!))) sorted = false
    }
    return sorted ? order : sortBy(institution, institutions, sortBy(drug, drugs, order))
  }

  #grow(): void {
    const size = Math.max(1024, this.line.length * 2)
    const larger = <Column extends Int32Array | Uint32Array | Uint8Array | Int8Array | Int16Array | Float64Array>(column: Column, copy: Column): Column => {
      copy.set(column)
      return copy
    }
    this.institution = larger(this.institution, new Int32Array(size))
    this.drug = larger(this.drug, new Int32Array(size))
    this.line = larger(this.line, new Uint32Array(size))
    this.status = larger(this.status, new Uint8Array(size))
    this.day = larger(this.day, new Int32Array(size))
    this.dayBasis = larger(this.dayBasis, new Uint8Array(size))
    this.reason = larger(this.reason, new Int8Array(size))
    this.leadDays = larger(this.leadDays, new Int16Array(size))
    this.quantity = larger(this.quantity, new Float64Array(size))
    this.price = larger(this.price, new Float64Array(size))
  }
}

/** Places in the order of their keys (0 up to `keys` − 1); places of one key stay in the order in which they come. */
function sortBy(key: Int32Array, keys: number, places: Uint32Array): Uint32Array {
  const next = new Uint32Array(keys + 1)
  for (const place of places) next[key[place]! + 1]!++
  for (let at = 1; at <= keys; at++) next[at]! += next[at - 1]!
  const sorted = new Uint32Array(places.length)
  for (const place of places) sorted[next[key[place]!]!++] = place
  return sorted
}
