import { useTranslation } from 'react-i18next'
import { capital } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { PlansSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { SelectField, Toolbar } from '../../ui/field'

type Filter = Pick<PlansSearch, 'drug' | 'region' | 'any'>

/** Which plans: that name a drug, that are sold in a unit, that hold on the page's day. */
export function PlansFilters({ filter, onFilter, day }: { filter: Filter; onFilter: (filter: Filter) => void; day: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { drugs, regions, places } = useWorld()
  return (
    <Toolbar label={t('rows.filters')}>
      <SelectField label={t('plans.drug')} value={filter.drug} all={t('parts.all')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(drug) => onFilter({ ...filter, drug })} />
      <SelectField label={capital(places.unit)} value={filter.region} all={t('parts.all')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(region) => onFilter({ ...filter, region })} />
      <SelectField label={t('plans.days')} value={filter.any} all={t('plans.onDay', { day })} options={[{ value: 'true', label: t('plans.anyDay') }]} onChange={(any) => onFilter({ ...filter, any: any === 'true' ? 'true' : undefined })} />
    </Toolbar>
  )
}
