import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { planQuery } from '../../lib/queries/plans'
import { useWorld } from '../../lib/world'
import css from './plans.module.css'

/** What was said of a plan before, from when to when; nothing where nothing was. */
export function PlanHistory({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { data } = useQuery(planQuery(list.code, code))
  if (!data || data.former.length === 0) return null
  return (
    <div className={css.history}>
      <h3>{t('plans.history')}</h3>
      <ul>
        {data.former.map(({ version, knownFrom, knownTo, drugs }) => (
          <li key={version}>{t('plans.historyLine', { version: format.number(version), from: format.zoned(knownFrom, list.timeZone), to: format.zoned(knownTo ?? knownFrom, list.timeZone), formatted: format.number(drugs.length) })}</li>
        ))}
      </ul>
    </div>
  )
}
