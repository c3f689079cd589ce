import type { Scope } from './source.js'

const parts = ['drugs', 'regions', 'kinds'] as const

/** True where a scope speaks of all that another does, by the codes that they name. */
export function speaksOfAll(scope: Scope, other: Scope): boolean {
  return parts.every((of) => {
    const [own, all]: [readonly string[] | null, readonly string[] | null] = [scope[of], other[of]]
    return own === null || (all !== null && all.every((one) => own.includes(one)))
  })
}

/** True where two scopes of a source may speak of one pair: they name the same, or one of them all that the source speaks of. A city lies in the regions of its source. */
export function mayOverlap(a: Scope, b: Scope, source: Scope): boolean {
  return parts.every((of) => {
    const [one, other, all]: [readonly string[] | null, readonly string[] | null, readonly string[] | null] = [a[of], b[of], source[of]]
    const isAll = (some: readonly string[] | null) => some === null || (all !== null && all.some((code) => some.includes(code)))
    return isAll(one) || isAll(other) || one!.some((code) => other!.includes(code))
  })
}
