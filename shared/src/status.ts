import { z } from 'zod'

/** What a statement says of a drug at an institution. Only `in_stock` counts as stocked; `not_known` is never zero. */
export const statuses = ['in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known'] as const
export const Status = z.enum(statuses)
export type Status = z.infer<typeof Status>

/** Why an institution does not carry a drug: the fixed vocabulary of the domain. */
export const reasons = [
  'cold_chain', 'few_patients', 'thin_margin', 'qualified_centre', 'performance_assessment',
  'expiry_risk', 'formulary_size', 'committee_not_convened', 'supply', 'other',
] as const
export const Reason = z.enum(reasons)
export type Reason = z.infer<typeof Reason>

/** Which day of the file became the statement's day: observed, filed (上报日期), or the report's as-of day. */
export const dayBases = ['observed', 'filed', 'as_of'] as const
export const DayBasis = z.enum(dayBases)
export type DayBasis = z.infer<typeof DayBasis>
