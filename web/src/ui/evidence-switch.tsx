import { evidences } from '@lastmile/shared/evidence'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../lib/evidence-words'
import { useAsking, useWorld } from '../lib/world'
import { EvidenceGlyph } from './evidence-badge'
import css from './evidence-switch.module.css'

/** Chooses the page's kind of evidence, in the URL. Exactly one: they are never added together. Kinds of which nothing was ever accepted cannot be chosen. */
export function EvidenceSwitch() {
  const { t } = useTranslation()
  const words = useEvidenceWords()
  const { list } = useWorld()
  const { evidence: current } = useAsking()
  return (
    <nav className={css.switch} aria-label={t('words.evidence.label')}>
      {evidences.map((evidence) => (list.evidences.includes(evidence) || evidence === current ? (
        <Link
          key={evidence} to="." search={(previous) => ({ ...previous, evidence, rows: undefined })} replace resetScroll={false}
          data-evidence={evidence} data-on={evidence === current} aria-current={evidence === current ? 'true' : undefined} title={words(evidence).means}
          activeProps={{}} inactiveProps={{}} activeOptions={{ exact: true, includeSearch: true }}
        >
          <EvidenceGlyph evidence={evidence} size={17} />{t(`words.evidence.${evidence}.short`)}
        </Link>
      ) : <span key={evidence} title={t('overview.cards.none')}><EvidenceGlyph evidence={evidence} size={17} />{t(`words.evidence.${evidence}.short`)}<span className="sr-only">: {t('overview.cards.none')}</span></span>))}
    </nav>
  )
}
