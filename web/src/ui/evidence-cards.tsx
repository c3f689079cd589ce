import type { Basis } from '@lastmile/shared/basis'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../lib/evidence-words'
import { useFormat } from '../lib/format'
import { kindsOf } from '../lib/kinds-told'
import type { RowsQuestion } from '../lib/search'
import { useAsking, useWorld } from '../lib/world'
import { EvidenceBadge } from './evidence-badge'
import css from './evidence-cards.module.css'
import { NumberLink } from './number-link'

/**
 * The three kinds of evidence side by side, each with its own figures: never mixed, never added. `label` names the group.
 * `choose`: each card can be made the one that the whole page speaks by, in the URL.
 */
export function EvidenceCards({ label, note, choose = false, card }: { label: string; note?: ReactNode; choose?: boolean; card: (evidence: Evidence) => ReactNode }) {
  const { t } = useTranslation()
  const words = useEvidenceWords()
  const { list } = useWorld()
  const { evidence: current } = useAsking()
  return (
    <section aria-label={label}>
      {note !== undefined && <p className={css.note}>{note}</p>}
      <div className={css.cards}>
        {evidences.map((evidence) => {
          const used = choose && evidence === current
          return (
            <article key={evidence} className={css.card} data-evidence={evidence} data-used={used} aria-label={words(evidence).name}>
              <header>
                <EvidenceBadge evidence={evidence} />
                {used && <span className={css.used}>{t('words.evidence.used')}</span>}
                {choose && !used && list.evidences.includes(evidence) && (
                  <Link to="." search={(previous) => ({ ...previous, evidence, rows: undefined })} replace resetScroll={false} className={css.use}>{t('words.evidence.use')}<span className="sr-only">: {t(`words.evidence.${evidence}.short`)}</span></Link>
                )}
              </header>
              {card(evidence)}
            </article>
          )
        })}
      </div>
    </section>
  )
}

/** A card's one large figure with what it counts. */
export function BigFigure({ children, label, alarm = false }: { children: ReactNode; label: ReactNode; alarm?: boolean }) {
  return <p className={css.big} data-alarm={alarm}><strong>{children}</strong><span>{label}</span></p>
}

/** The label and value of a {@link SmallFigures}; null where there is nothing to say. */
export type SmallFigure = readonly [label: string, value: ReactNode] | null

/** Smaller figures below it. */
export function SmallFigures({ figures }: { figures: readonly SmallFigure[] }) {
  return (
    <dl className={css.small}>
      {figures.filter((figure) => figure !== null).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}

/** A total by kind of institution, each opening its rows; nothing where the list does not tell kinds apart. */
export function useKindFigures(): (stocked: Parameters<typeof kindsOf>[0], rows: RowsQuestion) => SmallFigure[] {
  const { t } = useTranslation()
  return (stocked, rows) => kindsOf(stocked).map(([kind, count]) => [t(`words.kinds.${kind}`), <NumberLink key={kind} value={count} rows={{ ...rows, kind }} label={t(`words.kinds.${kind}`)} />])
}

/** What a card's figures rest on: as of when and, for supplies, counted since when. */
export function CardBasis({ basis, children }: { basis: Basis; children?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <p className="quiet">
      {t('frame.asOf', { day: format.day(basis.asOf) })}{basis.evidence === 'supplied' && basis.since !== null && ` · ${t('frame.since', { day: format.day(basis.since) })}`}
      {children !== undefined && <><br />{children}</>}
    </p>
  )
}
