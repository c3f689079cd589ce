import type { PlannerAnswer } from '@lastmile/shared/planner'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { MapMark } from '../../map/types'

/** The plan as marks: places by whether they are within reach, who has the drug today, and who is chosen, above all others. */
export function usePlannerMarks(answer: PlannerAnswer): { marks: readonly MapMark[]; states: Readonly<Record<string, string>> } {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  return useMemo(() => {
    const km = format.number(answer.km)
    const names: Record<string, string> = Object.fromEntries([...answer.today, ...answer.chosen].map(({ code, name }) => [code, name]))
    const states = { reached_today: t('planner.reached.today', { km }), reached_chosen: t('planner.reached.chosen', { km }), reached_not: t('planner.reached.not', { km }), in_stock: t('planner.hasToday'), chosen: t('planner.isChosen') }
    const one = { short: '', apart: false }
    const places = answer.rows.map(({ code, name, lat, lng, reached, after }): MapMark => {
      const state = `reached_${reached}` as const
      const to = after === null ? t('planner.nowhere') : t('planner.goesTo', { km: format.number(after.km), name: names[after.institution] ?? after.institution })
      // Those out of reach are most, and drawn below the others.
      const count = reached === 'not' ? 4 : 3
      return { ...one, id: `place ${code}`, lat, lng, count, states: [[state, count]], kind: 'place', label: t('planner.markPlace', { name: text(name), state: states[state], to }) }
    })
    const today = answer.today.map(({ code, name, lat, lng, kind }): MapMark => ({ ...one, id: code, lat, lng, count: 2, states: [['in_stock', 2]], kind, label: t('planner.mark', { name, state: states.in_stock }) }))
    const chosen = answer.chosen.map(({ code, name, lat, lng, kind, no }): MapMark => ({ ...one, id: code, lat, lng, count: 1, states: [['chosen', 1]], kind, label: t('planner.mark', { name: `${format.number(no)}. ${name}`, state: states.chosen }) }))
    return { marks: [...places, ...today, ...chosen], states }
  }, [answer, t, format, text])
}
