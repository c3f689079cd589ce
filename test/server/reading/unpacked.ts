import { dayOfNumber } from '@lastmile/shared/day'
import { LineReader } from '@lastmile/shared/report-lines'
import { dayBases, reasons, statuses, type DayBasis, type Reason, type Status } from '@lastmile/shared/status'
import type { Masters } from '@lastmile/server/reading/masters'
import { priceText } from '@lastmile/server/reading/pack-report'
import type { PackedReport } from '@lastmile/server/reports/packed-report'

/** A line of a report in words and codes. */
export interface StoredRow {
  line: number
  institution: string
  drug: string
  status: Status
  day: string | null
  dayBasis: DayBasis
  price: string | null
  reason: Reason | null
  leadDays: number | null
  quantity: number | null
}

/** Codes by narrow id. */
export interface Codes {
  readonly institutions: ReadonlyMap<number, string>
  readonly drugs: ReadonlyMap<number, string>
}

/** The rows of a report as objects, by codes, in the order of institutions and drugs. */
export function rowsOf({ parts, prices }: PackedReport, codes: Codes): StoredRow[] {
  const priced = new Map<number, number>()
  prices?.line.forEach((line, at) => priced.set(line, prices.hundredths[at]!))
  const rows: StoredRow[] = []
  const reader = new LineReader()
  for (const { institutions, ends, bytes } of parts) {
    institutions.forEach((id, place) => {
      reader.open(bytes, place === 0 ? 0 : ends[place - 1]!, ends[place]!)
      while (reader.next()) {
        const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
        const price = priced.get(line)
        rows.push({
          line, institution: codes.institutions.get(id)!, drug: codes.drugs.get(drug)!, status: statuses[status]!, day: dayBases[dayBasis] === 'as_of' ? null : dayOfNumber(day),
          dayBasis: dayBases[dayBasis]!, price: price === undefined ? null : priceText(price), reason: reason === null ? null : reasons[reason]!, leadDays, quantity,
        })
      }
    })
  }
  return rows
}

/** The codes of what a report was read against: of the master, or of the institutions that its rows brought along. */
export function codesOf(masters: Pick<Masters, 'drugs' | 'institutions'>, providers: readonly { readonly code: string }[] = [], brought: Int32Array | null = null): Codes {
  const names = brought ? providers.map(({ code }) => code) : masters.institutions.codes.split('\n')
  return {
    institutions: new Map(Array.from(brought ?? masters.institutions.ids, (id, place) => [id, names[place]!])),
    drugs: new Map(masters.drugs.map(({ id, code }) => [id, code])),
  }
}
