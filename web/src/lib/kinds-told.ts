import type { Stocked } from '@lastmile/shared/coverage'
import type { Kind } from '@lastmile/shared/kind'

type Counts = Pick<Stocked, 'hospitals' | 'pharmacies' | 'others'>

/** False where a list tells no hospitals from pharmacies (all its institutions are "other"): columns of zeros would say what nobody said. */
export function kindsTold(stocked: readonly (Counts | undefined)[]): boolean {
  const sum = (kind: keyof Counts) => stocked.reduce((total, one) => total + (one?.[kind] ?? 0), 0)
  return sum('others') === 0 || sum('hospitals') + sum('pharmacies') > 0
}

/** A total by kind of institution, as far as that says something; empty where kinds are not told apart. */
export function kindsOf(stocked: Counts): readonly (readonly [Kind, number])[] {
  if (!kindsTold([stocked])) return []
  const all = [['hospital', stocked.hospitals], ['pharmacy', stocked.pharmacies], ['other', stocked.others]] as const
  return all.filter(([kind, count]) => kind !== 'other' || count > 0)
}
