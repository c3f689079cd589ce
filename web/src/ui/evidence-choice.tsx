import { evidences } from '@lastmile/shared/evidence'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAsking, useWorld } from '../lib/world'
import { Choices } from './choices'
import { EvidenceGlyph } from './evidence-badge'

/** Whose word the page shows, kept in the URL. Kinds of which nothing was ever accepted cannot be chosen. */
export function EvidenceChoice() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { evidence } = useAsking()
  const navigate = useNavigate()
  return (
    <Choices
      label={t('words.evidence.label')} value={evidence} onChange={(next) => void navigate({ to: '.', search: (previous) => ({ ...previous, evidence: next }), replace: true, resetScroll: false })}
      options={evidences.map((one) => ({ value: one, disabled: !list.evidences.includes(one), label: <><EvidenceGlyph evidence={one} size={15} />{t(`words.evidence.${one}.short`)}</> }))}
    />
  )
}
