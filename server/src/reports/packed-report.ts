import type { PackedLines } from '@lastmile/shared/report-lines'
import type { PackedPrices } from '../reading/pack-report.js'

/** What a report says, packed: its lines by institution, and its prices apart. */
export interface PackedReport {
  readonly parts: readonly PackedLines[]
  readonly prices: PackedPrices | null
}

/**
 * The same report with institutions by narrow id, where rows brought their institutions along and the reader could know
 * no ids. `ids` are by place in the report's providers. Institutions are in ascending order again, in one part.
 */
export function withInstitutionIds({ parts, prices }: PackedReport, ids: Int32Array): PackedReport {
  const segments = parts.flatMap(({ institutions, ends, bytes }) => Array.from(institutions, (place, at) => ({
    institution: ids[place]!, bytes: bytes.subarray(at === 0 ? 0 : ends[at - 1]!, ends[at]!),
  }))).sort((a, b) => a.institution - b.institution)
  const ends = new Uint32Array(segments.length)
  const bytes = new Uint8Array(segments.reduce((sum, segment) => sum + segment.bytes.length, 0))
  let end = 0
  segments.forEach((segment, at) => {
    bytes.set(segment.bytes, end)
    ends[at] = end += segment.bytes.length
  })
  const part: PackedLines = { count: parts.reduce((sum, one) => sum + one.count, 0), institutions: Int32Array.from(segments, ({ institution }) => institution), ends, bytes }
  return { parts: segments.length === 0 ? [] : [part], prices: prices && { ...prices, institution: prices.institution.map((place) => ids[place]!) } }
}
