/**
 * Changes of counters: from a day on, a cell (`slot * width + counter`) counts so many more. In the order of days and,
 * within a day, of cells, each of which stands once a day. Parallel arrays of which `length` entries are used: a report of
 * a nation changes millions of them.
 */
export class Changes {
  /** Since 1970-01-01. */
  days = new Int32Array(64)
  cells = new Int32Array(64)
  counts = new Int32Array(64)
  length = 0

  /** First day on which anything changes; null where nothing does. */
  get first(): number | null {
    return this.length === 0 ? null : this.days[0]!
  }

  /** Adds a change behind all others. One of nothing is left out. */
  push(day: number, cell: number, n: number): void {
    if (n === 0) return
    if (this.length === this.days.length) this.#grow()
    this.days[this.length] = day
    this.cells[this.length] = cell
    this.counts[this.length] = n
    this.length += 1
  }

  /** Forgets all, and keeps its room. */
  clear(): void {
    this.length = 0
  }

  #grow(): void {
    const larger = (array: Int32Array) => {
      const copy = new Int32Array(2 * array.length)
      copy.set(array)
      return copy
    }
    this.days = larger(this.days)
    this.cells = larger(this.cells)
    this.counts = larger(this.counts)
  }
}

/**
 * The same changes by days, where their cells ascend from one list to the next: how the changes of many drugs become
 * those of a sheet. A counting sort: each entry is moved once.
 */
export function byDay({ length, days, cells, counts }: Changes): Changes {
  const sorted = new Changes()
  if (length === 0) return sorted
  let [first, last] = [days[0]!, days[0]!]
  for (let i = 1; i < length; i++) {
    if (days[i]! < first) first = days[i]!
    if (days[i]! > last) last = days[i]!
  }
  const starts = new Int32Array(last - first + 2)
  for (let i = 0; i < length; i++) starts[days[i]! - first + 1]! += 1
  for (let day = 1; day < starts.length; day++) starts[day]! += starts[day - 1]!
  const order = new Int32Array(length)
  for (let i = 0; i < length; i++) order[starts[days[i]! - first]!++] = i
  for (const i of order) sorted.push(days[i]!, cells[i]!, counts[i]!)
  return sorted
}
