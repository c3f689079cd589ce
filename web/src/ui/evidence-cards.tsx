import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceBadge } from './evidence-badge'
import css from './evidence-cards.module.css'

/** The three kinds of evidence side by side, each with its own figures: never mixed, never added. `label` names the group. */
export function EvidenceCards({ label, card }: { label: string; card: (evidence: Evidence) => ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className={css.cards} aria-label={label}>
      {evidences.map((evidence) => (
        <article key={evidence} className={css.card} data-evidence={evidence} aria-label={t(`words.evidence.${evidence}.name`)}>
          <p className={css.badge}><EvidenceBadge evidence={evidence} /></p>
          {card(evidence)}
        </article>
      ))}
    </section>
  )
}

/** A card's one large figure with what it counts. */
export function BigFigure({ children, label, alarm = false }: { children: ReactNode; label: ReactNode; alarm?: boolean }) {
  return <p className={css.big} data-alarm={alarm}><strong>{children}</strong><span>{label}</span></p>
}

/** Smaller figures below it. */
export function SmallFigures({ figures }: { figures: readonly (readonly [label: string, value: ReactNode] | null)[] }) {
  return (
    <dl className={css.small}>
      {figures.filter((figure) => figure !== null).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}
