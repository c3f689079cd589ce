import type { EligibilityRow } from '@lastmile/shared/candidacy'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Icon } from '../../ui/icons'

/** Why a drug meets the conditions, does not, or what is missing to tell: a line for each. */
export function EligibilityParts({ row: { eligibility } }: { row: EligibilityRow }) {
  const { t } = useTranslation()
  return <>{eligibility.parts.map(({ condition, state, reason }) => <div key={condition}>{state === 'not_known' && <Icon name="warning" size={13} />} {t(`candidacies.reasons.${reason}`)}</div>)}</>
}

/** On what that rests: from which day the years count, when it was launched, and the plans that name it. `countedTo`: the day from which they count back; null where none was published. */
export function EligibilityFacts({ row: { drug, launched, plans, eligibility }, countedTo }: { row: EligibilityRow; countedTo: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const unknown = t('candidacies.notKnown')
  return (
    <div className="quiet">
      <div>{t('parts.labelled', { label: t('candidacies.launched'), value: launched === null ? unknown : format.partialDay(launched) })}</div>
      <div>{t(countedTo === null ? 'candidacies.launchedSinceShown' : 'candidacies.launchedSince', { day: format.day(eligibility.launchedSince) })}</div>
      <div>{drug === null || plans === 0 ? t('parts.labelled', { label: t('candidacies.plans'), value: drug === null ? unknown : t('candidacies.noPlans') }) : <Link to="/$list/plans" params={{ list: list.code }} search={{ drug }}>{t('parts.labelled', { label: t('candidacies.plans'), value: format.number(plans) })}</Link>}</div>
    </div>
  )
}
