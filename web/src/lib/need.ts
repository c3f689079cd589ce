import type { TFunction } from 'i18next'
import type { Format } from './format'

/** A coverage standard in words: so many institutions and, where that is asked, so many cities. */
export function needOf(t: TFunction, format: Format, { minInstitutions, minCities }: { minInstitutions: number; minCities: number }, cityWord: string): string {
  const institutions = format.number(minInstitutions)
  return minCities > 0 ? t('gaps.needs', { institutions, cities: format.number(minCities), cityWord }) : t('gaps.needsInstitutions', { institutions })
}
