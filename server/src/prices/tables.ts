import type { ListRow } from '@lastmile/db/query/lists'
import type { PriceMonitoringAnswer, RetailPrice, RetailPricesAnswer, SettlementPricesAnswer } from '@lastmile/shared/price'
import { cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable, TableRow } from '../http/table-file.js'

/** Stands on every export of prices: they are the asker's, and to be passed on to nobody. */
const confidential: [string, string] = ['prices 价格', 'for whom they belong to alone: not to be passed on 仅限有权知悉者，不得外传']

export function retailTable(list: ListRow, { rows, page }: RetailPricesAnswer, { drug, institution, region }: { drug?: string | undefined; institution?: string | undefined; region?: string | undefined }): ExportTable {
  return {
    name: `retail-prices-${list.code}-${list.today}`,
    columns: ['drug', 'institution', 'institution_name', 'kind', 'unit', 'city', 'amount', 'day', 'report', 'line'],
    rows: rows.map((one) => [one.drug, ...sellerCells(one), one.amount, one.day, one.report ?? null, one.line ?? null]),
    notes: [['list 目录', list.code], ...limitNotes({ drug, region }), ...(institution ? [['institution 机构', institution] as [string, string]] : []), confidential, ...cutNotes(page)],
  }
}

export function settlementTable(list: ListRow, { rows }: SettlementPricesAnswer): ExportTable {
  return {
    name: `settlement-prices-${list.code}-${list.today}`,
    columns: ['drug', 'valid_from', 'amount', 'pack', 'entered_at', 'entered_by', 'replaced_at'],
    rows: rows.map((one) => [one.drug, one.validFrom, one.amount, one.pack, one.enteredAt, one.enteredBy ?? null, one.replacedAt]),
    notes: [['list 目录', list.code], confidential],
  }
}

/** What is said of each drug and kind, and below it, in the same columns, each price that stands out. */
export function monitoringTable(list: ListRow, { drugs }: PriceMonitoringAnswer): ExportTable {
  const spreads = drugs.flatMap(({ drug, settlement, spreads, pharmacyToHospital }) => spreads.map((one): TableRow => [
    drug, 'spread', one.kind, one.sellers, one.low, one.median, one.high, settlement, pharmacyToHospital, null, null, null, null, null, null, null, null, null,
  ]))
  const outliers = drugs.flatMap(({ drug, settlement, outliers }) => outliers.map((one): TableRow => {
    const [institution, name, kind, unit, city] = sellerCells(one)
    return [drug, 'outlier', kind!, null, null, null, null, settlement, null, institution!, name!, unit!, city!, one.amount, one.side, one.day, one.report ?? null, one.line ?? null]
  }))
  return {
    name: `price-monitoring-${list.code}-${list.today}`,
    columns: ['drug', 'of', 'kind', 'sellers', 'low', 'median', 'high', 'settlement', 'pharmacy_to_hospital', 'institution', 'institution_name', 'unit', 'city', 'amount', 'side', 'day', 'report', 'line'],
    rows: [...spreads, ...outliers],
    notes: [['list 目录', list.code], ['an empty low, median or high 空白', 'fewer than three sellers 售卖机构不足三家'], confidential],
  }
}

function sellerCells({ institution, institutionName, kind, unit, city }: RetailPrice): TableRow {
  return [institution, institutionName, kind, unit, city]
}
