import { openDutyStates } from '@lastmile/shared/duty'
import type { Message } from '@lastmile/shared/message'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'

/** How many institutions of a unit owed a duty when a message told of it: each number opens them, as was known then. */
export function OwedDuty({ message: { list, at, subject: { duty, regions, asOf, owed } } }: { message: Message }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (duty === undefined || owed === undefined || asOf === undefined) return null
  const [region] = regions ?? []
  const shown = openDutyStates.filter((state) => owed[state] > 0)
  const [before, after] = t('messages.owed', { day: format.day(asOf), all: format.number(owed.all), states: '\u0000' }).split('\u0000')
  return (
    <p>
      {before}
      {shown.map((state, i) => <span key={state}>{i > 0 && t('messages.comma')}<Link to="/$list/duties" params={{ list }} search={{ duty, region, state, knownOn: at }}>{t(`messages.owedIn.${state}`, { formatted: format.number(owed[state]) })}</Link></span>)}
      {after}
    </p>
  )
}
