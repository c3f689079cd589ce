import type { PairSaid } from '@lastmile/shared/contradiction'

/** Stands in for a day that there is not. */
const noDay = -2_147_483_648
const perEnd = 4

/** Pairs of narrow ids, with what was said of each at so many ends: packed, since a company may have hundreds of thousands. */
export class SaidPairs {
  #cells: Int32Array
  #length = 0
  readonly #width: number

  constructor(readonly ends: 1 | 2) {
    this.#width = 2 + ends * perEnd
    this.#cells = new Int32Array(this.#width * 64)
  }

  get length(): number {
    return this.#length
  }

  get bytes(): number {
    return this.#cells.byteLength
  }

  /** Adds a pair; `said`: at each end. */
  add(institution: number, drug: number, ...said: readonly PairSaid[]): void {
    const from = this.#length * this.#width
    if (from === this.#cells.length) {
      const more = new Int32Array(from * 2)
      more.set(this.#cells)
      this.#cells = more
    }
    const days = (day: number | null) => day ?? noDay
    this.#cells.set([institution, drug, ...said.flatMap(({ declared, confirmed, supplied, firstDeclared }) => [declared, confirmed, days(supplied), days(firstDeclared)])], from)
    this.#length += 1
  }

  institutionAt(at: number): number {
    return this.#cells[at * this.#width]!
  }

  drugAt(at: number): number {
    return this.#cells[at * this.#width + 1]!
  }

  /** What was said of a pair at an end (the first: 0). */
  saidAt(at: number, end: 0 | 1): PairSaid {
    const from = at * this.#width + 2 + end * perEnd
    const [declared, confirmed, supplied, firstDeclared] = this.#cells.subarray(from, from + perEnd) as unknown as [number, number, number, number]
    const day = (cell: number) => (cell === noDay ? null : cell)
    return { declared, confirmed, supplied: day(supplied), firstDeclared: day(firstDeclared) }
  }
}
