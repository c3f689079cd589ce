import type { RowErrorCode } from '@lastmile/shared/reading'
import type { Profile } from '@lastmile/shared/source'
import { institutionIndex, type Masters } from './masters.js'

/** The place of an institution in the master, or what is wrong with its code. */
export type CheckedInstitution = { readonly value: number } | RowErrorCode

/**
 * Checks institution codes. Form before meaning: a code of another shape is BAD_INSTITUTION_CODE. An institution outside the
 * sender's scope is INSTITUTION_OUT_OF_SCOPE whether or not it exists, so that nobody learns other provinces' codes by
 * trying: where the master knows the code its row decides, else the digits do. Then UNKNOWN_INSTITUTION, INSTITUTION_INACTIVE.
 */
export function institutionChecker(profile: Profile, masters: Masters): (code: string) => CheckedInstitution {
  const find = institutionIndex(masters.institutions)
  const shape = profile.institutionCodePattern === undefined ? null : new RegExp(profile.institutionCodePattern)
  return (code) => {
    const upper = code.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    if (shape && !shape.test(upper)) return 'BAD_INSTITUTION_CODE'
    const found = find(code)
    if (found ? !found.inScope : !withinPrefixes(upper, masters.scopePrefixes)) return 'INSTITUTION_OUT_OF_SCOPE'
    if (!found) return 'UNKNOWN_INSTITUTION'
    return found.active ? { value: found.place } : 'INSTITUTION_INACTIVE'
  }
}

function withinPrefixes(code: string, prefixes: readonly string[] | null): boolean {
  const digits = code.replace(/^[A-Z]+/, '')
  return prefixes === null || prefixes.some((prefix) => digits.startsWith(prefix))
}
