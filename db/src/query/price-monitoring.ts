import type { PriceMonitoringAnswer, PriceSpread } from '@lastmile/shared/price'
import { kinds } from '@lastmile/shared/kind'
import { ratioOfMedians, spreadOf, standingOut } from '@lastmile/shared/price-statistics'
import { everything } from '@lastmile/shared/purview'
import { asViewer } from '../as-viewer.js'
import type { Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { drugsOf, type DrugRow } from './drugs.js'
import { lastPrices, toldPrices, type LastPrice } from './last-prices.js'
import type { ListRow } from './lists.js'
import { settlementsHolding } from './settlement-prices.js'

/**
 * Retail prices of drugs compared, one drug after the other: each of which anybody asks a price, or only `drug`. For who
 * may see all prices; a seller is an institution, with its last price.
 */
export async function priceMonitoringOf(db: Database, list: ListRow, drug: DrugRow | null): Promise<PriceMonitoringAnswer> {
  const settlements = await settlementsHolding(db, list, list.today)
  const drugs: PriceMonitoringAnswer['drugs'] = []
  for (const { id, data: { code } } of drug ? [drug] : await drugsOf(db, list.id)) {
    const compared = await asViewer(db, everything, async (tx) => comparedOf(tx, await lastPrices(tx, list, { purview: everything, reports: everything, drug: id, institution: null, area: null }, null)))
    const settlement = settlements.get(code) ?? null
    if (drug || compared.spreads.length > 0 || settlement !== null) drugs.push({ drug: code, settlement, ...compared })
  }
  return { drugs }
}

type Compared = Omit<PriceMonitoringAnswer['drugs'][number], 'drug' | 'settlement'>

async function comparedOf(db: Database, prices: readonly LastPrice[]): Promise<Compared> {
  const spreads: PriceSpread[] = []
  const beyond = new Map<LastPrice, 'low' | 'high'>()
  const amounts = new Map(kinds.map((kind) => [kind, prices.filter((price) => price.kind === kindCodes.code(kind))]))
  for (const [kind, own] of amounts) {
    if (own.length === 0) continue
    const hundredths = own.map((price) => price.hundredths)
    spreads.push({ kind, sellers: own.length, ...(spreadOf(hundredths) ?? { low: null, median: null, high: null }) })
    const sideOf = standingOut(hundredths)
    for (const price of own) {
      const side = sideOf(price.hundredths)
      if (side !== null) beyond.set(price, side)
    }
  }
  const ofKind = (kind: 'pharmacy' | 'hospital') => amounts.get(kind)!.map((price) => price.hundredths)
  const sides = [...beyond.values()]
  return {
    spreads, pharmacyToHospital: ratioOfMedians(ofKind('pharmacy'), ofKind('hospital')),
    outliers: (await toldPrices(db, [...beyond.keys()], everything)).map((price, at) => ({ ...price, side: sides[at]! })),
  }
}
