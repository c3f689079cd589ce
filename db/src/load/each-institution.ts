import { LineReader, packLines, type PackedLines, type ReportLine } from '@lastmile/shared/report-lines'

/** The lines of one report about one institution. */
export interface InstitutionLines {
  institution: number
  /** Packed. */
  lines: Uint8Array
  count: number
  /** The earliest day of which any line speaks. */
  earliest: number
}

const reader = new LineReader()

/** The institutions of a report in the order of their ids, whichever of its parts name them. */
export function* eachInstitution(parts: readonly PackedLines[]): Generator<InstitutionLines> {
  const at = parts.map(() => 0)
  for (;;) {
    let institution = Infinity
    parts.forEach((part, i) => {
      if (at[i]! < part.institutions.length) institution = Math.min(institution, part.institutions[at[i]!]!)
    })
    if (institution === Infinity) return
    const own: Uint8Array[] = []
    parts.forEach((part, i) => {
      const place = at[i]!
      if (part.institutions[place] !== institution) return
      own.push(part.bytes.subarray(place === 0 ? 0 : part.ends[place - 1]!, part.ends[place]!))
      at[i] = place + 1
    })
    yield measured(institution, own.length === 1 ? own[0]! : together(institution, own))
  }
}

function measured(institution: number, lines: Uint8Array): InstitutionLines {
  let earliest = Infinity
  let count = 0
  reader.open(lines)
  while (reader.next()) {
    count += 1
    if (reader.day < earliest) earliest = reader.day
  }
  return { institution, lines, count, earliest }
}

function together(institution: number, packed: readonly Uint8Array[]): Uint8Array {
  const lines: (ReportLine & { institution: number })[] = []
  for (const bytes of packed) {
    reader.open(bytes)
    while (reader.next()) {
      const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
      lines.push({ institution, drug, line, status, day, dayBasis, reason, leadDays, quantity })
    }
  }
  return packLines(lines).bytes
}
