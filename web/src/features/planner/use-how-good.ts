import type { PlannerAnswer } from '@lastmile/shared/planner'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'

/** How good a plan is, in words: there is nothing better, or how much better another can be at most. */
export function useHowGood(): (answer: PlannerAnswer) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ isBest, goal, gap, bound, after, residents, places, candidates, chosen }) => {
    if (places.total === places.unplaced) return t('planner.noPlaces')
    if (candidates.total === 0) return t('planner.noneThere')
    if (candidates.total === candidates.unplaced) return t('planner.noCandidates')
    if (chosen.length === 0) return t(isBest ? 'planner.nothingAdds' : 'planner.nothingFound')
    if (isBest) return t('planner.best')
    if (goal === 'farthest') return t('planner.atLeast', { km: format.number(bound ?? 0), now: format.number(after.farthestKm ?? 0) })
    return t('planner.atMost', { share: format.number(gap ?? 0), bound: format.number(bound ?? 0), what: t(residents ? 'planner.unitResidents' : 'planner.unitPlaces') })
  }
}
