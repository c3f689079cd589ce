import type { Stocked } from '@lastmile/shared/coverage'

/** False where a list tells no hospitals from pharmacies (all its institutions are "other"): columns of zeros would say what nobody said. */
export function kindsTold(stocked: readonly (Stocked | undefined)[]): boolean {
  const sum = (kind: 'hospitals' | 'pharmacies' | 'others') => stocked.reduce((total, one) => total + (one?.[kind] ?? 0), 0)
  return sum('others') === 0 || sum('hospitals') + sum('pharmacies') > 0
}
