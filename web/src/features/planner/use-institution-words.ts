import type { Candidate } from '@lastmile/shared/planner'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'

type Institution = Pick<Candidate, 'kind' | 'level' | 'unit' | 'cityName'>

/** What the planner's tables say of an institution: of which kind and level it is, and in which unit and city it lies. */
export function useInstitutionWords() {
  const { t } = useTranslation()
  const text = useText()
  const { unitName } = useWorld()
  return useMemo(() => ({
    kind: ({ kind, level }: Institution) => [t(`words.kind.${kind}`), level].filter(Boolean).join(' · '),
    where: ({ unit, cityName }: Institution) => [unit === null ? null : unitName(unit), cityName && text(cityName)].filter(Boolean).join(' · '),
  }), [t, text, unitName])
}
