import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../lib/evidence-words'
import css from './evidence-badge.module.css'
import { evidenceLooks } from './marks'

/** The sign of a kind of evidence alone. Decoration: say the word beside it. */
export function EvidenceGlyph({ evidence, size = 18 }: { evidence: Evidence; size?: number }) {
  const { glyph } = evidenceLooks[evidence]
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" className={css.glyph}>
      <path d={glyph} fill="none" stroke="currentColor" strokeWidth={1.6} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

/** A kind of evidence by colour, sign, border and word: on whose word a figure stands. */
export function EvidenceBadge({ evidence, compact = false }: { evidence: Evidence; compact?: boolean }) {
  const { t } = useTranslation()
  const words = useEvidenceWords()
  return (
    <span className={css.badge} data-evidence={evidence} title={words(evidence).means}>
      <EvidenceGlyph evidence={evidence} size={16} />
      {compact ? t(`words.evidence.${evidence}.short`) : words(evidence).name}
    </span>
  )
}

/** The three kinds of evidence and what each means. */
export function EvidenceLegend() {
  const words = useEvidenceWords()
  return (
    <dl className={css.legend}>
      {evidences.map((evidence) => (
        <div key={evidence}>
          <dt><EvidenceBadge evidence={evidence} /></dt>
          <dd>{words(evidence).means}</dd>
        </div>
      ))}
    </dl>
  )
}
