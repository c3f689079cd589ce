import type { Evidence } from '@lastmile/shared/evidence'
import { useTranslation } from 'react-i18next'
import { useWorld } from './world'

/** What a kind of evidence is called, and what it means. In China provinces confirm as well as institutions; elsewhere institutions alone. */
export function useEvidenceWords(): (evidence: Evidence) => { name: string; means: string } {
  const { t } = useTranslation()
  const { regionSet } = useWorld().regions
  return (evidence) => {
    const key = evidence === 'confirmed' && regionSet !== 'cn' ? 'confirmedByInstitution' : evidence
    return { name: t(`words.evidence.${key}.name`), means: t(`words.evidence.${key}.means`) }
  }
}
