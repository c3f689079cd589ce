import { z } from 'zod'

/** By what rows are ordered, and whether the order falls. What is not given stands last either way; what is alike stands in the usual order. */
export interface Sort<Field extends string = string> {
  by: Field
  falling: boolean
}

/** A sort as a question carries it: a field and a way. */
export type SortText<Field extends string> = `${Field}-${'up' | 'down'}`

/** By what gaps can be ordered: drugs as the list numbers them, regions as their set does, companies by code, reasons as they are named, the rest by value. By age all are looked at over time. */
export const gapOrders = ['drug', 'region', 'company', 'reason', 'age', 'institutions', 'cities', 'eligible', 'unknown', 'population'] as const
export type GapOrder = (typeof gapOrders)[number]

/** By what institutions can be ordered: units as their set does, kinds as they are named, words by their letters' code points. Not by state: which are in one is asked with `state`. */
export const institutionOrders = ['name', 'code', 'kind', 'level', 'unit', 'address'] as const
export type InstitutionOrder = (typeof institutionOrders)[number]

/**
 * By what rows can be ordered: institutions by name, units as their set does, drugs as the list numbers them, states as
 * they are named, reports by source, report and line. See {@link ordersOfAnyRows}.
 */
export const statementOrders = ['institution', 'unit', 'drug', 'state', 'day', 'report'] as const
export type StatementOrder = (typeof statementOrders)[number]

/** The orders in which any number of rows can be answered without looking at all of them. */
export const ordersOfAnyRows: readonly StatementOrder[] = ['institution', 'unit', 'drug']

/** Of how many rows at most the other orders are made. */
export const rowsOrderedAtMost = 10_000

/** By what reports can be ordered: sources by code, states as they are named, the rest by value. */
export const reportOrders = ['number', 'filename', 'source', 'evidence', 'asOf', 'state', 'rowsTotal', 'receivedAt'] as const
export type ReportOrder = (typeof reportOrders)[number]

/** By what sources are ordered that owe reports: sources by code, units as their set does, the rest by value. */
export const reportingOrders = ['source', 'unit', 'silent', 'rate', 'missing'] as const
export type ReportingOrder = (typeof reportingOrders)[number]

/** The `sort` of a question whose rows can be ordered by these fields: `population-down`. */
export function sortBy<Field extends string>(fields: readonly Field[]) {
  return z.enum(fields.flatMap((field): SortText<Field>[] => [`${field}-up`, `${field}-down`]))
}

/** What a question's `sort` says, or null where it says nothing. */
export function sortOf<Field extends string>(text: SortText<Field> | undefined): Sort<Field> | null {
  if (text === undefined) return null
  const at = text.lastIndexOf('-')
  return { by: text.slice(0, at) as Field, falling: text.slice(at + 1) === 'down' }
}

/** The inverse of {@link sortOf}. */
export function sortText<Field extends string>({ by, falling }: Sort<Field>): SortText<Field> {
  return `${by}-${falling ? 'down' : 'up'}`
}
