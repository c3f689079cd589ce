import type { Basis } from '@lastmile/shared/basis'
import type { List } from '@lastmile/shared/list'

/** Prices are those that hold on the list's today, whoever said them. */
export function priceBasis(list: List): Basis {
  return { list: list.code, evidence: null, asOf: list.today, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
}
