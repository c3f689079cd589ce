import { belongingOf, type SeenAs } from '@lastmile/shared/account'
import { accountRoles, staffRoles, type AccountRole } from '@lastmile/shared/permission'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { useNamedOptions } from '../../lib/named-options'
import { companiesQuery, listsQuery, regionQuery, regionsQuery } from '../../lib/queries/lists'
import { SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { InstitutionPicker } from '../../ui/institution-picker'

/** Nothing but a role. */
export const noBelonging = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, agent: null } as const

/** The role of an account or preview and what it is of: what the role needs is asked for, nothing else. */
export function BelongingFields({ value, onChange, wrong, agent = false }: {
  value: SeenAs
  onChange: (value: SeenAs) => void
  /** The field that the server found wrong. */
  wrong: string | null
  /** True where a company may have an agent. */
  agent?: boolean
}) {
  const { t } = useTranslation()
  const actor = useActor()
  const lists = useQuery(listsQuery())
  const of = belongingOf(value.role)
  const list = value.list ?? actor.list ?? lists.data?.lists[0]?.code ?? ''
  const regions = useQuery({ ...regionsQuery(list), enabled: list !== '' && of.includes('unit') })
  const region = useQuery({ ...regionQuery(list, value.unit ?? ''), enabled: list !== '' && of.includes('city') && value.unit !== null })
  const companies = useQuery({ ...companiesQuery(list), enabled: list !== '' && of.includes('company') })
  const put = (next: Partial<SeenAs>) => onChange({ ...value, ...next })
  const named = useNamedOptions()
  const choose = t('accounts.choose')
  return (
    <>
      <Fields>
        <SelectField label={t('accounts.role')} value={value.role} options={accountRoles.map((role) => ({ value: role, label: t(`account.roles.${role}`) }))} onChange={(role) => onChange({ ...noBelonging, list: value.list, role: (role ?? 'reader') as AccountRole })} hint={t(`account.means.${value.role}`)} />
        <SelectField label={t('accounts.list')} value={value.list ?? undefined} all={actor.list === null ? t('accounts.anyList') : undefined} options={named(lists.data?.lists.filter(({ code }) => actor.list === null || code === actor.list))} onChange={(list) => onChange({ ...noBelonging, role: value.role, list: list ?? null })} />
        {of.includes('unit') && <SelectField label={t('accounts.unit')} value={value.unit ?? undefined} all={choose} required options={named(regions.data?.units)} onChange={(unit) => put({ unit: unit ?? null, city: null })} />}
        {of.includes('city') && <SelectField label={t('accounts.city')} value={value.city ?? undefined} all={choose} required disabled={value.unit === null} options={named(region.data?.cities)} onChange={(city) => put({ city: city ?? null })} />}
        {of.includes('company') && <SelectField label={t('accounts.company')} value={value.company ?? undefined} all={choose} required options={named(companies.data?.companies)} onChange={(company) => put({ company: company ?? null })} />}
        {of.includes('company') && agent && <TextField label={t('accounts.agent')} value={value.agent ?? ''} onChange={(agent) => put({ agent: agent === '' ? null : agent })} required={false} maxLength={200} hint={t('accounts.agentHint')} />}
        {of.includes('insurer') && <TextField label={t('accounts.insurer')} value={value.insurer ?? ''} onChange={(insurer) => put({ insurer: insurer === '' ? null : insurer })} pattern="[a-z0-9]+(?:-[a-z0-9]+)*" maxLength={80} hint={t('accounts.insurerHint')} invalid={wrong === 'insurer'} />}
        {of.includes('institution') && list !== '' && <InstitutionPicker list={list} value={value.institution} onChange={(institution) => put({ institution })} />}
      </Fields>
      {agent && staffRoles.includes(value.role) && <p className="quiet">{t('accounts.roleNeeds')}</p>}
    </>
  )
}
