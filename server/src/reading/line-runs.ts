import { LinePacker, LineReader } from '@lastmile/shared/report-lines'
import { LineColumns } from './line-columns.js'
import { RunSpool, type SpooledRun } from './run-spool.js'

/** Rows held as columns before they are sorted and packed: some forty megabytes. */
export const rowsInARun = 1 << 20

/** Called with the rows of one institution: places `order[from]` up to `order[to - 1]` of `columns`, by drug, then line. */
export type InstitutionVisitor = (institution: number, columns: LineColumns, order: Uint32Array, from: number, to: number) => void

interface Run extends SpooledRun {
  /** The next institution that was not visited. */
  next: number
  /** Lines and hundredths of rows with a price, in the order of lines. */
  readonly pricedLines: Uint32Array
  readonly prices: Float64Array
}

/**
 * Takes the checked rows of a report of any length and gives them back by institution. A report of up to a million rows
 * stays in columns and is sorted there. Of a longer one each million is sorted and packed into some ten bytes a row
 * (beside the memory, in a file, where they grow beyond 64 MB), and at the end the packed runs are merged.
 */
export class LineRuns {
  readonly #runs: Run[] = []
  readonly #spool: RunSpool
  readonly #drugs: number
  #columns = new LineColumns()
  #closed = 0

  /** @param spoolPath where packed runs may be written; the caller removes the file. Null keeps all in memory. */
  constructor(drugs: number, spoolPath: string | null) {
    this.#drugs = drugs
    this.#spool = new RunSpool(spoolPath)
  }

  /** Rows taken so far. */
  get count(): number {
    return this.#closed + this.#columns.count
  }

  /** Where the next row is to be added. Ask again for every row: full columns are packed away. */
  columns(institutions: number): LineColumns {
    if (this.#columns.count >= rowsInARun) this.#close(institutions)
    return this.#columns
  }

  /** Visits the institutions in ascending order, each once. */
  visit(institutions: number, visitor: InstitutionVisitor): void {
    if (this.#runs.length === 0) {
      const columns = this.#columns
      const order = columns.order(institutions, this.#drugs)
      eachInstitution(columns, order, (institution, from, to) => visitor(institution, columns, order, from, to))
      return
    }
    if (this.#columns.count > 0) this.#close(institutions)
    this.#columns = new LineColumns()
    this.#merge(visitor)
  }

  /** Closes the file of packed runs. */
  close(): void {
    this.#spool.close()
  }

  #merge(visitor: InstitutionVisitor): void {
    const reader = new LineReader()
    const columns = new LineColumns()
    for (;;) {
      let institution = Infinity
      for (const { institutions, next } of this.#runs) if (next < institutions.length) institution = Math.min(institution, institutions[next]!)
      if (institution === Infinity) return
      columns.count = 0
      for (const run of this.#runs) {
        if (run.institutions[run.next] !== institution) continue
        const { bytes, from, to } = this.#spool.segment(run, run.next++)
        reader.open(bytes, from, to)
        while (reader.next()) {
          const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
          columns.add(0, drug, line, status, day, dayBasis, reason ?? -1, leadDays ?? -1, quantity ?? Number.NaN, priceOf(run, line))
        }
      }
      visitor(institution, columns, columns.order(1, this.#drugs), 0, columns.count)
    }
  }

  #close(institutions: number): void {
    const columns = this.#columns
    const order = columns.order(institutions, this.#drugs)
    const packer = new LinePacker()
    eachInstitution(columns, order, (institution, from, to) => packRows(packer, institution, columns, order, from, to))
    const priced: number[] = []
    for (let at = 0; at < columns.count; at++) if (columns.price(at) >= 0) priced.push(at)
    const { pricedLines, prices } = { pricedLines: Uint32Array.from(priced, (at) => columns.line(at)), prices: Float64Array.from(priced, (at) => columns.price(at)) }
    this.#runs.push({ ...this.#spool.keep(packer.finish()), next: 0, pricedLines, prices })
    this.#closed += columns.count
    columns.count = 0
  }
}

/** Packs rows of one institution as they are. */
function packRows(packer: LinePacker, institution: number, columns: LineColumns, order: Uint32Array, from: number, to: number): void {
  let latest = columns.day(order[from]!)
  let first = columns.line(order[from]!)
  for (let i = from + 1; i < to; i++) {
    const at = order[i]!
    if (columns.day(at) > latest) latest = columns.day(at)
    if (columns.line(at) < first) first = columns.line(at)
  }
  packer.begin(institution, latest, first)
  for (let i = from; i < to; i++) packRow(packer, columns, order[i]!, columns.drug(order[i]!))
}

/** Adds one row to the institution that a packer has begun. */
export function packRow(packer: LinePacker, columns: LineColumns, at: number, drug: number): void {
  const reason = columns.reason(at)
  const leadDays = columns.leadDays(at)
  const quantity = columns.quantity(at)
  packer.add(drug, columns.line(at), columns.status(at), columns.day(at), columns.dayBasis(at), reason < 0 ? null : reason, leadDays < 0 ? null : leadDays, Number.isNaN(quantity) ? null : quantity)
}

function eachInstitution(columns: LineColumns, order: Uint32Array, visit: (institution: number, from: number, to: number) => void): void {
  for (let from = 0; from < order.length;) {
    const institution = columns.institution(order[from]!)
    let to = from + 1
    while (to < order.length && columns.institution(order[to]!) === institution) to++
    visit(institution, from, to)
    from = to
  }
}

function priceOf({ pricedLines, prices }: Run, line: number): number {
  let [low, high] = [0, pricedLines.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (pricedLines[middle]! < line) low = middle + 1
    else high = middle
  }
  return pricedLines[low] === line ? prices[low]! : -1
}
