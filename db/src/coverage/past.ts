import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import type { Span } from '@lastmile/shared/chain'

/** A span of a pair that is past, under one kind of evidence (0 declared, 1 confirmed). */
export interface PastSpan extends Span {
  drug: number
  lens: number
}

const writer = new ByteWriter(1 << 12)
const reader = new ByteReader()

/** Packs past spans of one institution, in the order of drugs: some seven bytes each. */
export function packPast(spans: readonly PastSpan[]): Uint8Array<ArrayBuffer> {
  let lastDay = 0
  let lastReport = 0
  for (const span of spans) {
    if (span.to > lastDay) lastDay = span.to
    if (span.report > lastReport) lastReport = span.report
  }
  writer.varint(lastDay)
  writer.varint(lastReport)
  let drug = 0
  for (const span of spans) {
    writer.varint(span.drug - drug)
    drug = span.drug
    writer.byte(span.lens | (span.state << 2))
    writer.varint(lastDay - span.to)
    writer.varint(span.to - span.from)
    writer.varint(lastReport - span.report)
    writer.varint(span.line)
  }
  return writer.take()
}

/** The inverse of {@link packPast}. */
export function unpackPast(bytes: Uint8Array): PastSpan[] {
  reader.open(bytes)
  const lastDay = reader.varint()
  const lastReport = reader.varint()
  const spans: PastSpan[] = []
  let drug = 0
  while (!reader.done) {
    drug += reader.varint()
    const head = reader.byte()
    const to = lastDay - reader.varint()
    const from = to - reader.varint()
    spans.push({ drug, lens: head & 3, from, to, state: head >> 2, report: lastReport - reader.varint(), line: reader.varint() })
  }
  return spans
}
