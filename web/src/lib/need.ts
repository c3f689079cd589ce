import type { StandardRule } from '@lastmile/shared/standard'
import { kinds as every, type Kind } from '@lastmile/shared/kind'
import type { TFunction } from 'i18next'
import type { Format } from './format'

/** What a rule asks in words: so many institutions and, where that is asked, so many cities; and such a reach. */
export function needOf(t: TFunction, format: Format, { minInstitutions, minCities, reach }: Pick<StandardRule, 'minInstitutions' | 'minCities' | 'reach'>, cityWord: string): string {
  const institutions = format.number(minInstitutions)
  const counts = minCities > 0 ? t('gaps.needs', { institutions, cities: format.number(minCities), cityWord }) : minInstitutions > 0 ? t('gaps.needsInstitutions', { institutions }) : null
  const far = reach === null ? null : t('gaps.needsReach', { km: format.number(reach.km), share: format.number(reach.share) })
  return counts !== null && far !== null ? t('gaps.needsAnd', { one: counts, other: far }) : counts ?? far ?? t('gaps.needsNothing')
}

/** Of whom a figure is, where it is not of all institutions: of some kinds, or the eligible alone; null where it is of all, or nobody noted it. */
export function countedOf(t: TFunction, format: Format, { kinds, eligibleOnly = false }: { kinds?: readonly Kind[] | undefined; eligibleOnly?: boolean | undefined }): string | null {
  if (kinds === undefined || (kinds.length === every.length && !eligibleOnly)) return null
  const who = kinds.length === every.length ? t('gaps.countedEvery') : format.join(every.filter((kind) => kinds.includes(kind)).map((kind) => t(`gaps.countedKinds.${kind}`)))
  return t(eligibleOnly ? 'gaps.countedEligible' : 'gaps.counted', { who })
}
