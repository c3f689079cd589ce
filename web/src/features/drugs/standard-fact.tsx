import type { StandardRule } from '@lastmile/shared/standard'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { needOf } from '../../lib/need'
import { useWorld } from '../../lib/world'

/** What is expected of each unit, rule by rule where units differ, with the way to the standard and its history. */
export function StandardFact({ drug, rules }: { drug: string; rules: readonly StandardRule[] }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, places } = useWorld()
  return (
    <>
      {rules.length === 0 && t('drug.noStandard')}
      {rules.map((rule) => (
        <div key={`${rule.from} ${rule.units?.join() ?? ''}`}>{needOf(t, format, rule, places.cities)}<small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{text(rule.reason)}</small></div>
      ))}
      <Link to="/$list/standards" params={{ list: list.code }} search={{ drug }} style={{ fontWeight: 400 }}>{t('drug.standardMore')}</Link>
    </>
  )
}
