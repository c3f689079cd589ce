import { ByteReader, ByteWriter } from './bytes.js'

/*
 * The lines of one report about one institution, packed into some ten bytes a line. Reports of a nation have millions of
 * lines and name a few ten thousand institutions: packed so, a report is written and read as that many rows. The reader
 * packs (off the main thread), the database stores, the rules of coverage read.
 */

/** One line of a report, by narrow ids and codes. */
export interface ReportLine {
  drug: number
  /** The row as a spreadsheet shows it, from 1. */
  line: number
  /** Place in `statuses`. Of a supply, which is an event, always 0. */
  status: number
  /** Days since 1970-01-01; before it negative. */
  day: number
  /** Place in `dayBases`. */
  dayBasis: number
  /** Place in `reasons`. */
  reason: number | null
  leadDays: number | null
  quantity: number | null
}

/** Lines of a report, or of a part of it, by institution. */
export interface PackedLines {
  /** Lines in all. */
  readonly count: number
  /** Institutions by narrow id, ascending, each once. */
  readonly institutions: Int32Array
  /** Where each one's lines end in `bytes`; they begin where those of the one before end. */
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}

/** Distinct institutions of a report: each stands in one of its parts alone. */
export function institutionsNamed(parts: readonly PackedLines[]): number {
  return parts.reduce((sum, part) => sum + part.institutions.length, 0)
}

const none = 0xffff_ffff

/** Packs lines of one institution after another: {@link begin}, {@link add} in the order of drugs, then lines; {@link finish} at the end. */
export class LinePacker {
  readonly #writer = new ByteWriter(1 << 16)
  readonly #institutions: number[] = []
  readonly #ends: number[] = []
  #count = 0
  #drug = 0
  #latest = 0
  #first = 0

  /** Begins an institution: the latest day and the lowest line that any of its lines has. */
  begin(institution: number, latestDay: number, firstLine: number): void {
    if (this.#institutions.length > 0) this.#ends.push(this.#writer.length)
    this.#institutions.push(institution)
    // Days are written as distances back from it, and it itself without a sign: of lines that are all older, 1970 stands for it.
    this.#latest = Math.max(0, latestDay)
    this.#first = firstLine
    this.#drug = 0
    this.#writer.varint(this.#latest)
    this.#writer.varint(firstLine)
  }

  add(drug: number, line: number, status: number, day: number, dayBasis: number, reason: number | null, leadDays: number | null, quantity: number | null): void {
    const writer = this.#writer
    writer.varint(drug - this.#drug)
    this.#drug = drug
    writer.varint(line - this.#first)
    writer.byte(status | (dayBasis << 3) | (reason === null ? 0 : 32) | (leadDays === null ? 0 : 64) | (quantity === null ? 0 : 128))
    writer.varint(this.#latest - day)
    if (reason !== null) writer.byte(reason)
    if (leadDays !== null) writer.varint(leadDays)
    if (quantity !== null) writer.double(quantity)
    this.#count += 1
  }

  /** All institutions packed since the last call. */
  finish(): PackedLines {
    if (this.#institutions.length > 0) this.#ends.push(this.#writer.length)
    const packed = { count: this.#count, institutions: Int32Array.from(this.#institutions), ends: Uint32Array.from(this.#ends), bytes: this.#writer.take() }
    this.#institutions.length = 0
    this.#ends.length = 0
    this.#count = 0
    return packed
  }
}

/** Packs lines that stand beside their institution, in any order. */
export function packLines(lines: readonly (ReportLine & { institution: number })[]): PackedLines {
  const sorted = [...lines].sort((a, b) => a.institution - b.institution || a.drug - b.drug || a.line - b.line)
  const packer = new LinePacker()
  for (let from = 0; from < sorted.length;) {
    let end = from
    let latest = -Infinity
    let first = none
    for (; end < sorted.length && sorted[end]!.institution === sorted[from]!.institution; end++) {
      latest = Math.max(latest, sorted[end]!.day)
      first = Math.min(first, sorted[end]!.line)
    }
    packer.begin(sorted[from]!.institution, latest, first)
    for (const one of sorted.slice(from, end)) packer.add(one.drug, one.line, one.status, one.day, one.dayBasis, one.reason, one.leadDays, one.quantity)
    from = end
  }
  return packer.finish()
}

/** Goes over the lines of one institution without making an object of each: {@link next} moves to the next and fills the fields. */
export class LineReader implements ReportLine {
  drug = 0
  line = 0
  status = 0
  day = 0
  dayBasis = 0
  reason: number | null = null
  leadDays: number | null = null
  quantity: number | null = null
  readonly #reader = new ByteReader()
  #latest = 0
  #first = 0

  /** Begins at the first of an institution's lines. */
  open(bytes: Uint8Array, from = 0, end = bytes.length): this {
    this.#reader.open(bytes, from, end)
    this.#latest = this.#reader.varint()
    this.#first = this.#reader.varint()
    this.drug = 0
    return this
  }

  /** False after the last line. */
  next(): boolean {
    const reader = this.#reader
    if (reader.done) return false
    this.drug += reader.varint()
    this.line = this.#first + reader.varint()
    const head = reader.byte()
    this.status = head & 7
    this.dayBasis = (head >> 3) & 3
    this.day = this.#latest - reader.varint()
    this.reason = head & 32 ? reader.byte() : null
    this.leadDays = head & 64 ? reader.varint() : null
    this.quantity = head & 128 ? reader.double() : null
    return true
  }
}

/** The lines of one institution as objects. */
export function unpackLines(bytes: Uint8Array): ReportLine[] {
  const reader = new LineReader().open(bytes)
  const lines: ReportLine[] = []
  while (reader.next()) {
    const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
    lines.push({ drug, line, status, day, dayBasis, reason, leadDays, quantity })
  }
  return lines
}
