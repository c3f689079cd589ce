import { z } from 'zod'
import { Format } from './basis.js'
import { Day, Instant } from './day.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { RowErrorCode } from './reading.js'
import { words } from './words.js'

/** An amount of money as text with two decimals: nothing rounds it on its way. In the currency of the list's country. */
export const Amount = z.string().regex(/^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/, 'an amount such as 1234.50, up to eight digits and two decimals').transform((text) => {
  const [whole, decimals = ''] = text.split('.')
  return `${whole}.${decimals.padEnd(2, '0')}`
})
export type Amount = z.infer<typeof Amount>

/** A retail price: what an institution asks for a drug; and, for who may see it, the report and line that said so. */
export const RetailPrice = z.strictObject({
  drug: z.string(), institution: z.string(), institutionName: z.string(), kind: Kind, unit: z.string().nullable(), city: z.string().nullable(),
  amount: z.string(), day: Day, report: z.string().optional(), line: z.int().optional(),
})
export type RetailPrice = z.infer<typeof RetailPrice>

const paging = { offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50) }

export const RetailPricesQuestion = z.object({ drug: z.string().optional(), institution: z.string().optional(), region: z.string().optional(), ...paging, format: Format.default('json') })
export type RetailPricesQuestion = z.infer<typeof RetailPricesQuestion>
/** The last price of each pair, by unit, institution and drug. */
export const RetailPricesAnswer = z.strictObject({ rows: z.array(RetailPrice), page: Page })
export type RetailPricesAnswer = z.infer<typeof RetailPricesAnswer>

/** The price at which a drug is settled, from a day on. */
export const SettlementPrice = z.strictObject({
  drug: z.string(), validFrom: Day, amount: z.string(), pack: z.string(), enteredAt: Instant,
  /** Who entered it, for the regulator alone. */
  enteredBy: z.string().optional(),
  /** When another took its place for the same day; null for what holds. */
  replacedAt: Instant.nullable(),
})
export type SettlementPrice = z.infer<typeof SettlementPrice>

/** The longest text of what "one" of a drug is. */
export const packChars = 100
/** What "one" of a drug is: a box of seven. */
export const Pack = words(packChars)

/** What a person or a file enters: what one of the drug costs from a day on, and what "one" is. A price of nothing is none. */
export const NewSettlementPrice = onlyFields({
  drug: z.string().min(1).refine((code) => !code.includes('\0'), { message: 'a NUL is no character of a text' }),
  validFrom: Day,
  amount: Amount.refine((amount) => amount !== '0.00', { message: 'an amount above zero' }),
  pack: Pack,
})
export type NewSettlementPrice = z.infer<typeof NewSettlementPrice>

/** `history`: those too that others took the place of. */
export const SettlementPricesQuestion = z.object({ drug: z.string().optional(), history: z.enum(['true', 'false']).default('false'), format: Format.default('json') })
export type SettlementPricesQuestion = z.infer<typeof SettlementPricesQuestion>
export const SettlementPricesAnswer = z.strictObject({ rows: z.array(SettlementPrice) })
export type SettlementPricesAnswer = z.infer<typeof SettlementPricesAnswer>

/** What a file of settlement prices came to: how many were entered; or, where a row is wrong, all that is wrong and nothing entered. */
export const SettlementFileAnswer = z.strictObject({
  entered: z.int(), unchanged: z.int(),
  errors: z.array(z.strictObject({ row: z.int(), column: z.string().nullable(), code: RowErrorCode, message: z.string() })),
})
export type SettlementFileAnswer = z.infer<typeof SettlementFileAnswer>

/** Prices of one drug over the sellers of one kind; null under three sellers. */
export const PriceSpread = z.strictObject({ kind: Kind, sellers: z.int(), low: z.string().nullable(), median: z.string().nullable(), high: z.string().nullable() })
export type PriceSpread = z.infer<typeof PriceSpread>

export const PriceMonitoringQuestion = z.object({ drug: z.string().optional(), format: Format.default('json') })
export type PriceMonitoringQuestion = z.infer<typeof PriceMonitoringQuestion>

/**
 * Prices of each drug compared: between kinds of institutions, and those that stand out from the others of their kind
 * (beyond one and a half times the range between the quartiles). `settlement` is what holds today.
 */
export const PriceMonitoringAnswer = z.strictObject({
  drugs: z.array(z.strictObject({
    drug: z.string(), settlement: z.string().nullable(), spreads: z.array(PriceSpread),
    /** The median of pharmacies over that of hospitals; null where one of them has under three sellers. */
    pharmacyToHospital: z.number().nullable(),
    outliers: z.array(RetailPrice.extend({ side: z.enum(['low', 'high']) })),
  })),
})
export type PriceMonitoringAnswer = z.infer<typeof PriceMonitoringAnswer>
