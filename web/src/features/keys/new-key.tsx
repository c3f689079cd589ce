import type { ApiKeyAnswer } from '@lastmile/shared/account'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { useHomeZone } from '../../lib/home-zone'
import { useText } from '../../lib/i18n'
import { ProblemError } from '../../lib/problem'
import { makeKey } from '../../lib/queries/accounts'
import { listsQuery, sourcesQuery } from '../../lib/queries/lists'
import { useDoing } from '../../lib/use-doing'
import { instantOf } from '../../lib/zoned-time'
import { Button, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { Secret } from '../../ui/secret'
import { TextField } from '../../ui/text-field'

/** Makes a machine's key to one source and shows it this once. */
export function NewKey({ onMade }: { onMade: () => unknown }) {
  const { t } = useTranslation()
  const text = useText()
  const actor = useActor()
  const zone = useHomeZone()
  const maySeeSources = useCan('source.read') !== null
  const lists = useQuery(listsQuery())
  const offered = (lists.data?.lists ?? []).filter(({ code }) => actor.list === null || code === actor.list)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | undefined>(actor.list ?? undefined)
  const list = chosen ?? offered[0]?.code ?? ''
  const sources = useQuery({ ...sourcesQuery(list), enabled: maySeeSources && list !== '' })
  const [source, setSource] = useState('')
  const [expires, setExpires] = useState(inAYear)
  const [made, setMade] = useState<ApiKeyAnswer | null>(null)
  const make = useDoing(makeKey, (answer) => { setMade(answer); setName(''); return onMade() })
  const wrong = make.error instanceof ProblemError ? make.error.field : null
  return (
    <Panel title={t('accounts.keys.new')}>
      {made !== null && <Secret label={t('accounts.keys.secret', { name: made.key.name })} value={made.secret} takesFocus><p className="quiet">{t('accounts.keys.secretMeans')}</p></Secret>}
      <Form label={t('accounts.keys.new')} onSubmit={() => { setMade(null); void make.run({ name: name.trim(), list, source: source.trim(), expiresAt: instantOf(`${expires}T23:59`, zone) }) }}>
        <FormProblem error={make.error} />
        <Fields>
          <TextField label={t('accounts.keys.name')} value={name} onChange={setName} maxLength={200} hint={t('accounts.keys.nameHint')} invalid={wrong === 'name'} />
          <SelectField label={t('accounts.list')} value={list} options={offered.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={setChosen} />
          {maySeeSources
            ? <SelectField label={t('accounts.keys.source')} value={source || undefined} all={t('accounts.choose')} required options={(sources.data?.sources ?? []).filter(({ accepts }) => accepts.includes('feed')).map((one) => ({ value: one.code, label: `${text(one.name)} · ${one.code}` }))} onChange={(code) => setSource(code ?? '')} />
            : <TextField label={t('accounts.keys.source')} value={source} onChange={setSource} pattern="[a-z0-9\-]+" hint={t('accounts.keys.sourceHint')} invalid={wrong === 'source'} maxLength={100} />}
          <TextField label={t('accounts.keys.expires')} type="date" value={expires} onChange={setExpires} hint={t('accounts.keys.expiresHint')} invalid={wrong === 'expiresAt'} />
        </Fields>
        <Buttons><Button type="submit" primary disabled={make.busy}>{t('accounts.keys.make')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

function inAYear(): string {
  return new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)
}
