import { createHash } from 'node:crypto'
import { dayOfNumber, type Day } from '@lastmile/shared/day'
import { LinePacker, type PackedLines } from '@lastmile/shared/report-lines'
import { dayBases, statuses } from '@lastmile/shared/status'
import type { LineColumns } from './line-columns.js'
import { packRow } from './line-runs.js'
import { SaidSum, textHash } from './said-sum.js'

/** Prices of a report, which are kept apart from its lines: narrow ids, the line, and hundredths of a yuan. */
export interface PackedPrices {
  readonly institution: Int32Array
  readonly drug: Int32Array
  readonly line: Int32Array
  readonly hundredths: Float64Array
}

/** Lines of one part at least, before the next begins: an institution's lines stand in one part. */
const linesInAPart = 1_000_000
/** Reports of up to so many checked rows have a fingerprint; sorting the texts of more would take longer than storing them. */
export const fingerprintedRows = 200_000

/** Reports of up to so many checked rows have a fingerprint of what they say, days apart. */
const comparedRows = 2_000_000
const asOfBasis = dayBases.indexOf('as_of')
const inStock = statuses.indexOf('in_stock')

/** Ids and codes by rank. */
export interface Ranks {
  readonly ids: ArrayLike<number>
  /** Asked for only where a fingerprint is made. */
  readonly codes: () => readonly string[]
}

/** What the next report of a source is held against. */
export interface PackedFacts {
  /** Institutions at which a row says in stock. */
  readonly stockedAt: number
  /** The latest day that a row gives; null where none gives one. */
  readonly latestDay: Day | null
  /** Fingerprint of what the rows say, days apart; null for a report of more than two million. */
  readonly content: string | null
}

/** Packs the rows of a report that stand, institution by institution, into parts of about a million lines, and their prices apart. */
export class ReportPacker {
  readonly #packer = new LinePacker()
  readonly #parts: PackedLines[] = []
  readonly #institutions: Ranks
  readonly #drugs: Ranks
  readonly #prices: { institution: number[]; drug: number[]; line: number[]; hundredths: number[] } = { institution: [], drug: [], line: [], hundredths: [] }
  readonly #said: string[] | null
  readonly #days = new Map<number, string>()
  readonly #content: SaidSum | null
  readonly #drugHashes = new Map<number, number>()
  #latestDay = Number.NEGATIVE_INFINITY
  #stockedAt = 0
  #inPart = 0
  count = 0

  /** @param rows how many rows will come at most */
  constructor(institutions: Ranks, drugs: Ranks, rows: number) {
    this.#institutions = institutions
    this.#drugs = drugs
    this.#said = rows <= fingerprintedRows ? [] : null
    this.#content = rows <= comparedRows ? new SaidSum() : null
  }

  /** Packs rows of one institution: the `length` places that `places` holds from `from` on, by drug, then line. Institutions come in ascending order. */
  add(institution: number, columns: LineColumns, places: ArrayLike<number>, from: number, to: number): void {
    if (from === to) return
    const id = this.#institutions.ids[institution]!
    let latest = columns.day(places[from]!)
    let first = columns.line(places[from]!)
    for (let i = from + 1; i < to; i++) {
      const at = places[i]!
      if (columns.day(at) > latest) latest = columns.day(at)
      if (columns.line(at) < first) first = columns.line(at)
    }
    this.#packer.begin(id, latest, first)
    const codeHash = this.#content ? textHash(this.#institutions.codes()[institution]!) : 0
    let isStocked = false
    for (let i = from; i < to; i++) {
      const at = places[i]!
      if (columns.status(at) === inStock) isStocked = true
      const drug = this.#drugs.ids[columns.drug(at)]!
      packRow(this.#packer, columns, at, drug)
      if (columns.price(at) >= 0) this.#addPrice(id, drug, columns.line(at), columns.price(at))
      if (columns.dayBasis(at) !== asOfBasis && columns.day(at) > this.#latestDay) this.#latestDay = columns.day(at)
      this.#content?.add(codeHash, this.#drugHash(columns.drug(at)), columns.status(at), (columns.reason(at) << 16) ^ columns.leadDays(at), columns.quantity(at))
      if (this.#said) this.#said.push(this.#saidBy(institution, columns, at))
    }
    if (isStocked) this.#stockedAt++
    this.count += to - from
    this.#inPart += to - from
    if (this.#inPart >= linesInAPart) this.#endPart()
  }

  finish(): PackedFacts & { parts: PackedLines[]; prices: PackedPrices | null; storedSha256: string | null } {
    if (this.#inPart > 0) this.#endPart()
    const { institution, drug, line, hundredths } = this.#prices
    const prices = line.length === 0 ? null : {
      institution: Int32Array.from(institution), drug: Int32Array.from(drug), line: Int32Array.from(line), hundredths: Float64Array.from(hundredths),
    }
    const latestDay = Number.isFinite(this.#latestDay) ? dayOfNumber(this.#latestDay) : null
    return { parts: this.#parts, prices, storedSha256: this.#said && fingerprintOf(this.#said), stockedAt: this.#stockedAt, latestDay, content: this.#content && this.#content.text() }
  }

  #drugHash(drug: number): number {
    let hash = this.#drugHashes.get(drug)
    if (hash === undefined) this.#drugHashes.set(drug, (hash = textHash(this.#drugs.codes()[drug]!)))
    return hash
  }

  #endPart(): void {
    this.#parts.push(this.#packer.finish())
    this.#inPart = 0
  }

  #addPrice(institution: number, drug: number, line: number, hundredths: number): void {
    this.#prices.institution.push(institution)
    this.#prices.drug.push(drug)
    this.#prices.line.push(line)
    this.#prices.hundredths.push(hundredths)
  }

  #saidBy(institution: number, columns: LineColumns, at: number): string {
    const number = columns.day(at)
    let day = this.#days.get(number)
    if (day === undefined) this.#days.set(number, (day = dayOfNumber(number)))
    const price = columns.price(at)
    return JSON.stringify([this.#institutions.codes()[institution]!, this.#drugs.codes()[columns.drug(at)]!, statuses[columns.status(at)]!, day, price < 0 ? null : priceText(price)])
  }
}

/** Hundredths of a yuan as text with two decimals: prices are never numbers between here and the database. */
export function priceText(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/**
 * Fingerprint of what a report says: sha256 of the JSON of the sorted list of `[institution, drug, status, date, price|null]`.
 * The date is the row's day, or the report's as-of day where it has none; prices are text with two decimals. Two files with
 * one fingerprint say the same, however they are written.
 */
function fingerprintOf(lines: string[]): string {
  const hash = createHash('sha256')
  lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  hash.update('[')
  for (let at = 0; at < lines.length; at += 1000) hash.update(`${at > 0 ? ',' : ''}${lines.slice(at, at + 1000).join(',')}`)
  return hash.update(']').digest('hex')
}
