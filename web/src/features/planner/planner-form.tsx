import { kinds, type Kind } from '@lastmile/shared/kind'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { capital } from '../../lib/format'
import { useNamedOptions } from '../../lib/named-options'
import type { PlannerSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import css from './planner.module.css'

/** What is asked unless it is said otherwise. */
export const usualPlan = { goal: 'most', count: 5, km: 100 } as const

/** What is being filled in. Numbers as they are typed: an empty field is no number yet. */
type Draft = Pick<PlannerSearch, 'drug' | 'region' | 'goal' | 'places' | 'kinds' | 'levels'> & { count: string; km: string }

/** Levels that stand in one text, each once. */
export function levelsIn(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[,，、;；]/).map((one) => one.trim()).filter((one) => one !== ''))]
}

function draftOf({ drug, region, goal, places, kinds: of, levels, count, km }: PlannerSearch, only: string | undefined): Draft {
  return { drug: drug ?? only, region, goal, places, kinds: of, levels, count: String(count ?? usualPlan.count), km: String(km ?? usualPlan.km) }
}

/** What is usual stands in no address. */
function numberOf(typed: string, usual: number): number | undefined {
  return Number(typed) === usual ? undefined : Number(typed)
}

/** What to plan: nothing is asked before the button is pressed, since a plan takes seconds. A company chooses of its own drugs, a province is asked of itself. */
export function PlannerForm({ search, onPlan }: { search: PlannerSearch; onPlan: (next: PlannerSearch) => void }) {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { drugs, regions, places } = useWorld()
  const { company, unit, city } = useActor()
  const own = company === null ? drugs : drugs.filter((one) => one.company === company)
  const only = own.length === 1 ? own[0]!.code : undefined
  const [said, setSaid] = useState(() => draftOf(search, only))
  // Another plan in the address fills the form anew; another kind of evidence or day leaves what is being filled in.
  const asked = JSON.stringify(draftOf(search, only))
  const [taken, setTaken] = useState(asked)
  if (asked !== taken) {
    setTaken(asked)
    setSaid(draftOf(search, only))
  }
  const say = (next: Partial<Draft>) => setSaid((before) => ({ ...before, ...next }))
  const chosen = said.kinds === undefined ? [...kinds] : said.kinds.split(',').filter((one) => one !== '')
  const goal = said.goal ?? usualPlan.goal
  const toggle = (kind: Kind) => {
    const next = kinds.filter((one) => (one === kind ? !chosen.includes(one) : chosen.includes(one)))
    say({ kinds: next.length === kinds.length ? undefined : next.join(',') })
  }
  const number = (name: 'count' | 'km', most: number, hint: string | undefined) => (
    <Field label={t(`planner.${name}`)} hint={hint}>
      {(id) => <input id={id} type="number" required min={1} max={most} step={1} value={said[name]} onChange={({ target }) => say({ [name]: target.value })} />}
    </Field>
  )
  return (
    <div className={css.unprinted}>
      <Panel title={t('planner.form')}>
        <Form label={t('planner.form')} onSubmit={() => { if (said.drug !== undefined && chosen.length > 0) onPlan({ ...said, levels: levelsIn(said.levels).join(',') || undefined, count: numberOf(said.count, usualPlan.count), km: numberOf(said.km, usualPlan.km) }) }}>
          <Fields>
            <SelectField label={t('rows.drug')} value={said.drug} all={t('accounts.choose')} required options={named(own)} onChange={(drug) => say({ drug })} />
            {unit === null && city === null && <SelectField label={capital(places.unit)} value={said.region} all={t('planner.nation')} options={named(regions.units)} onChange={(region) => say({ region })} />}
            <SelectField label={t('planner.goal')} value={goal} required options={(['most', 'farthest'] as const).map((one) => ({ value: one, label: t(`planner.goals.${one}`) }))} hint={t(`planner.goalMeans.${goal}`)} onChange={(next) => say({ goal: next === 'farthest' ? 'farthest' : undefined })} />
          </Fields>
          <Fields>
            {number('count', 100, t('planner.countHint'))}
            {number('km', 2_000, goal === 'farthest' ? t('planner.kmHint') : undefined)}
            <SelectField label={t('planner.places')} value={said.places} all={t('planner.finest')} options={(['county', 'city'] as const).map((one) => ({ value: one, label: t(`planner.placesBy.${one}`) }))} onChange={(next) => say({ places: next === 'city' || next === 'county' ? next : undefined })} />
            <fieldset className={css.kinds}>
              <legend>{t('planner.kinds')}</legend>
              {kinds.map((kind) => <label key={kind}><input type="checkbox" checked={chosen.includes(kind)} onChange={() => toggle(kind)} />{t(`words.kinds.${kind}`)}</label>)}
            </fieldset>
            <Field label={t('planner.levels')} hint={t('planner.levelsHint')}>
              {(id) => <input id={id} type="text" maxLength={400} value={said.levels ?? ''} onChange={({ target }) => say({ levels: target.value === '' ? undefined : target.value })} />}
            </Field>
          </Fields>
          <Buttons><Button primary type="submit" disabled={said.drug === undefined || chosen.length === 0}>{t('planner.plan')}</Button></Buttons>
        </Form>
      </Panel>
    </div>
  )
}
