import type { Database } from '@lastmile/db/database'
import { drugsOf } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { enterSettlementPrices, settlementPricesOf } from '@lastmile/db/query/settlement-prices'
import { everything } from '@lastmile/shared/purview'
import { settlementPrices } from './prices.js'

/** When they are entered, and when one of them is corrected. */
const [enteredAt, correctedAt] = ['2026-01-05T02:00:00.000Z', '2026-03-02T02:30:00.000Z']

/** Who enters them: the demonstration's regulator. */
const by = 'demonstration-operator'

/** Enters the demonstration's settlement prices as the regulator would, one of them wrongly at first. What an interrupted start has entered already is left as it is. */
export async function enterDemonstrationPrices(db: Database, list: ListRow): Promise<void> {
  if ((await settlementPricesOf(db, list, { purview: everything, drug: null, history: false })).length > 0) return
  const prices = settlementPrices((await drugsOf(db, list.id)).map(({ data }) => data.code), list.inForce)
  const [right, ...others] = prices
  if (!right) return
  await db.transaction(async (tx) => {
    await enterSettlementPrices(tx as Database, list, [{ ...right, amount: right.amount.replace('.00', '.99') }, ...others], { at: enteredAt, by })
    await enterSettlementPrices(tx as Database, list, [right], { at: correctedAt, by })
  })
}
