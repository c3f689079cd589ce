import { gapReasons, type GapReason } from '@lastmile/shared/gap'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { gapsQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { GapReasonMark } from '../../ui/gap-reason-mark'
import css from './gaps.module.css'
import type { GapsFilter } from './gaps-frame'

/** How many gaps have which reason; pressing one shows those alone, pressing it again shows all. */
export function ReasonCounts({ filter, onReason }: { filter: GapsFilter; onReason: (reason: GapReason | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { params } = useAsking()
  const { reason, ...asked } = filter
  const { data, isPlaceholderData } = useQuery({ ...gapsQuery(list.code, { ...params, ...asked, limit: 1 }), placeholderData: keepPreviousData })
  if (!data) return null
  return (
    <div className={css.reasons} role="group" aria-label={t('gaps.byReason')} aria-busy={isPlaceholderData} data-late={isPlaceholderData}>
      {gapReasons.map((one) => {
        const count = data.reasons[one]
        return (
          <button key={one} type="button" aria-pressed={reason === one} onClick={() => onReason(reason === one ? undefined : one)}>
            <GapReasonMark reason={one} /><strong>{format.number(count)}</strong>
          </button>
        )
      })}
    </div>
  )
}
