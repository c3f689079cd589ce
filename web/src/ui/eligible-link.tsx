import { unknownStates } from '@lastmile/shared/state'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useAsking, useWorld } from '../lib/world'
import css from './number-link.module.css'

/** The states that count as unknown, as a question names them. */
export const unknownQuestion = unknownStates.join(',')

/** How many are eligible for a drug in a region (or, of those, say nothing), opening their list: silence has no rows, so the institutions themselves are shown. */
export function EligibleLink({ count, drug, region, unknown = false }: { count: number; drug: string; region: string; unknown?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { evidence } = useAsking()
  return (
    <Link
      to="/$list/institutions" params={{ list: list.code }} search={{ drug, region, eligible: 'true' as const, evidence, ...(unknown ? { state: unknownQuestion } : {}) }} className={css.number}
      aria-label={t('parts.numberOf', { label: t(unknown ? 'parts.unknown' : 'parts.eligible'), number: format.number(count) })} title={t('parts.openInstitutions')}
    >
      {format.number(count)}
    </Link>
  )
}
