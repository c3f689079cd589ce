import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { NewSubscription } from '@lastmile/shared/subscription'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { useText } from '../../lib/i18n'
import { companiesQuery, drugsQuery, listsQuery, regionsQuery } from '../../lib/queries/lists'
import { subscribe } from '../../lib/queries/subscriptions'
import type { SubscriptionsSearch } from '../../lib/searches'
import { useDoing } from '../../lib/use-doing'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { ToldFields } from './told-fields'

/** What most want to hear of. */
const usual: Pick<NewSubscription, 'events' | 'pace'> = { events: ['gap_opened', 'gap_closed', 'coverage_fell'], pace: 'daily' }

/** Subscribes to a drug, a region, a company, or all of one's own: what is chosen stands in the address, and is one's own to choose. */
export function SubscribeForm({ search, onSearch }: { search: SubscriptionsSearch; onSearch: (search: SubscriptionsSearch) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const actor = useActor()
  const lists = useQuery(listsQuery())
  const offered = (lists.data?.lists ?? []).filter(({ code }) => actor.list === null || code === actor.list)
  const list = search.list ?? offered[0]?.code
  const enabled = list !== undefined
  const drugs = useQuery({ ...drugsQuery(list ?? ''), enabled })
  const regions = useQuery({ ...regionsQuery(list ?? ''), enabled })
  const companies = useQuery({ ...companiesQuery(list ?? ''), enabled })
  const evidence: Evidence = search.evidence ?? (actor.company === null ? 'confirmed' : 'declared')
  const [told, setTold] = useState(usual)
  const [isMade, setMade] = useState(false)
  const make = useDoing(subscribe, async () => {
    setMade(true)
    await client.invalidateQueries({ queryKey: ['*', 'subscriptions'] })
  })
  const named = (some: readonly { code: string; name: { zh: string; en: string } }[] = []) => some.map(({ code, name }) => ({ value: code, label: text(name) }))
  const change = (next: SubscriptionsSearch) => {
    setMade(false)
    make.clear()
    onSearch({ ...search, ...next })
  }
  return (
    <Panel title={t('subscriptions.new')} lead={t('subscriptions.newLead')}>
      <Form label={t('subscriptions.new')} onSubmit={() => { setMade(false); if (list !== undefined) void make.run({ list, drug: search.drug ?? null, region: search.region ?? null, company: search.company ?? null, evidence, ...told }) }}>
        <FormProblem error={make.error} />
        {isMade && <Done>{t('subscriptions.made')}</Done>}
        <Fields>
          {offered.length > 1 && <SelectField label={t('subscriptions.list')} value={list} options={named(offered)} onChange={(next) => change({ list: next, drug: undefined, region: undefined, company: undefined })} />}
          <SelectField label={t('subscriptions.drug')} value={search.drug} all={t('parts.all')} options={named(drugs.data?.drugs.filter(({ company }) => actor.company === null || company === actor.company))} onChange={(drug) => change({ drug })} />
          <SelectField label={t('subscriptions.region')} value={search.region} all={t('parts.all')} options={named(regions.data?.units.filter(({ code }) => actor.unit === null || code === actor.unit))} onChange={(region) => change({ region })} />
          {actor.company === null && <SelectField label={t('subscriptions.company')} value={search.company} all={t('parts.all')} options={named(companies.data?.companies)} onChange={(company) => change({ company })} />}
          <SelectField label={t('subscriptions.evidence')} value={evidence} options={evidences.map((one) => ({ value: one, label: t(`words.evidence.${one}.name`) }))} onChange={(next) => change({ evidence: evidences.find((one) => one === next) })} />
        </Fields>
        <ToldFields value={told} onChange={(next) => { setMade(false); setTold(next) }} />
        <Buttons><Button type="submit" primary disabled={make.busy || told.events.length === 0 || list === undefined}>{t('subscriptions.make')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
