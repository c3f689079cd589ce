import type { Drug } from '@lastmile/shared/drug'
import { standingInList } from '@lastmile/shared/drug-standing'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { candidaciesQuery } from '../../lib/queries/candidacies'
import { useAsking, useWorld } from '../../lib/world'

/** What became of a drug's place in the list, by the editions that are of the list, where that is otherwise than its file says: it was removed or moved, its window is over, was renewed, or ends earlier. Leads to its life. */
export function DrugStanding({ drug: { code, validTo } }: { drug: Pick<Drug, 'code' | 'validTo'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const answer = useQuery(candidaciesQuery(list.code, { drug: code, ofList: 'true', asOf: asOf === list.today ? undefined : asOf, knownOn }))
  const standing = standingInList((answer.data?.rows ?? []).map((row) => row.standing))
  if (!standing) return null
  const { stage, since, endsOn } = standing
  const left = stage === 'removed' || stage === 'transferred' || stage === 'expired'
  const words = left ? t(`drug.left.${stage}`) + (since === null ? '' : t('drug.leftSince', { day: format.shortDay(since, true) })) : stage === 'in_force' && endsOn !== null && endsOn !== validTo ? t('drug.heldUntil', { day: format.shortDay(endsOn, true) }) : null
  return words === null ? null : <div><Link to="/$list/drugs/$drug/life" params={{ list: list.code, drug: code }}>{words}</Link></div>
}
