import { daysBetween, type Day } from '@lastmile/shared/day'
import { verdictOf, type FinderResult, type FinderRow, type FinderVerdict } from '@lastmile/shared/finder'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'

/** By which kind of evidence a place is marked. */
const looks: Record<FinderVerdict, 'confirmed' | 'supplied' | 'declared' | 'contradicted'> = { confirmed_and_supplied: 'confirmed', confirmed: 'confirmed', supplied: 'supplied', supplied_contradicted: 'contradicted', contradicted: 'contradicted', declared_only: 'declared' }

/** On whose word a place has the drug, and how fresh that is: a mark, and sentences. */
export function useVerdict({ drug, today }: Pick<FinderResult, 'drug' | 'today'>): (row: FinderRow) => { look: (typeof looks)[FinderVerdict]; said: string[] } {
  const { t } = useTranslation()
  const format = useFormat()
  const { drug: find } = useWorld()
  const has = t(`finder.has.${find(drug)?.supplyForm ?? 'shelf'}`)
  const on = (day: Day | null | undefined) => {
    if (!day) return t('finder.someDay')
    const ago = daysBetween(day, today)
    return ago === 0 ? t('finder.today', { day: format.shortDay(day, true) }) : t('finder.ago', { count: ago, formatted: format.number(ago), day: format.shortDay(day, true) })
  }
  return (row) => {
    const { kind, declared, confirmed, supplied } = row
    const verdict = verdictOf(row)
    const words = { they: t(`finder.they.${kind}`), theyIn: t(`finder.theyIn.${kind}`), has, declared: on(declared?.day), confirmed: on(confirmed?.day), last: on(supplied?.last), state: confirmed ? t(`words.state.${confirmed.state}`) : '' }
    const said = [t(`finder.verdict.${verdict}`, words)]
    // What the company says beside stands there too, where the sentence has not said it.
    if (declared?.state === 'in_stock' && verdict !== 'declared_only' && verdict !== 'contradicted') said.push(t('finder.alsoDeclared', words))
    if (confirmed?.state === 'stale') said.push(t('finder.wentStale', words))
    return { look: looks[verdict], said }
  }
}
