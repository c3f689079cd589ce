import { kinds } from '@lastmile/shared/kind'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useNamedOptions } from '../../lib/named-options'
import { useWorld } from '../../lib/world'
import { Choices } from '../../ui/choices'
import { Button, SelectField } from '../../ui/field'
import { InstitutionPicker } from '../../ui/institution-picker'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import type { RuleDraft } from './standard-draft'
import css from './standards.module.css'

interface Typed {
  rule: RuleDraft
  onChange: (rule: RuleDraft) => void
  /** The field that the server found wrong. */
  wrong: string | null
}

/** The fields of one rule: where it holds, how many of whom, how far, who serves whom, and why. */
export function RuleFields({ no, onRemove, ...typed }: Typed & { no: number; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { rule, onChange, wrong } = typed
  const put = (next: Partial<RuleDraft>) => onChange({ ...rule, ...next })
  return (
    <fieldset className={css.fieldset}>
      <legend>{t('standards.rule', { no })}</legend>
      <Units {...typed} />
      <Fields>
        <TextField label={t('standards.minInstitutions')} value={rule.minInstitutions} onChange={(minInstitutions) => put({ minInstitutions })} inputMode="numeric" pattern="\d{1,6}" maxLength={6} />
        <TextField label={t('standards.minCities')} value={rule.minCities} onChange={(minCities) => put({ minCities })} inputMode="numeric" pattern="\d{1,6}" maxLength={6} />
      </Fields>
      <div role="group" aria-label={t('standards.kinds')}>
        <span className={css.label}>{t('standards.kinds')}</span>
        <div className={css.checks}>
          {kinds.map((kind) => <label key={kind}><input type="checkbox" checked={rule.kinds.includes(kind)} onChange={({ target }) => put({ kinds: kinds.filter((one) => (one === kind ? target.checked : rule.kinds.includes(one))) })} />{t(`words.kinds.${kind}`)}</label>)}
          <label><input type="checkbox" checked={rule.eligibleOnly} onChange={({ target }) => put({ eligibleOnly: target.checked })} />{t('standards.eligibleOnly')}</label>
        </div>
      </div>
      <div role="group" aria-label={t('standards.reach')}>
        <span className={css.label}>{t('standards.reach')}</span>
        <div className={css.checks}><label><input type="checkbox" checked={rule.reach !== null} onChange={({ target }) => put({ reach: target.checked ? { km: '150', share: '90' } : null })} />{t('standards.reachOn')}</label></div>
        {rule.reach !== null && (
          <Fields>
            <TextField label={t('standards.km')} value={rule.reach.km} onChange={(km) => put({ reach: { ...rule.reach!, km } })} inputMode="numeric" pattern="\d{1,4}" maxLength={4} hint={t('standards.reachMeans')} />
            <TextField label={t('standards.share')} value={rule.reach.share} onChange={(share) => put({ reach: { ...rule.reach!, share } })} inputMode="numeric" pattern="\d{1,3}" maxLength={3} />
          </Fields>
        )}
      </div>
      <Serving {...typed} />
      <TextField label={t('standards.reasonZh')} value={rule.zh} onChange={(zh) => put({ zh })} maxLength={500} invalid={wrong?.endsWith('reason.zh') === true} />
      <TextField label={t('standards.reasonEn')} value={rule.en} onChange={(en) => put({ en })} maxLength={500} required={false} hint={t('standards.reasonEnHint')} invalid={wrong?.endsWith('reason.en') === true} />
      {onRemove && <div><Button onClick={onRemove}>{t('standards.removeRule', { no })}</Button></div>}
    </fieldset>
  )
}

/** Where a rule holds: everywhere, or in units that are ticked. */
function Units({ rule, onChange }: Typed) {
  const { t } = useTranslation()
  const format = useFormat()
  const { regions, unitName } = useWorld()
  const { units } = rule
  return (
    <div>
      <Choices
        label={t('standards.which')} labelled value={units === null ? 'all' : 'some'} options={[{ value: 'all', label: t('standards.whichAll') }, { value: 'some', label: t('standards.whichSome') }]}
        onChange={(next) => onChange({ ...rule, units: next === 'all' ? null : units ?? [] })}
      />
      {units !== null && (
        <details open={units.length === 0 || undefined}>
          <summary>{t('standards.choose', { formatted: format.number(units.length) })}</summary>
          <div className={css.units}>
            {regions.units.map(({ code }) => (
              <label key={code}><input type="checkbox" checked={units.includes(code)} onChange={({ target }) => onChange({ ...rule, units: regions.units.map((one) => one.code).filter((one) => (one === code ? target.checked : units.includes(one))) })} />{unitName(code)}</label>
            ))}
          </div>
        </details>
      )}
    </div>
  )
}

/** Units that a named institution elsewhere serves. */
function Serving({ rule, onChange }: Typed) {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { list, regions } = useWorld()
  const put = (servedBy: RuleDraft['servedBy']) => onChange({ ...rule, servedBy })
  return (
    <div role="group" aria-label={t('standards.serving')}>
      <span className={css.label}>{t('standards.serving')}</span>
      {rule.servedBy.map((one) => {
        const change = (next: Partial<typeof one>) => put(rule.servedBy.map((other) => (other === one ? { ...one, ...next } : other)))
        return (
          <div key={one.key} className={css.serving}>
            <Fields>
              <SelectField label={t('standards.servingUnit')} value={one.unit || undefined} all={t('accounts.choose')} required options={named(rule.units === null ? regions.units : regions.units.filter(({ code }) => rule.units!.includes(code)))} onChange={(unit) => change({ unit: unit ?? '' })} />
              <InstitutionPicker list={list.code} value={one.institution} onChange={(institution) => change({ institution })} />
            </Fields>
            <div><Button onClick={() => put(rule.servedBy.filter((other) => other !== one))}>{t('standards.removeServing')}</Button></div>
          </div>
        )
      })}
      <div style={{ paddingTop: 6 }}><Button onClick={() => put([...rule.servedBy, { key: 1 + Math.max(-1, ...rule.servedBy.map(({ key }) => key)), unit: '', institution: null }])}>{t('standards.addServing')}</Button></div>
    </div>
  )
}
