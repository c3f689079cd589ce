import { auditActions } from '@lastmile/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useHomeZone } from '../../lib/home-zone'
import { useText } from '../../lib/i18n'
import { listsQuery } from '../../lib/queries/lists'
import type { AuditSearch } from '../../lib/searches'
import { instantOf, wallClock } from '../../lib/zoned-time'
import { Button, SelectField } from '../../ui/field'
import { Buttons, Fields, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

const outcomes = ['done', 'refused'] as const

/** Which entries: by time, who, what, how it ended, list and request. Nothing is asked before the button is pressed: every look is noted. */
export function AuditFilters({ search, onSearch }: { search: AuditSearch; onSearch: (search: AuditSearch) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const zone = useHomeZone()
  const lists = useQuery(listsQuery())
  const [asked, setAsked] = useState(search)
  const put = (next: Partial<AuditSearch>) => setAsked({ ...asked, ...next })
  const clock = (instant: string | undefined) => (instant === undefined ? '' : wallClock(instant, zone))
  const at = (clock: string) => (clock === '' ? undefined : instantOf(clock, zone))
  // As they are typed: the year of half a date is another instant, whose clock would take the place of what is typed. Null: not touched.
  const [typed, setTyped] = useState<{ from: string | null; to: string | null }>({ from: null, to: null })
  const time = (end: 'from' | 'to') => (typed[end] === null ? asked[end] : at(typed[end]))
  const clear = () => {
    setAsked({})
    setTyped({ from: '', to: '' })
    onSearch({})
  }
  return (
    <Form label={t('audit.filters')} onSubmit={() => onSearch({ ...asked, from: time('from'), to: time('to'), offset: undefined })}>
      <Fields>
        <TextField label={t('audit.from', { zone: format.zone(zone) })} type="datetime-local" value={typed.from ?? clock(asked.from)} onChange={(from) => setTyped({ ...typed, from })} required={false} />
        <TextField label={t('audit.to', { zone: format.zone(zone) })} type="datetime-local" value={typed.to ?? clock(asked.to)} onChange={(to) => setTyped({ ...typed, to })} required={false} />
        <SelectField label={t('audit.action')} value={asked.action} all={t('parts.all')} options={auditActions.map((action) => ({ value: action, label: t(`audit.actions.${action}`) }))} onChange={(action) => put({ action })} />
        <SelectField label={t('audit.outcome')} value={asked.outcome} all={t('parts.all')} options={outcomes.map((one) => ({ value: one, label: t(`audit.outcomes.${one}`) }))} onChange={(outcome) => put({ outcome: outcomes.find((one) => one === outcome) })} />
        <SelectField label={t('accounts.list')} value={asked.list} all={t('parts.all')} options={(lists.data?.lists ?? []).map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(list) => put({ list })} />
        <TextField label={t('audit.actor')} value={asked.actor ?? ''} onChange={(actor) => put({ actor: actor || undefined })} required={false} maxLength={200} hint={t('audit.actorHint')} />
        <TextField label={t('audit.request')} value={asked.requestId ?? ''} onChange={(requestId) => put({ requestId: requestId || undefined })} required={false} maxLength={64} hint={t('audit.requestHint')} />
      </Fields>
      <Buttons><Button type="submit" primary>{t('audit.show')}</Button><Button onClick={clear}>{t('audit.clear')}</Button></Buttons>
    </Form>
  )
}
