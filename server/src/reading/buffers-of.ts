import type { AcceptedReading } from './read-report.js'

/** The buffers of a reading's lines and prices: what crosses from thread to thread by being moved rather than copied. */
export function buffersOf({ parts, prices }: Pick<AcceptedReading, 'parts' | 'prices'>): ArrayBuffer[] {
  const columns = [...parts.flatMap((part) => [part.institutions, part.ends, part.bytes]), ...(prices ? [prices.institution, prices.drug, prices.line, prices.hundredths] : [])]
  return columns.map((column) => column.buffer as ArrayBuffer)
}
