import type { Database } from '@lastmile/db/database'
import { storeRows, type RowTarget, type StoredRow } from '@lastmile/db/load/store-rows'
import { dayOfNumber } from '@lastmile/shared/day'
import { LineReader } from '@lastmile/shared/report-lines'
import { dayBases, reasons, statuses } from '@lastmile/shared/status'
import type { Masters } from '../reading/masters.js'
import { priceText } from '../reading/pack-report.js'
import type { PackedReport } from './packed-report.js'

/** Codes by narrow id. */
export interface Codes {
  readonly institutions: ReadonlyMap<number, string>
  readonly drugs: ReadonlyMap<number, string>
}

/*
 * ADAPTER, to be replaced: the store takes rows by codes today. Where it takes packed lines by narrow ids, this file goes.
 */

/** Stores the lines and prices of a report. */
export async function storePacked(db: Database, target: RowTarget, report: PackedReport, codes: Codes): Promise<void> {
  await storeRows(db, target, rowsOf(report, codes))
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
