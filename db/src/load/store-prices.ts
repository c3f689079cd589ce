import { sql } from 'drizzle-orm'
import { arrayOf, type Database } from '../database.js'

/** A price that rode on a line of a report, in hundredths of the currency. */
export interface StoredPrices {
  institution: Int32Array
  drug: Int32Array
  line: Int32Array
  hundredths: Float64Array
}

const rowsAtOnce = 20_000

/** Keeps the prices of a report, apart from all that is shown. */
export async function storePrices(db: Database, reportId: number, prices: StoredPrices): Promise<void> {
  for (let at = 0; at < prices.line.length; at += rowsAtOnce) {
    const end = at + rowsAtOnce
    await db.execute(sql`
      insert into price (institution_id, drug_id, report_id, line, amount)
      select i, d, ${reportId}::int, l, p / 100 from unnest(${arrayOf('int', [...prices.institution.subarray(at, end)])}, ${arrayOf('int', [...prices.drug.subarray(at, end)])},
        ${arrayOf('int', [...prices.line.subarray(at, end)])}, ${arrayOf('numeric', [...prices.hundredths.subarray(at, end)])}) as n(i, d, l, p)`)
  }
}
