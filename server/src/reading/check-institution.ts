import type { RowErrorCode } from '@lastmile/shared/reading'
import type { Profile } from '@lastmile/shared/source'
import { institutionIndex, type Masters } from './masters.js'

export type CheckedInstitution = { readonly code: string } | { readonly error: RowErrorCode }

/**
 * Checks institution codes. Form before meaning: a code of another shape is BAD_INSTITUTION_CODE. An institution outside the
 * sender's scope is INSTITUTION_OUT_OF_SCOPE whether or not it exists, so that nobody learns other provinces' codes by
 * trying: where the master knows the code its row decides, else the digits do. Then UNKNOWN_INSTITUTION, INSTITUTION_INACTIVE.
 */
export function institutionChecker(profile: Profile, masters: Masters): (code: string) => CheckedInstitution {
  const find = institutionIndex(masters.institutions)
  const shape = profile.institutionCodePattern === undefined ? null : new RegExp(profile.institutionCodePattern)
  const check = (code: string): CheckedInstitution => {
    const upper = code.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    if (shape && !shape.test(upper)) return { error: 'BAD_INSTITUTION_CODE' }
    const found = find(code)
    if (found ? !found.inScope : !withinPrefixes(upper, masters.scopePrefixes)) return { error: 'INSTITUTION_OUT_OF_SCOPE' }
    if (!found) return { error: 'UNKNOWN_INSTITUTION' }
    return found.active ? { code: found.code } : { error: 'INSTITUTION_INACTIVE' }
  }
  let last: { code: string; checked: CheckedInstitution } | null = null
  return (code) => {
    if (last?.code !== code) last = { code, checked: check(code) }
    return last.checked
  }
}

function withinPrefixes(code: string, prefixes: readonly string[] | null): boolean {
  const digits = code.replace(/^[A-Z]+/, '')
  return prefixes === null || prefixes.some((prefix) => digits.startsWith(prefix))
}
