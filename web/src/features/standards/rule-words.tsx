import type { StandardRule, StandardVersion } from '@lastmile/shared/standard'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { needOf } from '../../lib/need'
import { institutionQuery } from '../../lib/queries/rows'
import { useWorld } from '../../lib/world'
import css from './standards.module.css'

/** How many units are named without being asked for. */
const namedAtMost = 6

/** One rule in words: what it asks, of whom, where, who serves which unit, and why. */
export function RuleWords({ rule }: { rule: StandardRule }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { places } = useWorld()
  return (
    <div className={css.rule}>
      <div><strong>{needOf(t, format, rule, places.cities)}</strong></div>
      <div>{t('standards.from', { day: format.day(rule.from) })} · <Where units={rule.units} /> · {t('standards.counts', { who: format.join(rule.kinds.map((kind) => t(`words.kinds.${kind}`))) })}{rule.eligibleOnly && ` · ${t('standards.eligibleOnly')}`}</div>
      {rule.reach !== null && <small>{t('standards.reachMeans')}</small>}
      {rule.servedBy.map(({ unit, institution }) => <Serving key={unit} unit={unit} institution={institution} />)}
      <small>{text(rule.reason)}</small>
    </div>
  )
}

/** Several rules, one below another. */
export function Rules({ rules }: { rules: readonly StandardRule[] }) {
  return <ul className={css.rules}>{rules.map((rule) => <li key={`${rule.from} ${rule.units?.join() ?? ''}`}><RuleWords rule={rule} /></li>)}</ul>
}

/** The units of a rule: few by name, many by number, with their names at a click. */
function Where({ units }: { units: StandardRule['units'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places, unitName } = useWorld()
  if (units === null) return <span>{capital(t('standards.allUnits', { units: places.units }))}</span>
  if (units.length <= namedAtMost) return <span>{format.join(units.map(unitName))}</span>
  return <details style={{ display: 'inline-block', verticalAlign: 'top' }}><summary>{t('standards.someUnits', { formatted: format.number(units.length), units: places.units })}</summary><p>{format.join(units.map(unitName))}</p></details>
}

function Serving({ unit, institution }: { unit: string; institution: string }) {
  const { t } = useTranslation()
  const { list, unitName } = useWorld()
  const found = useQuery(institutionQuery(list.code, institution))
  return <div title={t('standards.servedMeans')}><Link to="/$list/institutions/$code" params={{ list: list.code, code: institution }}>{t('standards.servedBy', { unit: unitName(unit), institution: found.data?.institution.name ?? institution })}</Link></div>
}

/** Who decided a version: the edition's author; an officer by name, where the asker may know it, and else by his office. */
export function useDecider(): (version: Pick<StandardVersion, 'origin' | 'author' | 'role'>) => string {
  const { t } = useTranslation()
  return ({ author, role }) => (author !== null ? author : role === null ? '' : t(`account.roles.${role}`))
}
