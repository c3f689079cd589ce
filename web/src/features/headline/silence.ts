import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'

/** Why a headline has nothing to count, in words: the list was not in force yet (`early`), or nobody had reported. Null where its figures stand, or while they are awaited. */
export function useSilence(headline: Pick<HeadlineAnswer, 'basis' | 'reported'> | undefined): { words: string; early: boolean } | null {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  if (!headline) return null
  const { basis, reported } = headline
  const day = format.day(basis.asOf)
  if (basis.asOf < list.inForce) return { words: t('overview.notInForce', { day, inForce: format.day(list.inForce) }), early: true }
  if (reported) return null
  const known = basis.knownOn === null ? '' : t('overview.knownThen', { instant: format.zoned(basis.knownOn, list.timeZone) })
  return { words: t('overview.notReported', { day, known, evidence: t(`words.evidence.${basis.evidence ?? 'declared'}.short`) }), early: false }
}
