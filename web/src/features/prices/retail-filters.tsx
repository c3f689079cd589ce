import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { capital } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { PricesSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { Button, SelectField, Toolbar } from '../../ui/field'
import { TextField } from '../../ui/text-field'

type Filter = Pick<PricesSearch, 'drug' | 'institution' | 'region'>

/** Which retail prices: of a drug, a unit, an institution; what is the asker's own anyway is not asked. */
export function RetailFilters({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { drugs, regions, places } = useWorld()
  const actor = useActor()
  const seesAll = useCan('price.retail') === 'all'
  const [institution, setInstitution] = useState(filter.institution ?? '')
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFilter({ ...filter, institution: institution.trim() || undefined }) }}>
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.drug')} value={filter.drug} all={t('parts.all')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(drug) => onFilter({ ...filter, drug })} />
        {seesAll && <SelectField label={capital(places.unit)} value={filter.region} all={t('parts.all')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(region) => onFilter({ ...filter, region })} />}
        {actor.institution === null && <TextField label={t('prices.institution')} value={institution} onChange={setInstitution} required={false} maxLength={100} />}
        {actor.institution === null && <Button type="submit">{t('prices.institutionShow')}</Button>}
      </Toolbar>
    </form>
  )
}
