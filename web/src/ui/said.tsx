import type { Said as Says } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** What is said of a number of institutions that have a drug, under one kind of evidence. */
export interface SaidOf { said: Says; evidence: Evidence; institutions: number | null }

/** What stands in a figure's place where nothing certain is said: silence is never zero. Of supplies, that none was seen. Null: the figure stands. */
export function saidWord({ said, evidence, institutions }: SaidOf): 'table.missing' | 'table.unknown' | 'drug.noSupplySeen' | null {
  if (said === 'nothing') return 'table.missing'
  if (said === 'unknown' || institutions === null) return 'table.unknown'
  return evidence === 'supplied' && institutions === 0 ? 'drug.noSupplySeen' : null
}

/** A figure, or in words why there is none. */
export function Said({ of, children }: { of: SaidOf; children: ReactNode }) {
  const { t } = useTranslation()
  const word = saidWord(of)
  return word === null ? children : <em className="quiet">{t(word)}</em>
}
