import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import type { Trail, Word } from '@lastmile/shared/trail'

/** What is known of a drug at an institution, as far as a next report has to know it. */
export interface ShelfPair {
  drug: number
  declared: Trail | null
  confirmed: Trail | null
  /** The first supply that counts, or null. */
  supplied: { day: number; report: number; line: number } | null
  /** The first day on which the company declared it in stock, or null. */
  firstDeclared: number | null
  /** The first day on which any kind of evidence spoke of it while the institution was open, or null. */
  firstNamed: number | null
}

/** Days (inclusive from, exclusive to) on which eligibility files name an institution, by drug. */
export type FiledDays = ReadonlyMap<number, readonly { from: number; to: number }[]>

const writer = new ByteWriter(1 << 12)
const reader = new ByteReader()

const hasDeclared = 1
const hasConfirmed = 2
const hasSupplied = 4
const hasFirstDeclared = 8
const hasFirstNamed = 16

/**
 * Packs the pairs of an institution, which are in the order of drugs: a dozen bytes each. Days and reports are written
 * as distances from the latest of the row; the words of a pair in the order of their acceptance, so that the order
 * itself need not be written.
 */
export function packShelf(pairs: readonly ShelfPair[]): Uint8Array<ArrayBuffer> {
  let lastDay = 0
  let lastReport = 0
  const see = (day: number, report: number) => {
    if (day > lastDay) lastDay = day
    if (report > lastReport) lastReport = report
  }
  for (const pair of pairs) {
    seeTrail(pair.declared)
    seeTrail(pair.confirmed)
    if (pair.supplied) see(pair.supplied.day, pair.supplied.report)
    if (pair.firstNamed !== null) see(pair.firstNamed, 0)
    if (pair.firstDeclared !== null) see(pair.firstDeclared, 0)
  }
  writer.varint(lastDay)
  writer.varint(lastReport)
  let drug = 0
  for (const pair of pairs) {
    writer.varint(pair.drug - drug)
    drug = pair.drug
    writer.byte((pair.declared ? hasDeclared : 0) | (pair.confirmed ? hasConfirmed : 0) | (pair.supplied ? hasSupplied : 0)
      | (pair.firstDeclared === null ? 0 : hasFirstDeclared) | (pair.firstNamed === null ? 0 : hasFirstNamed))
    if (pair.firstNamed !== null) writer.varint(lastDay - pair.firstNamed)
    if (pair.firstDeclared !== null) writer.varint(lastDay - pair.firstDeclared)
    writeTrail(pair.declared)
    writeTrail(pair.confirmed)
    if (pair.supplied) {
      writer.varint(lastDay - pair.supplied.day)
      writer.varint(lastReport - pair.supplied.report)
      writer.varint(pair.supplied.line)
    }
  }
  return writer.take()

  function seeTrail(trail: Trail | null): void {
    if (!trail) return
    see(trail.from, 0)
    for (const word of trail.words) see(word.day, word.report)
  }

  function writeTrail(trail: Trail | null): void {
    if (!trail) return
    const words = inOrder(trail.words)
    writer.varint(lastDay - trail.from)
    writer.varint(words.length)
    for (const word of words) {
      writer.varint(word.source)
      writer.varint(lastReport - word.report)
      writer.varint(word.line)
      if (word.line > 0) writer.byte(word.status)
      writer.varint(lastDay - word.day)
    }
  }
}

/** The inverse of {@link packShelf}; of one drug alone where it is given, and then nothing is made of the others. */
export function unpackShelf(bytes: Uint8Array, only: number | null = null): ShelfPair[] {
  reader.open(bytes)
  const lastDay = reader.varint()
  const lastReport = reader.varint()
  const pairs: ShelfPair[] = []
  let drug = 0
  while (!reader.done) {
    drug += reader.varint()
    if (only !== null && drug > only) break
    const has = reader.byte()
    if (only !== null && drug < only) {
      passPair(has)
      continue
    }
    const firstNamed = has & hasFirstNamed ? lastDay - reader.varint() : null
    const firstDeclared = has & hasFirstDeclared ? lastDay - reader.varint() : null
    const declared = has & hasDeclared ? readTrail(lastDay, lastReport) : null
    const confirmed = has & hasConfirmed ? readTrail(lastDay, lastReport) : null
    const supplied = has & hasSupplied ? { day: lastDay - reader.varint(), report: lastReport - reader.varint(), line: reader.varint() } : null
    pairs.push({ drug, declared, confirmed, supplied, firstDeclared, firstNamed })
  }
  return pairs
}

function passPair(has: number): void {
  if (has & hasFirstNamed) reader.varint()
  if (has & hasFirstDeclared) reader.varint()
  if (has & hasDeclared) passTrail()
  if (has & hasConfirmed) passTrail()
  if (has & hasSupplied) for (let n = 0; n < 3; n++) reader.varint()
}

function passTrail(): void {
  reader.varint()
  for (let left = reader.varint(); left > 0; left--) {
    reader.varint()
    reader.varint()
    if (reader.varint() > 0) reader.byte()
    reader.varint()
  }
}

/** The latest day of which a packed shelf speaks: whatever holds of its pairs later, nothing of it is past. */
export function latestDayOn(bytes: Uint8Array): number {
  reader.open(bytes)
  return reader.varint()
}

function readTrail(lastDay: number, lastReport: number): Trail {
  const from = lastDay - reader.varint()
  const count = reader.varint()
  const words: Word[] = []
  for (let order = 0; order < count; order++) {
    const source = reader.varint()
    const report = lastReport - reader.varint()
    const line = reader.varint()
    const status = line > 0 ? reader.byte() : 0
    words.push({ source, report, line, status, day: lastDay - reader.varint(), order })
  }
  return { from, words }
}

function inOrder(words: readonly Word[]): readonly Word[] {
  for (let i = 1; i < words.length; i++) if (words[i]!.order < words[i - 1]!.order) return [...words].sort((a, b) => a.order - b.order)
  return words
}

/** Packs days of eligibility: drugs that share their days stand together. The same days are always packed the same. */
export function packFiled(filed: FiledDays): Uint8Array<ArrayBuffer> {
  const groups = new Map<string, { days: readonly { from: number; to: number }[]; drugs: number[] }>()
  for (const [drug, days] of [...filed].sort(([a], [b]) => a - b)) {
    const key = days.map((one) => `${one.from}-${one.to}`).join()
    const group = groups.get(key)
    if (group) group.drugs.push(drug)
    else groups.set(key, { days, drugs: [drug] })
  }
  for (const { days, drugs } of groups.values()) {
    writer.varint(days.length)
    for (const { from, to } of days) {
      writer.signed(from)
      writer.varint(to - from)
    }
    writer.varint(drugs.length)
    let last = 0
    for (const drug of drugs) {
      writer.varint(drug - last)
      last = drug
    }
  }
  return writer.take()
}

/** The inverse of {@link packFiled}. */
export function unpackFiled(bytes: Uint8Array): Map<number, { from: number; to: number }[]> {
  const filed = new Map<number, { from: number; to: number }[]>()
  reader.open(bytes)
  while (!reader.done) {
    const days: { from: number; to: number }[] = []
    for (let n = reader.varint(); n > 0; n--) {
      const from = reader.signed()
      days.push({ from, to: from + reader.varint() })
    }
    let drug = 0
    for (let n = reader.varint(); n > 0; n--) {
      drug += reader.varint()
      filed.set(drug, days)
    }
  }
  return filed
}
