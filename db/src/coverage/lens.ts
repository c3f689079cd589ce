import { lensCodes } from '../schema/codes.js'

/* Lenses by their codes, as packed rows and loops know them. */

export const declaredLens = lensCodes.code('declared')
export const confirmedLens = lensCodes.code('confirmed')
export const suppliedLens = lensCodes.code('supplied')
export const standingLens = lensCodes.code('standing')
export const eligibleLens = lensCodes.code('eligible')

/** One a kind of evidence. */
export const evidenceLenses = [declaredLens, confirmedLens, suppliedLens] as const
